using System.Collections;
using Microsoft.Extensions.Logging;

namespace Gamification.Runtime;

/// <summary>The subscribers of one grain, each forgotten when it has not subscribed anew within the expiration, or when it fails.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <inheritdoc cref="ObserverManager{TObserver}"/>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, Subscription> _subscriptions = [];
    private readonly ILogger _log;

    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;

        // Inside a grain that is the host's clock, so that a simulation expires observers too.
        var clock = (SynchronizationContext.Current as Calls.Request)?.Scheduler.Time ?? TimeProvider.System;
        GetDateTime = () => clock.GetUtcNow().UtcDateTime;
    }

    public Func<DateTime> GetDateTime { get; set; }

    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>Includes expired subscriptions that nothing has cleared yet.</summary>
    public int Count => _subscriptions.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers =>
        _subscriptions.ToDictionary(entry => entry.Key, entry => entry.Value.Observer);

    public void Subscribe(TIdentity id, TObserver observer) => _subscriptions[id] = new(observer, GetDateTime());

    public void Unsubscribe(TIdentity id) => _subscriptions.Remove(id);

    public void Clear() => _subscriptions.Clear();

    public void ClearExpired() => Forget([.. _subscriptions.Where(entry => Expired(entry.Value)).Select(entry => entry.Key)]);

    /// <summary>Notifies those subscribed now, in order of subscription; whoever throws is unsubscribed.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        ClearExpired();
        foreach (var (id, subscription) in _subscriptions.ToArray())
        {
            if (predicate is not null && !predicate(subscription.Observer)) continue;
            try
            {
                notification(subscription.Observer);
            }
            catch (Exception fault)
            {
                ForgetFailed(id, fault);
            }
        }
    }

    /// <inheritdoc cref="Notify(Action{TObserver}, Func{TObserver, bool})"/>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        ClearExpired();
        foreach (var (id, subscription) in _subscriptions.ToArray())
        {
            if (predicate is not null && !predicate(subscription.Observer)) continue;
            try
            {
                await notification(subscription.Observer);
            }
            catch (Exception fault)
            {
                ForgetFailed(id, fault);
            }
        }
    }

    public IEnumerator<TObserver> GetEnumerator() => _subscriptions.Values.Select(entry => entry.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Expired(Subscription subscription) => subscription.LastSeen + ExpirationDuration < GetDateTime();

    private void ForgetFailed(TIdentity id, Exception fault)
    {
        _log.LogDebug(fault, "Observer {Observer} failed and is unsubscribed.", id);
        _subscriptions.Remove(id);
    }

    private void Forget(List<TIdentity> ids)
    {
        foreach (var id in ids) _subscriptions.Remove(id);
    }

    private readonly record struct Subscription(TObserver Observer, DateTime LastSeen);
}
