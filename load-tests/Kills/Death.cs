using System.Diagnostics;
using System.Globalization;

namespace Gamification.LoadTests.Kills;

/// <summary>
/// This process's end by SIGKILL, at one of the moments that it passes: right before something becomes durable, while it does, or right after. Which one is drawn
/// beforehand, so that the same seed dies at the same place.
/// </summary>
internal sealed class Death(int moments, int seed)
{
    private const int WithinMicroseconds = 3_000;

    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private int _left = moments;

    /// <summary>Passes the three moments of something durable.</summary>
    public async ValueTask<T> Around<T>(string what, Func<ValueTask<T>> durable)
    {
        Pass($"before {what}");
        var under = durable().AsTask();
        if (IsNow())
        {
            var (watch, wait) = (Stopwatch.StartNew(), TimeSpan.FromMicroseconds(_random.Next(WithinMicroseconds)));
            while (watch.Elapsed < wait) Thread.SpinWait(20);
            Die($"within {what}");
        }

        var result = await under;
        Pass($"after {what}");
        return result;
    }

    private void Pass(string where)
    {
        if (IsNow()) Die(where);
    }

    private bool IsNow()
    {
        lock (_gate) return --_left == 0;
    }

    private static void Die(string where)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Life.Dying}{where}"));
        Console.Out.Flush();
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
