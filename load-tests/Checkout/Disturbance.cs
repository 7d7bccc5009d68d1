using System.Diagnostics;
using System.Globalization;

namespace Gamification.LoadTests.Checkout;

/// <summary>The longest call that ended after each disturbance and before the next, retries included; and the longest before the first.</summary>
internal sealed record StallReport(double UndisturbedMilliseconds, IReadOnlyList<double> LongestMilliseconds)
{
    public double Median => LongestMilliseconds is { Count: > 0 and var count } ? LongestMilliseconds.Order().Skip((count - 1) / 2).Take(2 - count % 2).Average() : 0;

    public double Worst => LongestMilliseconds.DefaultIfEmpty().Max();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
          stalls     {LongestMilliseconds.Count} disturbances, the longest call after each: median {Median:N0} ms, worst {Worst:N0} ms; before the first {UndisturbedMilliseconds:N0} ms
                     {string.Join(", ", LongestMilliseconds.Select(longest => longest.ToString("N0", CultureInfo.InvariantCulture)))}
        """);
}

/// <summary>Runs a command of the shell every so often while the load runs, to kill a node for instance, and notes how long calls then hang.</summary>
internal sealed class Disturbance : IDisposable
{
    private const int Max = 10_000;

    private readonly long[] _longest = new long[Max];
    private readonly ManualResetEventSlim _ended = new();
    private readonly string _command;
    private readonly TimeSpan _every;
    private readonly Thread _thread;
    private int _count;

    public Disturbance(string command, TimeSpan every)
    {
        (_command, _every) = (command, every);
        _thread = new(Repeat) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The same shot, with a look at the clock before and after it.</summary>
    public LoadRun.Shot Around(LoadRun.Shot shot) => (gunner, index) =>
    {
        var since = Stopwatch.GetTimestamp();
        var result = shot(gunner, index);
        ref var longest = ref _longest[Volatile.Read(ref _count)];
        var took = Stopwatch.GetTimestamp() - since;
        for (var seen = Volatile.Read(ref longest); took > seen; seen = Volatile.Read(ref longest)) Interlocked.CompareExchange(ref longest, took, seen);
        return result;
    };

    public StallReport End()
    {
        _ended.Set();
        _thread.Join();
        return new(InMilliseconds(_longest[0]), [.. _longest[1..(_count + 1)].Select(InMilliseconds)]);
    }

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    private void Repeat()
    {
        while (_count + 1 < Max && !_ended.Wait(_every))
        {
            Volatile.Write(ref _count, _count + 1);
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", _command]) { UseShellExecute = false })!;
            shell.WaitForExit();
        }
    }

    private static double InMilliseconds(long ticks) => Pacing.ToNanoseconds(ticks) / 1e6;
}
