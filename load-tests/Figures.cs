using System.Globalization;

namespace Gamification.LoadTests;

/// <summary>Some percentiles of a histogram, in milliseconds.</summary>
internal sealed record Milliseconds(double P50, double P90, double P99, double P999, double Max, double Mean, long Count)
{
    public static Milliseconds Of(Histogram histogram) => new(
        histogram.Percentile(0.50).TotalMilliseconds,
        histogram.Percentile(0.90).TotalMilliseconds,
        histogram.Percentile(0.99).TotalMilliseconds,
        histogram.Percentile(0.999).TotalMilliseconds,
        histogram.Max.TotalMilliseconds,
        histogram.Mean.TotalMilliseconds,
        histogram.Count);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {P50:N3}   p90 {P90:N3}   p99 {P99:N3}   p99.9 {P999:N3}   max {Max:N1} ms");
}

/// <summary>What a run came to, ready to be printed or written as JSON.</summary>
/// <param name="Latency">From the instant a request was due until its last answer, retries included; failures are left out and
/// counted.</param>
/// <param name="Lateness">The part of that before the request was sent.</param>
/// <param name="ClientCpuMicroseconds">What the generator itself took of the machine, a unit.</param>
/// <param name="Consumed">What the processes named by <c>--cpu</c> took of it.</param>
internal sealed record Figures(
    long Offered,
    long Achieved,
    double Seconds,
    double RatePerSecond,
    Milliseconds Latency,
    Milliseconds Lateness,
    IReadOnlyDictionary<string, long> Answers,
    long Retries,
    long RetriesAfter,
    double ClientCpuMicroseconds,
    IReadOnlyList<Consumption> Consumed)
{
    public static Figures Of(LoadResult result) => new(
        result.Tally.Offered,
        result.Tally.Achieved,
        result.Window.TotalSeconds,
        result.Rate,
        Milliseconds.Of(result.Tally.Latency),
        Milliseconds.Of(result.Tally.Lateness),
        result.Tally.Answers,
        result.Tally.Retries,
        result.Tally.RetriesAfter,
        result.ClientCpu.TotalMicroseconds / Math.Max(1, result.Tally.Offered),
        result.Consumed);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
          achieved   {RatePerSecond:N0}/s: {Achieved:N0} of {Offered:N0} in {Seconds:N1} s
          latency    {Latency}
          lateness   {Lateness}
          answers    {string.Join(", ", Answers.Select(answer => $"{answer.Key}: {answer.Value:N0}"))}
          retries    {Retries:N0}, of which {RetriesAfter:N0} after a Retry-After
          CPU each   {ClientCpuMicroseconds:N1} µs client{string.Concat(Consumed.Select(share => $", {share.Microseconds.ToString("N1", CultureInfo.InvariantCulture)} µs {share.Name}"))}{(Consumed.Count == 0 ? "" : $"; {(ClientCpuMicroseconds + Consumed.Sum(share => share.Microseconds)).ToString("N1", CultureInfo.InvariantCulture)} µs in all")}
        """);
}
