using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gamification.LoadTests;

/// <summary>
/// Waits for an instant of the monotonic clock. Thread.Sleep counts in milliseconds and spinning would take the cores that the server
/// needs, so on Linux this asks the kernel, which wakes a thread some 60 µs late; elsewhere it may be a millisecond or more.
/// </summary>
internal static class Pacing
{
    public static void WaitUntil(long timestamp)
    {
        while (timestamp - Stopwatch.GetTimestamp() is var ticks and > 0)
        {
            var nanoseconds = (long)(ticks * (1e9 / Stopwatch.Frequency));
            var (seconds, rest) = Math.DivRem(nanoseconds, 1_000_000_000);
            if (OperatingSystem.IsLinux()) _ = nanosleep(new() { Seconds = (nint)seconds, Nanoseconds = (nint)rest }, 0);
            else Thread.Sleep(TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick));
        }
    }

    public static long ToNanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));

    public static long ToTicks(long nanoseconds) => (long)(nanoseconds * (Stopwatch.Frequency / 1e9));

    [DllImport("libc", ExactSpelling = true)]
    private static extern int nanosleep(in Timespec duration, nint remainder);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
