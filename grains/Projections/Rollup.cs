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
}

/// <summary>
/// Which rows a board groups: days in [<see cref="FromDay"/>, <see cref="ToDay"/>), one store or all of them (null).
/// All days are [<see cref="int.MinValue"/>, <see cref="int.MaxValue"/>).
/// </summary>
public sealed record RollupWindow(string Programme, string? Store, int FromDay, int ToDay, RollupMetric Metric)
{
    public static RollupWindow Of(BoardId board) => new(
        board.Programme,
        board.Store,
        board.Window.Period == BoardPeriod.All ? int.MinValue : board.Window.From.DayNumber,
        board.Window.Period == BoardPeriod.All ? int.MaxValue : board.Window.To.DayNumber,
        board.Metric == BoardMetric.Points ? RollupMetric.Points : RollupMetric.Receipts);

    public bool Covers(string store, int day) => day >= FromDay && day < ToDay && (Store is null || Store == store);
}

/// <summary>Totals of a programme or a store, sums over the roll-up.</summary>
public sealed record RollupTotals(long Receipts, long AnonymousReceipts, long Members, long Points, long Spend);

/// <summary>The roll-up tables. Offsets commit with the rows, so that a crash between them is impossible.</summary>
public interface IRollupStorage
{
    /// <summary>How far each partition has been folded in; a partition that is missing is at 0.</summary>
    ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation);

    /// <summary>
    /// Upserts rows (newest version wins) and moves the partition's offset from <paramref name="fromSeq"/> to <paramref name="toSeq"/> in one transaction.
    /// Throws <see cref="InvalidOperationException"/> and changes nothing when the stored offset is not <paramref name="fromSeq"/>.
    /// <paramref name="newestOccurredAt"/> (Unix milliseconds) moves each programme's business clock forward, never back.
    /// </summary>
    ValueTask Apply(int partition, long fromSeq, long toSeq, IReadOnlyList<RollupRow> rows, IReadOnlyDictionary<string, long> newestOccurredAt);

    /// <summary>
    /// Members with a score other than 0 in the window, score descending then reached-at ascending: the sum over its rows, the latest
    /// reached-at among them and the newest version.
    /// </summary>
    IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, CancellationToken cancellation);

    ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation);

    /// <summary>The newest occurred-at folded in for the programme in Unix milliseconds; null before the first.</summary>
    ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation);

    /// <summary>Empties the projection and its offsets; the projector then rebuilds it from the journal.</summary>
    ValueTask Drop(CancellationToken cancellation);
}
