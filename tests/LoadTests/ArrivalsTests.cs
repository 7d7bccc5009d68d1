using System.Text.Json;
using Gamification.LoadTests;

namespace Gamification.Tests;

public sealed class ArrivalsTests
{
    [Fact]
    public void A_steady_rate_is_evenly_spaced_and_complete()
    {
        var due = Arrivals.Steady(new Phase(Seconds: 2, 1_000, 1_000));

        Assert.Equal(2_000, due.Length);
        Assert.All(due, (instant, at) => Assert.InRange(instant, (at + 1) * 1_000_000L - 1, (at + 1) * 1_000_000L + 1));
    }

    [Fact]
    public void At_any_time_as_many_have_arrived_as_the_area_under_the_rate()
    {
        var phases = Arrivals.Burst(seconds: 10, baseRate: 100, peakRate: 900);
        var due = Arrivals.Steady(phases);

        Assert.Equal(10 / 5 * (100 + 500 + 900 + 500 + 100), due.Length);
        for (var at = 0; at < due.Length; at++) Assert.Equal(at + 1, Area(phases, due[at] / 1e9), tolerance: 1e-3);
    }

    [Fact]
    public void Poisson_arrivals_come_from_their_seed_and_spread_as_they_should()
    {
        Phase[] phases = [new(100, 200, 200), new(100, 200, 600)];

        var counts = Enumerable.Range(0, 200).Select(seed => (double)Arrivals.Poisson(seed, phases).Length).ToArray();

        // 60,000 expected each, a variance of as much: the mean of 200 seeds lies within four of its deviations, 69.
        Assert.InRange(counts.Average(), 59_931, 60_069);
        Assert.InRange(counts.Sum(count => Math.Pow(count - 60_000, 2)) / counts.Length, 36_000, 84_000);
        Assert.Equal(Arrivals.Poisson(7, phases), Arrivals.Poisson(7, phases));
        Assert.NotEqual(Arrivals.Poisson(7, phases), Arrivals.Poisson(8, phases));
        Assert.Equal(Arrivals.Poisson(7, phases).Order(), Arrivals.Poisson(7, phases));
    }

    [Fact]
    public void An_exponential_gap_has_no_memory()
    {
        var due = Arrivals.Poisson(3, new Phase(100, 1_000, 1_000));
        var gaps = due.Zip(due.Skip(1), (first, second) => (second - first) / 1e6).ToArray();

        // Of a mean of 1 ms, e^-1 of the gaps are longer than 1 ms, and e^-1 of those longer than 2 ms.
        Assert.Equal(Math.Exp(-1), (double)gaps.Count(gap => gap > 1) / gaps.Length, tolerance: 0.01);
        Assert.Equal(Math.Exp(-2), (double)gaps.Count(gap => gap > 2) / gaps.Length, tolerance: 0.01);
    }

    [Fact]
    public void The_busiest_hour_keeps_its_shape_at_any_scale()
    {
        int[] minutes = [1, 0, 5, 2];
        var profile = JsonSerializer.Serialize(new { busiest_hour = new { receipts_per_minute = minutes } });

        var due = Arrivals.Steady(Arrivals.BusiestHour(profile, seconds: 40, meanRate: 200));

        Assert.Equal([1_000, 5_000, 2_000], due.CountBy(instant => (instant - 1) / 10_000_000_000).Select(minute => minute.Value));
        Assert.Equal([0, 2, 3], due.Select(instant => (instant - 1) / 10_000_000_000).Distinct());
    }

    [Fact]
    public void No_rate_brings_nobody()
    {
        Assert.Empty(Arrivals.Steady(new Phase(10, 0, 0)));
        Assert.Empty(Arrivals.Steady());
    }

    [Fact]
    public void Whoever_waits_for_a_connection_has_been_waiting_since_due()
    {
        // One connection, one request a millisecond, and the first one takes 200 ms: the others were due while it was busy.
        var due = Arrivals.Steady(new Phase(0.05, 1_000, 1_000));
        var result = LoadRun.Run([new("http://127.0.0.1:9")], 1, TimeSpan.FromSeconds(1), Schedule.Open(due, TimeSpan.Zero), (_, index) =>
        {
            if (index == 0) Thread.Sleep(200);
            return (1, 1);
        });

        Assert.Equal(50, result.Tally.Achieved);
        Assert.InRange(result.Tally.Latency.Percentile(0.02), TimeSpan.FromMilliseconds(150), TimeSpan.MaxValue);
    }

    private static double Area(Phase[] phases, double seconds)
    {
        var area = 0.0;
        foreach (var phase in phases)
        {
            var into = Math.Clamp(seconds, 0, phase.Seconds);
            area += phase.RateFrom * into + (phase.RateTo - phase.RateFrom) / phase.Seconds * into * into / 2;
            seconds -= into;
        }

        return area;
    }
}
