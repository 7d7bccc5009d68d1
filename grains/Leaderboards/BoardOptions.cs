namespace Gamification.Leaderboards;

/// <summary>How large a board grows in one piece.</summary>
public sealed record BoardOptions
{
    /// <summary>
    /// A board with more members than this is loaded into shards; one that grows past it by a quarter while it lives is loaded anew. One piece
    /// takes about 70 bytes a member and a few microseconds a change, so that a single one suffices up to some millions.
    /// </summary>
    public int ShardAbove { get; init; } = 2_000_000;

    /// <summary>Into how many, at least 2.</summary>
    public int Shards { get; init; } = 8;
}
