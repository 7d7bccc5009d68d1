using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Projections;

/// <summary>
/// The base projection: what one actor did in one store on one business date, every metric, as absolute values.
/// A row is replaced only by one with a newer <see cref="Version"/>, so repeats and overlaps change nothing.
/// Rows of actors that are not members (a till's anonymous receipts) count for stores and never rank.
/// </summary>
public readonly record struct RollupRow
{
    public required ActorId Actor { get; init; }

    public required string Store { get; init; }

    /// <summary>The business date as its day number (days since 0001-01-01).</summary>
    public required int Day { get; init; }

    public required long Points { get; init; }

    public required long Receipts { get; init; }

    /// <summary>Net spend in minor units.</summary>
    public required long Spend { get; init; }

    /// <summary>Occurred-at, in Unix milliseconds, of the last event that still contributes points; 0 for none.</summary>
    public required long PointsReachedAt { get; init; }

    /// <summary>The same for the receipt count.</summary>
    public required long ReceiptsReachedAt { get; init; }

    /// <summary>The actor's version at the entry that produced this row.</summary>
    public required long Version { get; init; }
}

public enum RollupMetric
{
    Points,
    Receipts,

    /// <summary>Its reached-at is that of the last sale that still stands.</summary>
    Spend,
}

/// <summary>
/// Which rows a board groups: days in [<see cref="FromDay"/>, <see cref="ToDay"/>), one store or all of them (null).
/// All days are [<see cref="int.MinValue"/>, <see cref="int.MaxValue"/>).
/// </summary>
public sealed record RollupWindow(string Programme, string? Store, int FromDay, int ToDay, RollupMetric Metric)
{
    /// <summary>What is counted in place of <see cref="Metric"/>; null for a metric of the roll-up itself.</summary>
    public string? Measure { get; init; }

    /// <summary>Several stores under one name; null unless the scope is a region.</summary>
    public ImmutableSortedSet<string>? Region { get; init; }

    /// <summary>The stores that count; null for all of them, those without a store too.</summary>
    public IReadOnlyCollection<string>? Stores => Store is null ? Region : [Store];

    public bool IsAllTime => FromDay == int.MinValue;

    /// <summary>The stores of a region are for its programme to say, and are not in here.</summary>
    public static RollupWindow Of(BoardId board) => new(
        board.Programme,
        board.Store,
        board.Window.Period == BoardPeriod.All ? int.MinValue : board.Window.From.DayNumber,
        board.Window.Period == BoardPeriod.All ? int.MaxValue : board.Window.To.DayNumber,
        board.Metric switch { BoardMetric.Receipts => RollupMetric.Receipts, BoardMetric.Spend => RollupMetric.Spend, _ => RollupMetric.Points }) { Measure = board.Measure };

    public bool Counts(string store) => Store is null ? Region?.Contains(store) ?? true : Store == store;

    public bool Covers(string store, int day) => day >= FromDay && day < ToDay && Counts(store);
}

/// <summary>Totals of a programme or a store, sums over the roll-up.</summary>
public sealed record RollupTotals(long Receipts, long AnonymousReceipts, long Members, long Points, long Spend);

/// <summary>
/// What stands of one event for one measure, as an absolute value at <see cref="Version"/>: in its store (or none, the empty one), on its business
/// date. Sparse: only programmes that define measures have any. A row is replaced only by one with a newer version.
/// </summary>
public readonly record struct MeasureRow
{
    public required ActorId Actor { get; init; }

    /// <summary>Its code in the programme's board settings.</summary>
    public required string Measure { get; init; }

    public required string Store { get; init; }

    public required int Day { get; init; }

    /// <summary>The event's digest; of a measure of distinct things the thing's digest and a dot before it. At most 64 characters.</summary>
    public required string Thing { get; init; }

    /// <summary>What the event contributes; 1 for a thing that stands. 0 when nothing does.</summary>
    public required long Value { get; init; }

    /// <summary>
    /// Occurred-at of the event in Unix milliseconds; 0 when it does not stand.
    /// </summary>
    public required long ReachedAt { get; init; }

    public required long Version { get; init; }
}

/// <summary>What the roll-up takes from one stretch of a partition.</summary>
public sealed record RollupBatch
{
    public required IReadOnlyList<RollupRow> Rows { get; init; }

    public IReadOnlyList<MeasureRow> Measures { get; init; } = [];

    public IReadOnlyList<CircleRow> Circles { get; init; } = [];

    /// <summary>Wishes to be seen or not, with the programme of each.</summary>
    public IReadOnlyList<(string Programme, VisibilityChange Wish)> Visibility { get; init; } = [];

    /// <summary>Unix milliseconds by programme: moves its business clock forward, never back.</summary>
    public required IReadOnlyDictionary<string, long> NewestOccurredAt { get; init; }
}

/// <summary>The roll-up tables. Offsets commit with the rows, so that a crash between them is impossible.</summary>
public interface IRollupStorage
{
    /// <summary>How far each partition has been folded in; a partition that is missing is at 0.</summary>
    ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation);

    /// <summary>
    /// Upserts rows (newest version wins) and moves the partition's offset from <paramref name="fromSeq"/> to <paramref name="toSeq"/> in one transaction.
    /// Throws <see cref="InvalidOperationException"/> and changes nothing when the stored offset is not <paramref name="fromSeq"/>.
    /// </summary>
    ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch);

    /// <summary>The same for a stretch without measures and wishes.</summary>
    ValueTask Apply(int partition, long fromSeq, long toSeq, IReadOnlyList<RollupRow> rows, IReadOnlyDictionary<string, long> newestOccurredAt) =>
        Apply(partition, fromSeq, toSeq, new() { Rows = rows, NewestOccurredAt = newestOccurredAt });

    /// <summary>
    /// Members with a score other than 0 in the window, score descending then reached-at ascending: the sum over its rows, the latest
    /// reached-at among them and the newest version.
    /// </summary>
    IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, CancellationToken cancellation);

    /// <summary>The rows of the window's measure, of members alone, in no particular order; those that stand at zero too.</summary>
    IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, CancellationToken cancellation);

    /// <summary>
    /// What members belong to, as far as it changed after these positions by partition; all of it after none. In no particular order, and some of what
    /// was read before may come again.
    /// </summary>
    IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, CancellationToken cancellation);

    /// <summary>Every member that ever said whether it wishes to be seen, with its newest wish.</summary>
    ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation);

    ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation);

    /// <summary>The newest occurred-at folded in for the programme in Unix milliseconds; null before the first.</summary>
    ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation);

    /// <summary>Empties the projection and its offsets; the projector then rebuilds it from the journal.</summary>
    ValueTask Drop(CancellationToken cancellation);
}
