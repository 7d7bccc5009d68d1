using System.Text.Json;

namespace Gamification.LoadTests;

/// <summary>
/// When each request of an open-loop run is due, in nanoseconds from its start, fixed before it begins. Customers do not wait for one
/// another's answers, so neither may the load: latency counts from the instant in this list, whether or not a connection was free.
/// </summary>
internal static class Arrivals
{
    /// <summary>Evenly along the shape: at any time, as many have arrived as the rate promises, rounded down.</summary>
    public static long[] Steady(params ReadOnlySpan<Phase> phases) => Along(phases, () => 1);

    /// <summary>A Poisson process with the rate of the shape; the same seed gives the same instants.</summary>
    public static long[] Poisson(int seed, params ReadOnlySpan<Phase> phases)
    {
        var random = new Random(seed);
        return Along(phases, () => -Math.Log(1 - random.NextDouble()));
    }

    /// <summary>
    /// A checkout rush: the base rate for a fifth of the time, a ramp up, the peak, a ramp down, and the base rate again.
    /// </summary>
    public static Phase[] Burst(double seconds, double baseRate, double peakRate) =>
    [
        new(seconds / 5, baseRate, baseRate),
        new(seconds / 5, baseRate, peakRate),
        new(seconds / 5, peakRate, peakRate),
        new(seconds / 5, peakRate, baseRate),
        new(seconds / 5, baseRate, baseRate),
    ];

    /// <summary>
    /// The busiest hour of a real shop (`busiest_hour.receipts_per_minute` of a peak profile), its minutes squeezed into
    /// <paramref name="seconds"/> and its counts scaled to <paramref name="meanRate"/>.
    /// </summary>
    public static Phase[] BusiestHour(string profile, double seconds, double meanRate)
    {
        using var document = JsonDocument.Parse(profile);
        double[] minutes =
        [
            .. document.RootElement.GetProperty("busiest_hour").GetProperty("receipts_per_minute").EnumerateArray()
                .Select(minute => minute.GetDouble()),
        ];
        var scale = meanRate / minutes.Average();
        return Array.ConvertAll(minutes, minute => new Phase(seconds / minutes.Length, minute * scale, minute * scale));
    }

    /// <summary>Arrival n is due when the area under the rate reaches the sum of the first n gaps.</summary>
    private static long[] Along(ReadOnlySpan<Phase> phases, Func<double> nextGap)
    {
        List<long> due = [];
        var (started, area) = (0.0, 0.0);
        var wanted = nextGap();
        foreach (var phase in phases)
        {
            for (; wanted <= area + phase.Requests; wanted += nextGap())
                due.Add((long)((started + phase.SecondsUntil(wanted - area)) * 1e9));
            area += phase.Requests;
            started += phase.Seconds;
        }

        return [.. due];
    }
}

/// <summary>A stretch of time in which the rate, in requests a second, goes from one value to another in a straight line.</summary>
internal readonly record struct Phase(double Seconds, double RateFrom, double RateTo)
{
    public double Requests => Seconds * (RateFrom + RateTo) / 2;

    /// <summary>
    /// How far into the phase so many requests have arrived: the root of RateFrom t + slope t² / 2, in a form that a flat rate does not
    /// upset.
    /// </summary>
    public double SecondsUntil(double requests)
    {
        if (requests <= 0) return 0;
        var slope = (RateTo - RateFrom) / Seconds;
        return 2 * requests / (RateFrom + Math.Sqrt(Math.Max(0, RateFrom * RateFrom + 2 * slope * requests)));
    }
}
