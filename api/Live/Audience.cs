namespace Gamification.Live;

/// <summary>The connections that follow one stream. <paramref name="left"/> is called when the last of them has left.</summary>
internal sealed class Audience(TimeProvider clock, Action? left = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Subscription> _subscriptions = [];
    private TimeSpan? _emptySince = Uptime.Now(clock);

    /// <summary>Null while somebody follows.</summary>
    public TimeSpan? EmptySince
    {
        get
        {
            lock (_gate) return _emptySince;
        }
    }

    public void Add(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            _emptySince = null;
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (!_subscriptions.Remove(subscription) || _subscriptions.Count > 0) return;
            _emptySince = Uptime.Now(clock);
        }

        left?.Invoke();
    }

    /// <summary>Says that there is something newer. What exactly, each connection asks when it is ready to send.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions) subscription.Connection.Mark(subscription);
        }
    }
}
