namespace Gamification.Leaderboards;

/// <summary>As many boards are live as one process keeps; nothing is wrong with this one, and boards that nobody looks at make room.</summary>
[GenerateSerializer, Alias("too-many-boards")]
public sealed class TooManyBoardsException(int max) : Exception($"{max:N0} boards are live, which is all that this process keeps.");
