using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Leaderboards;
using Gamification.Projections;

namespace Gamification.Tests.Simulation;

/// <summary>The roll-up as its contract states it, in memory, so that a simulation can restart over it, and failing now and then when told to.</summary>
internal sealed class MemoryRollup : IRollupStorage
{
    /// <summary>Rows and offset change together for whoever reads on another thread.</summary>
    private readonly Lock _together = new();
    private readonly Dictionary<int, long> _offsets = [];
    private readonly Dictionary<(ActorId Actor, string Store, int Day), RollupRow> _rows = [];
    private readonly Dictionary<(ActorId Actor, string Measure, string Store, int Day, string Thing), MeasureRow> _measures = [];
    private readonly Dictionary<(ActorId Actor, CircleKind Kind), (CircleRow Row, int Partition, long Seq)> _circles = [];
    private readonly Dictionary<(string Programme, MemberId Member), VisibilityChange> _wishes = [];
    private readonly Dictionary<string, long> _newest = [];

    /// <summary>Draws the luck of every application: one in ten fails before it happens and one in ten after. Null never fails.</summary>
    public Random? Failing { get; set; }

    public ImmutableArray<RollupRow> Rows => [.. _rows.Values.OrderBy(row => row.Actor.ToString(), StringComparer.Ordinal).ThenBy(row => row.Store, StringComparer.Ordinal).ThenBy(row => row.Day)];

    public ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation)
    {
        lock (_together) return new(new Dictionary<int, long>(_offsets));
    }

    public ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch)
    {
        lock (_together) Fold(partition, fromSeq, toSeq, batch);
        return default;
    }

    private void Fold(int partition, long fromSeq, long toSeq, RollupBatch batch)
    {
        var luck = Failing?.Next(10) ?? int.MaxValue;
        if (luck == 0) throw new IOException("The roll-up could not be reached.");
        if (_offsets.GetValueOrDefault(partition) != fromSeq) throw new InvalidOperationException($"Partition {partition} is at {_offsets.GetValueOrDefault(partition)}, not at {fromSeq}.");
        _offsets[partition] = toSeq;
        foreach (var row in batch.Rows)
        {
            var key = (row.Actor, row.Store, row.Day);
            if (!_rows.TryGetValue(key, out var known) || row.Version > known.Version) _rows[key] = row;
        }

        foreach (var row in batch.Measures)
        {
            var key = (row.Actor, row.Measure, row.Store, row.Day, row.Thing);
            if (!_measures.TryGetValue(key, out var known) || row.Version > known.Version) _measures[key] = row;
        }

        foreach (var row in batch.Circles)
        {
            if (!_circles.TryGetValue((row.Actor, row.Kind), out var known) || row.Version > known.Row.Version) _circles[(row.Actor, row.Kind)] = (row, partition, toSeq);
        }

        foreach (var (programme, wish) in batch.Visibility)
        {
            if (!_wishes.TryGetValue((programme, wish.Member), out var known) || wish.Version > known.Version) _wishes[(programme, wish.Member)] = wish;
        }

        foreach (var (programme, newest) in batch.NewestOccurredAt) _newest[programme] = Math.Max(newest, _newest.GetValueOrDefault(programme));
        if (luck == 1) throw new IOException("The connection to the roll-up was lost after a commit.");
    }

    public async IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        _together.Enter();
        var scores = _rows.Values
            .Where(row => row.Actor.Programme == window.Programme && row.Actor.Kind == "member" && window.Covers(row.Store, row.Day))
            .GroupBy(row => row.Actor)
            .Select(rows => new ScoreRow(
                Guid.Parse(rows.Key.Key),
                rows.Sum(row => window.Metric switch { RollupMetric.Points => row.Points, RollupMetric.Receipts => row.Receipts, _ => row.Spend }),
                rows.Max(row => window.Metric == RollupMetric.Points ? row.PointsReachedAt : row.ReceiptsReachedAt),
                rows.Max(row => row.Version)))
            .Where(row => row.Score != 0)
            .OrderByDescending(row => row.Score).ThenBy(row => row.ReachedAt)
            .ToArray();
        _together.Exit();
        await Task.CompletedTask;
        foreach (var score in scores) yield return score;
    }

    public async IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        _together.Enter();
        var rows = _measures.Values
            .Where(row => row.Actor.Programme == window.Programme && row.Actor.Kind == "member" && row.Measure == window.Measure && window.Covers(row.Store, row.Day))
            .ToArray();
        _together.Exit();
        await Task.CompletedTask;
        foreach (var row in rows) yield return row;
    }

    public async IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        _together.Enter();
        var rows = _circles.Values.Where(known => known.Row.Actor.Programme == programme && known.Seq > after.GetValueOrDefault(known.Partition)).Select(known => known.Row).ToArray();
        _together.Exit();
        await Task.CompletedTask;
        foreach (var row in rows) yield return row;
    }

    public ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation) =>
        new([.. _wishes.Where(wish => wish.Key.Programme == programme).Select(wish => wish.Value)]);

    public ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation)
    {
        var rows = _rows.Values.Where(row => row.Actor.Programme == programme && (store is null || row.Store == store)).ToArray();
        return new(new RollupTotals(
            rows.Sum(row => row.Receipts),
            rows.Where(row => row.Actor.Kind != "member").Sum(row => row.Receipts),
            rows.Where(row => row.Actor.Kind == "member").Select(row => row.Actor).Distinct().Count(),
            rows.Sum(row => row.Points),
            rows.Sum(row => row.Spend)));
    }

    public ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation) =>
        new(_newest.TryGetValue(programme, out var newest) ? newest : null);

    public ValueTask Drop(CancellationToken cancellation)
    {
        _offsets.Clear();
        _rows.Clear();
        _measures.Clear();
        _circles.Clear();
        _wishes.Clear();
        _newest.Clear();
        return default;
    }
}
