using System.Diagnostics;

namespace Gamification.LoadTests;

/// <summary>When to shoot: as fast as answers come, for a while; or at arrivals fixed in advance.</summary>
/// <param name="Duration">How long.</param>
/// <param name="Warmup">What is due before this has passed counts in no figure.</param>
/// <param name="Arrivals">When each is due; null for as fast as answers come.</param>
/// <param name="CountMax">How many at the most.</param>
internal sealed record Schedule(TimeSpan Duration, TimeSpan Warmup, long[]? Arrivals = null, int CountMax = int.MaxValue)
{
    public static Schedule Closed(TimeSpan duration, TimeSpan warmup) => new(duration, warmup);

    public static Schedule Open(long[] arrivals, TimeSpan warmup) =>
        new(TimeSpan.FromTicks((arrivals is [.., var last] ? last : 0) / TimeSpan.NanosecondsPerTick), warmup, arrivals);

    /// <summary>So many requests, as fast as answers come.</summary>
    public static Schedule Each(int count) => new(TimeSpan.FromDays(1), TimeSpan.Zero, CountMax: count);

    /// <summary>So many requests, all due at once.</summary>
    public static Schedule AtOnce(int count) => Open(new long[count], TimeSpan.Zero);
}

/// <summary>One connection and its thread's own accounts.</summary>
internal sealed class Gunner(RawHttp http) : IDisposable
{
    public RawHttp Http { get; } = http;

    public Tally Tally { get; } = new();

    public byte[] Buffer { get; } = new byte[256 * 1024];

    public void Dispose() => Http.Dispose();
}

/// <summary>What a run came to. The window reaches from the end of the warm-up to the last answer, for processor time too.</summary>
internal sealed record LoadResult(Tally Tally, TimeSpan Window, TimeSpan ClientCpu, IReadOnlyList<Consumption> Consumed)
{
    public double Rate => Tally.Achieved / Window.TotalSeconds;
}

/// <summary>Connections that shoot side by side, one thread and one request in flight each.</summary>
internal static class LoadRun
{
    /// <summary>
    /// Sends request number <paramref name="index"/> and returns how many units it asked for and how many were answered well.
    /// </summary>
    public delegate (int Offered, int Achieved) Shot(Gunner gunner, int index);

    /// <param name="origins">Connections go to them in turn, as behind a load balancer.</param>
    /// <param name="watched">Processes whose share of the machine is told.</param>
    public static LoadResult Run(IReadOnlyList<Uri> origins, int connections, TimeSpan timeout, Schedule schedule, Shot shot, IReadOnlyList<Consumer>? watched = null)
    {
        var consumers = new Consumers(watched ?? []);
        var gunners = Enumerable.Range(0, connections).Select(number => new Gunner(new(origins[number % origins.Count], timeout))).ToArray();
        var start = Stopwatch.GetTimestamp() + Pacing.ToTicks(20_000_000);    // time for the threads to be there
        var measured = start + Pacing.ToTicks(schedule.Warmup.Ticks * TimeSpan.NanosecondsPerTick);
        var end = start + Pacing.ToTicks(schedule.Duration.Ticks * TimeSpan.NanosecondsPerTick);
        var next = -1;

        var threads = Array.ConvertAll(gunners, gunner => new Thread(() => Shoot(gunner), maxStackSize: 256 * 1024));
        foreach (var thread in threads) thread.Start();
        Pacing.WaitUntil(measured);
        var (cpu, before) = (Process.GetCurrentProcess().TotalProcessorTime, consumers.Read());
        foreach (var thread in threads) thread.Join();

        var (cpuAtEnd, after) = (Process.GetCurrentProcess().TotalProcessorTime, consumers.Read());
        var window = Stopwatch.GetElapsedTime(measured);
        var total = new Tally();
        foreach (var gunner in gunners)
        {
            total.Add(gunner.Tally);
            gunner.Dispose();
        }

        return new(total, window, cpuAtEnd - cpu, consumers.Between(before, after, total.Offered));

        void Shoot(Gunner gunner)
        {
            Pacing.WaitUntil(start);
            while (true)
            {
                var index = Interlocked.Increment(ref next);
                if (index >= schedule.CountMax || (schedule.Arrivals is { } arrivals ? index >= arrivals.Length : Stopwatch.GetTimestamp() >= end)) return;

                var due = schedule.Arrivals is null ? Stopwatch.GetTimestamp() : start + Pacing.ToTicks(schedule.Arrivals[index]);
                Pacing.WaitUntil(due);
                var sent = Stopwatch.GetTimestamp();
                var (offered, achieved) = shot(gunner, index);
                var answered = Stopwatch.GetTimestamp();
                gunner.Tally.Shot += offered;
                if (due < measured) continue;

                gunner.Tally.Offered += offered;
                gunner.Tally.Achieved += achieved;
                gunner.Tally.Lateness.RecordNanoseconds(Pacing.ToNanoseconds(sent - due));
                if (achieved == offered) gunner.Tally.Latency.RecordNanoseconds(Pacing.ToNanoseconds(answered - due));
            }
        }
    }
}
