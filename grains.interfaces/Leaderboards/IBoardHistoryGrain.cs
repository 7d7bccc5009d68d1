namespace Gamification.Leaderboards;

/// <summary>
/// Boards as they stood: told from the journal, whose entries carry what boards count. It reads every entry that was recorded between the window's
/// start and the instant, a few microseconds each, one question at a time; the last few answers are kept. The key is the programme.
/// </summary>
[Alias("board-history")]
public interface IBoardHistoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Rows by place after the first <paramref name="offset"/>, 500 at most, by everything that was recorded up to <paramref name="at"/>, that instant
    /// included. Whoever does not wish to be seen today is not shown, and was never there. A group is who belonged to it at that instant; a
    /// measure counts as it is defined today.
    /// Throws <see cref="BoardHistoryTooLongException"/>.
    /// </summary>
    [ResponseTimeout("00:02:00")]
    [Alias("at")]
    Task<BoardPage> At(BoardId board, DateTimeOffset at, int offset, int limit);
}

/// <summary>More was recorded since the window began than one question may read.</summary>
[GenerateSerializer, Alias("board-history-too-long")]
public sealed class BoardHistoryTooLongException(int max) : Exception($"More than {max:N0} entries were recorded since this board's window began, which is all that one question may read.");
