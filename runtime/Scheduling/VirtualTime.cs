namespace Gamification.Runtime.Scheduling;

/// <summary>
/// A clock that moves only when the simulation says so. Timers due at the same instant fire in the order they were armed.
/// </summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Arming), (long Due, long Order)> _armed = new();
    private long _elapsed;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The instant of the next timer; null when none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_armed)
            {
                while (_armed.TryPeek(out var next, out var at))
                {
                    if (next.Timer.Arming == next.Arming) return start + TimeSpan.FromTicks(at.Due);
                    _armed.Dequeue();
                }

                return null;
            }
        }
    }

    /// <summary>Moves to the next timer and fires it.</summary>
    public void FireNext()
    {
        VirtualTimer timer;
        lock (_armed)
        {
            _armed.TryDequeue(out var next, out var at);
            timer = next.Timer;
            _elapsed = Math.Max(_elapsed, at.Due);
        }

        timer.Fire();
    }

    public void MoveTo(DateTimeOffset instant)
    {
        lock (_armed) _elapsed = Math.Max(_elapsed, (instant - start).Ticks);
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _disposed;

        /// <summary>Counts how often it was armed; what is queued under an older number is void.</summary>
        public long Arming { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._armed)
            {
                if (_disposed) return false;
                _period = period;
                Arm(dueTime);
                return true;
            }
        }

        public void Fire()
        {
            lock (time._armed)
                if (_period != Timeout.InfiniteTimeSpan && _period != TimeSpan.Zero) Arm(_period);
            callback(state);
        }

        public void Dispose()
        {
            lock (time._armed)
            {
                _disposed = true;
                Arming++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Arm(TimeSpan dueTime)
        {
            Arming++;
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            time._armed.Enqueue((this, Arming), (time._elapsed + dueTime.Ticks, time._order++));
        }
    }
}
