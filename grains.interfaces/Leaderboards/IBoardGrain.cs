using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>Why one member stands before another.</summary>
public enum OrderReason
{
    /// <summary>A better score.</summary>
    Score,

    /// <summary>The same score, reached earlier.</summary>
    ReachedAt,

    /// <summary>The same score at the same instant: a hash of board and member, the same on every rebuild.</summary>
    Draw,
}

/// <summary>
/// One row of standings. <see cref="Rank"/> is 1 + the number of strictly better scores (1-2-2-4); <see cref="Place"/> is the place in the
/// total order: score, then the earlier <see cref="ReachedAt"/>, then a hash of board and member (spec §9). <see cref="OrderReason"/> is what
/// put the row above before this one; null for the first of the board.
/// </summary>
[GenerateSerializer, Immutable, Alias("board-row")]
public sealed record BoardRow(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] long Place,
    [property: Id(2)] long Rank,
    [property: Id(3)] long TiedWith,
    [property: Id(4)] long Score,
    [property: Id(5)] DateTimeOffset ReachedAt,
    [property: Id(6)] OrderReason? OrderReason);

/// <summary>The top of a board as it was published. Versions of a stream grow; another stream id means the board was activated anew.</summary>
[GenerateSerializer, Immutable, Alias("board-view")]
public sealed record BoardView(
    [property: Id(0)] BoardId Board,
    [property: Id(1)] string StreamId,
    [property: Id(2)] long Version,
    [property: Id(3)] long Size,
    [property: Id(4)] ImmutableArray<BoardRow> Rows,
    [property: Id(5)] DateTimeOffset? AsOf);

/// <summary>A stretch of rows in total order, and how many members are ranked.</summary>
[GenerateSerializer, Immutable, Alias("board-page")]
public sealed record BoardPage([property: Id(0)] BoardId Board, [property: Id(1)] long Size, [property: Id(2)] ImmutableArray<BoardRow> Rows);

/// <summary>Where one member stands; <see cref="Percentile"/> is the share of ranked members with a lower score, 0 to 100.</summary>
[GenerateSerializer, Immutable, Alias("board-standing")]
public sealed record BoardStanding([property: Id(0)] BoardRow Row, [property: Id(1)] long Size, [property: Id(2)] double Percentile);

/// <summary>
/// Where a member stands for its own eyes. One that is not on the board by its own wish is shown where it would stand: <see cref="IsVirtual"/>.
/// <see cref="Row"/> is null without a score above 0.
/// </summary>
[GenerateSerializer, Immutable, Alias("own-standing")]
public sealed record OwnStanding(
    [property: Id(0)] BoardRow? Row,
    [property: Id(1)] bool IsVirtual,
    [property: Id(2)] long Size,
    [property: Id(3)] double Percentile);

/// <summary>One member's absolute score at one of its versions. Applying it twice, late or out of order changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("score-change")]
public readonly record struct ScoreChange(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] long Score,
    [property: Id(2)] long ReachedAt,
    [property: Id(3)] long Version);

/// <summary>Whether a member is to be seen on boards, since a version of its own wish, which is not the account's.</summary>
[GenerateSerializer, Immutable, Alias("visibility-change")]
public readonly record struct VisibilityChange(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] bool IsHidden,
    [property: Id(2)] long Version);

/// <summary>What one member did of a measure on one business date, as an absolute value at one of its versions.</summary>
[GenerateSerializer, Immutable, Alias("measured-change")]
public readonly record struct MeasuredChange(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] string Store,
    [property: Id(2)] int Day,
    [property: Id(3)] string Thing,
    [property: Id(4)] long Value,
    [property: Id(5)] long ReachedAt,
    [property: Id(6)] long Version);

/// <summary>What a partition has for a board between two sequences. A board whose offset is not <see cref="PreviousSeq"/> has missed something and reloads.</summary>
[GenerateSerializer, Immutable, Alias("board-changes")]
public sealed record BoardChanges(
    [property: Id(0)] int Partition,
    [property: Id(1)] long PreviousSeq,
    [property: Id(2)] long ToSeq,
    [property: Id(3)] ImmutableArray<ScoreChange> Changes,
    [property: Id(4)] long NewestOccurredAt)
{
    /// <summary>Stands for <see cref="PreviousSeq"/> when the feed cannot tell what the board has seen.</summary>
    public const long Missed = -1;

    /// <summary>
    /// From this day number on the scores count; what lies before it in the window is what the board loaded. 0 when they are of the whole window.
    /// </summary>
    [Id(5)] public int FromDay { get; init; }

    /// <summary>A day changed that lies before <see cref="FromDay"/>, or members have forgotten days after it: the board reloads soon.</summary>
    [Id(6)] public bool HasOldDays { get; init; }

    /// <summary>On a board of a measure, in place of <see cref="Changes"/>.</summary>
    [Id(8)] public ImmutableArray<MeasuredChange> Measured { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Who wishes to be seen and who does not, newest wish each.</summary>
    [Id(7)] public ImmutableArray<VisibilityChange> Visibility { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>
/// A leaderboard. Only members with a score above 0 who wish to be seen are ranked. It materialises when somebody watches or asks, from the roll-up projection,
/// and from then on takes changes as they are committed.
/// </summary>
[Alias("board")]
public interface IBoardGrain : IGrainWithStringKey
{
    /// <summary>The newest published top; at most 100 ms behind what was applied.</summary>
    [ReadOnly]
    [Alias("view")]
    Task<BoardView> View();

    /// <summary>Rows by place from <paramref name="offset"/> (0 is the first); at most 500.</summary>
    [ReadOnly]
    [Alias("top")]
    Task<BoardPage> Top(int offset, int limit);

    /// <summary>The member and up to <paramref name="each"/> (at most 50) neighbours on either side; no rows when it is not ranked.</summary>
    [ReadOnly]
    [Alias("around")]
    Task<BoardPage> Around(MemberId member, int each);

    /// <summary>Standings of those of the members that are ranked, in the order asked; at most 500.</summary>
    [ReadOnly]
    [Alias("standings")]
    Task<ImmutableArray<BoardStanding>> Standings(ImmutableArray<MemberId> members);

    /// <summary>Each of the members for its own eyes, in the order asked; at most 500.</summary>
    [ReadOnly]
    [Alias("own")]
    Task<ImmutableArray<OwnStanding>> Own(ImmutableArray<MemberId> members);

    /// <summary>
    /// 1 + the number of distinct better scores (1-2-2-3), for each of at most 500 scores. On a board of shards it looks at every distinct score
    /// above the lowest one.
    /// </summary>
    [ReadOnly]
    [Alias("dense-ranks")]
    Task<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores);

    /// <summary>What the feeder brings after a commit. It may reload the whole board, which is slow and no failure.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("apply")]
    Task Apply(ImmutableArray<BoardChanges> changes);

    /// <summary>
    /// From now on the observer is told of each published view, at most 10 a second; the answer is where it starts from.
    /// Lasts 2 minutes unless repeated.
    /// </summary>
    [Alias("watch")]
    Task<BoardView> Watch(IBoardObserver observer);

    [Alias("unwatch")]
    Task Unwatch(IBoardObserver observer);
}

/// <summary>Told of published views. Newest wins: whoever is behind may skip all but the last.</summary>
[Alias("board-observer")]
public interface IBoardObserver : IGrainObserver
{
    [OneWay]
    [Alias("published")]
    Task Published(BoardView view);
}
