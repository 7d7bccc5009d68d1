namespace Gamification.Leaderboards;

/// <summary>How a board was brought to its end. Without a hash it has not been: <see cref="ClosesAt"/> says from when it can be; null for a board that never ends.</summary>
[GenerateSerializer, Immutable, Alias("settled-board")]
public sealed record SettledBoard([property: Id(0)] BoardId Board, [property: Id(1)] DateTimeOffset? ClosesAt)
{
    /// <summary>SHA-256 of <see cref="Certificate"/> in UTF-8, 64 hex digits in lower case.</summary>
    [Id(2)] public string? Hash { get; init; }

    /// <summary>The canonical text: a line a field, with line feeds.</summary>
    [Id(3)] public string? Certificate { get; init; }

    /// <summary>How many chunks the standings have.</summary>
    [Id(4)] public int Chunks { get; init; }
}

/// <summary>
/// A board whose window is over, as it stood when nothing counted any more (spec G8): the window's end in its store's zone and the grace after it. The key
/// is that of the board. What it says never changes: it is worked out from the journal, whose hash it then records. A group is who
/// belonged to it at the closing; a measure counts as its programme defined it then.
/// </summary>
[Alias("settled-board-grain")]
public interface ISettledBoardGrain : IGrainWithStringKey
{
    /// <summary>Settles it if it is time, durably on return; the same answer ever after. Reads every entry since the window began.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("settle-board")]
    Task<SettledBoard> Settle();

    /// <summary>As it was settled, or that it was not.</summary>
    [Alias("settled-board")]
    Task<SettledBoard> View();

    /// <summary>
    /// Rows by place, 500 at most, of those who were to be seen; empty when it was not settled. Who left since, or does not wish to be seen today, has the
    /// member id of nobody.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("settled-page")]
    Task<BoardPage> Page(int offset, int limit);

    /// <summary>One chunk of the canonical standings, 4,096 rows at most; null when there is none of this number.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("settled-standings")]
    Task<ReadOnlyMemory<byte>?> Standings(int chunk);
}
