using Gamification.LoadTests;

namespace Gamification.Tests;

public sealed class HistogramTests
{
    private static readonly double[] s_shares = [0.0001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 1];

    [Fact]
    public void A_percentile_is_never_below_the_exact_one_and_at_most_one_128th_above()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var values = Values(seed);
            var histogram = new Histogram();
            foreach (var value in values) histogram.RecordNanoseconds(value);
            Array.Sort(values);

            foreach (var share in s_shares)
            {
                var exact = values[Math.Max(1, (long)Math.Ceiling(share * values.Length)) - 1];
                var shown = histogram.PercentileNanoseconds(share);
                Assert.True(shown >= exact && shown - exact <= exact / 128, $"Seed {seed}: {share} is {shown}, exactly {exact}.");
            }

            Assert.Equal(values.Length, histogram.Count);
            Assert.Equal(values[^1], histogram.PercentileNanoseconds(1));
            Assert.Equal(TimeSpan.FromTicks(values.Sum() / values.Length / 100), histogram.Mean);
        }
    }

    [Fact]
    public void Merged_parts_are_the_whole()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (whole, merged) = (new Histogram(), new Histogram());
            Histogram[] parts = [new(), new(), new()];
            var random = new Random(seed);
            foreach (var value in Values(seed))
            {
                whole.RecordNanoseconds(value);
                parts[random.Next(3)].RecordNanoseconds(value);
            }

            foreach (var part in parts) merged.Merge(part);

            Assert.All(s_shares, share => Assert.Equal(whole.PercentileNanoseconds(share), merged.PercentileNanoseconds(share)));
            Assert.Equal((whole.Count, whole.Max, whole.Mean), (merged.Count, merged.Max, merged.Mean));
        }
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(255, 255)]
    [InlineData(1_000, 1_000)]
    [InlineData(3_600_000_000_000, 3_600_000_000_000)]
    [InlineData(long.MaxValue, 3_600_000_000_000)]
    public void What_lies_outside_counts_at_the_end_it_lies_beyond(long value, long shown)
    {
        var histogram = new Histogram();

        histogram.RecordNanoseconds(value);

        Assert.Equal(shown, histogram.PercentileNanoseconds(0.5));
        Assert.Equal(1, histogram.Count);
    }

    [Fact]
    public void An_empty_one_shows_zero() => Assert.Equal(TimeSpan.Zero, new Histogram().Percentile(0.99));

    [Fact]
    public void Durations_are_recorded_to_the_tick()
    {
        var histogram = new Histogram();

        histogram.Record(TimeSpan.FromMicroseconds(12.3));

        Assert.Equal(TimeSpan.FromMicroseconds(12.3), histogram.Max);
    }

    private static long[] Values(int seed)
    {
        var random = new Random(seed);
        Func<double> draw = (seed % 4) switch
        {
            0 => () => random.NextDouble() * 5e6,
            1 => () => -Math.Log(1 - random.NextDouble()) * 3e6,
            2 => () => Math.Exp(6 + 22 * random.NextDouble()),                  // from 400 ns to 24 minutes
            _ => () => random.Next(100) == 0 ? 250e6 : 900e3 + random.Next(9),    // steady, with stalls
        };
        var values = new long[1 + random.Next(5_000)];
        for (var at = 0; at < values.Length; at++) values[at] = (long)draw();
        return values;
    }
}
