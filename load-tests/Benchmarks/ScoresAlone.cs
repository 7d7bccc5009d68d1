using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Projections;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>A roll-up that has scores and nothing else; it takes what is folded in and forgets it.</summary>
/// <param name="scores">In rank order, of whatever window.</param>
internal sealed class ScoresAlone(Func<CancellationToken, IAsyncEnumerable<ScoreRow>> scores) : IRollupStorage
{
    public IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, CancellationToken cancellation) => scores(cancellation);

    public ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation) => new(ImmutableDictionary<int, long>.Empty);

    public ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch) => default;

    public IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, CancellationToken cancellation) => AsyncEnumerable.Empty<MeasureRow>();

    public IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, CancellationToken cancellation) => AsyncEnumerable.Empty<CircleRow>();

    public ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation) => new([]);

    public ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation) => new(new RollupTotals(0, 0, 0, 0, 0));

    public ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation) => new((long?)null);

    public ValueTask Drop(CancellationToken cancellation) => default;
}
