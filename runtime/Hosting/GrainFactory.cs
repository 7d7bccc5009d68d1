using System.Collections.Concurrent;
using System.Globalization;
using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Hosting;

internal sealed class GrainFactory(ActorHost host) : IGrainFactory
{
    private readonly ConcurrentDictionary<Activation, byte> _observers = new();
    private readonly GrainClass _observerClass = new(host, typeof(IGrainObserver), []);
    private long _observersMade;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        var grainClass = host.Catalog.Find(typeof(TGrainInterface), grainClassNamePrefix);
        return Calls.GrainProxies.Create<TGrainInterface>(new(grainClass, primaryKey, null));
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or Grain) throw new ArgumentException("A grain is referred to by AsReference.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));

        var key = Interlocked.Increment(ref _observersMade).ToString(CultureInfo.InvariantCulture);
        var observer = new Activation(_observerClass, key, host.Scheduler.OpenOutsideLane($"observer {key}"), obj);
        _observers.TryAdd(observer, 0);
        return Calls.GrainProxies.Create<TGrainObserverInterface>(new(_observerClass, key, observer));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Observer: { } observer })
            throw new ArgumentException("Only what CreateObjectReference returned can be deleted.", nameof(obj));
        _observers.TryRemove(observer, out _);
        observer.Forget();
    }
}
