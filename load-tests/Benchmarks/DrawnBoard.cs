using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Leaderboards;
using Gamification.Projections;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>Members and scores as functions of a number, so that nothing is kept beside the board. Scores come in steps of five, so that ties are long.</summary>
internal static class Draw
{
    public static MemberId Member(int number)
    {
        unchecked
        {
            var draw = (ulong)number * 0x9E3779B97F4A7C15;
            return new(new Guid(number, (short)draw, (short)(draw >> 16), BitConverter.GetBytes((draw * 0xD1B54A32D192ED03) ^ (draw >> 29))));
        }
    }

    /// <summary>Descending by number: long tails, as points have.</summary>
    public static long Score(int number, int members) => 5 * Math.Max(1, (long)(2_000 * Math.Pow(1 - ((double)number / members), 4)));

    public static ScoreChange Change(Random random, int members, long version)
    {
        var number = random.Next(members);
        return new(Member(number), Score(number, members) + (5 * random.Next(1, 40)), 1_000_000_000 + version, version);
    }
}

/// <summary>A roll-up that has nothing but these, in rank order.</summary>
internal sealed class Drawn(int members) : IRollupStorage
{
    public ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation) => new(ImmutableDictionary<int, long>.Empty);

    public ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch) => default;

    public async IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        for (var number = 0; number < members; number++) yield return new(Draw.Member(number).Value, Draw.Score(number, members), number, 1);
    }

    public IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, CancellationToken cancellation) => AsyncEnumerable.Empty<MeasureRow>();

    public IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, CancellationToken cancellation) => AsyncEnumerable.Empty<CircleRow>();

    public ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation) => new([]);

    public ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation) => new(new RollupTotals(0, 0, 0, 0, 0));

    public ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation) => new((long?)null);

    public ValueTask Drop(CancellationToken cancellation) => default;
}
