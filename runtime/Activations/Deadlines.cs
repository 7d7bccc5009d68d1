using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Activations;

/// <summary>
/// Watches the busy activations of a lane and fails their overdue requests. One timer serves them all, armed for the earliest deadline:
/// a request that ends in the turn it started in costs nothing here.
/// </summary>
internal sealed class Deadlines(Lane lane, TimeProvider time) : IWorkItem
{
    private volatile IWorkItem? _next;
    private Activation? _busy;
    private ITimer? _timer;
    private long _armedFor = long.MaxValue;

    IWorkItem? IWorkItem.Next
    {
        get => _next;
        set => _next = value;
    }

    public string Describe() => "deadlines";

    public void Watch(Activation activation, long deadline)
    {
        if (!activation.IsWatched)
        {
            activation.IsWatched = true;
            activation.NextBusy = _busy;
            if (_busy is not null) _busy.PreviousBusy = activation;
            _busy = activation;
        }

        if (deadline < _armedFor) Arm(deadline);
    }

    public void Unwatch(Activation activation)
    {
        var (previous, next) = (activation.PreviousBusy, activation.NextBusy);
        if (previous is null) _busy = next;
        else previous.NextBusy = next;
        if (next is not null) next.PreviousBusy = previous;
        activation.PreviousBusy = activation.NextBusy = null;
        activation.IsWatched = false;
    }

    /// <summary>The timer has fired, and this is on the lane.</summary>
    public void Run()
    {
        _armedFor = long.MaxValue;
        var now = time.GetTimestamp();
        var earliest = long.MaxValue;
        for (var activation = _busy; activation is not null;)
        {
            var next = activation.NextBusy;
            earliest = Math.Min(earliest, activation.FailOverdue(now));
            activation = next;
        }

        if (earliest < long.MaxValue) Arm(earliest);
    }

    private void Arm(long deadline)
    {
        _armedFor = deadline;

        // Rounded up, so that the deadline has passed when the timer fires.
        var wait = time.GetElapsedTime(time.GetTimestamp(), deadline) + TimeSpan.FromMilliseconds(1);
        var due = wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
        _timer ??= time.CreateTimer(
            static deadlines => ((Deadlines)deadlines!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private int _fired;

    private void Fire()
    {
        // The item may be in the lane once only.
        if (Interlocked.Exchange(ref _fired, 1) == 0) lane.Post(new Firing(this));
    }

    private sealed class Firing(Deadlines deadlines) : IWorkItem
    {
        private volatile IWorkItem? _next;

        IWorkItem? IWorkItem.Next
        {
            get => _next;
            set => _next = value;
        }

        public void Run()
        {
            Volatile.Write(ref deadlines._fired, 0);
            deadlines.Run();
        }

        public string Describe() => deadlines.Describe();
    }
}
