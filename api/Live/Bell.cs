using System.Threading.Channels;

namespace Gamification.Live;

/// <summary>Wakes one loop: rung by anybody, or by the clock. Rings that nobody waited for are one ring, and none is lost.</summary>
internal sealed class Bell(TimeProvider clock)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Returns when it rings, and at the latest at <paramref name="due"/> (see <see cref="Uptime.Now"/>). May return early.</summary>
    public async Task Wait(TimeSpan due, CancellationToken cancellationToken)
    {
        var left = due - Uptime.Now(clock);
        if (left <= TimeSpan.Zero) return;

        // Rounded up, or a loop would spin through the last part of a millisecond.
        left = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        await using var alarm = clock.CreateTimer(bell => ((Bell)bell!).Ring(), this, left, Timeout.InfiniteTimeSpan);
        await _rung.Reader.ReadAsync(cancellationToken);
    }
}

/// <summary>A clock that only goes forward, for what is due in a while: the wall clock may be set.</summary>
internal static class Uptime
{
    // In whole ticks: a double would round, and what is due would never quite come.
    public static TimeSpan Now(TimeProvider clock) =>
        TimeSpan.FromTicks((long)((Int128)clock.GetTimestamp() * TimeSpan.TicksPerSecond / clock.TimestampFrequency));
}
