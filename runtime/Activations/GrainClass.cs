using System.Collections.Concurrent;
using System.Reflection;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Runtime.Activations;

/// <summary>One grain class in one host: what its attributes say, how it is made, and its live activations.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WorkerSet> _workerSets = new(StringComparer.Ordinal);
    private readonly ObjectFactory? _factory;
    private readonly bool _needsServices;
    private readonly int _workersMax;

    public GrainClass(ActorHost host, Type type, IReadOnlyList<Type> interfaces)
    {
        Host = host;
        Type = type;
        var named = interfaces.Count > 0 ? interfaces[0] : type;
        Name = named.Name;
        StoredName = named.GetCustomAttribute<AliasAttribute>()?.Alias ?? named.FullName!;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        IsObserver = !typeof(Grain).IsAssignableFrom(type);

        var age = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute)) || age is { AlwaysActive: true } ? null
            : age is { AgeLimit.Ticks: > 0 } ? age.AgeLimit
            : host.Options.CollectionAge;

        if (type.GetCustomAttribute<StatelessWorkerAttribute>() is { } stateless)
            _workersMax = stateless.MaxLocalWorkers > 0 ? stateless.MaxLocalWorkers : host.Scheduler.Parallelism;
        if (IsObserver) return;

        _factory = ActivatorUtilities.CreateFactory(type, []);
        _needsServices = type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0);
    }

    public ActorHost Host { get; }

    public Type Type { get; }

    /// <summary>The name in logs and ids: that of its first interface.</summary>
    public string Name { get; }

    /// <summary>The name in stores, which outlives a rename when the interface has an alias.</summary>
    public string StoredName { get; }

    public bool IsReentrant { get; }

    public bool IsObserver { get; }

    public bool IsStateless => _workersMax > 0;

    /// <summary>How long an activation may be idle; null for ever.</summary>
    public TimeSpan? CollectionAge { get; }

    public IEnumerable<Activation> Activations => _activations.Values.Concat(_workerSets.Values.SelectMany(set => set.Activations));

    public bool Implements(Type grainInterface) => IsObserver || grainInterface.IsAssignableFrom(Type);

    public GrainReference Reference(string key) => new NamedReference(new(this, key, null));

    public TInterface Reference<TInterface>(string key, Activation? observer) =>
        Implements(typeof(TInterface))
            ? GrainProxies.Create<TInterface>(new(this, key, observer))
            : throw new InvalidCastException($"{Type} does not implement {typeof(TInterface)}.");

    /// <summary>From any thread: the activation to send to. It may die before the request arrives, which then comes here again.</summary>
    public Activation Resolve(string key)
    {
        if (IsStateless) return _workerSets.GetOrAdd(key, static (key, grainClass) => new(grainClass, key), this).Pick();

        return _activations.TryGetValue(key, out var activation)
            ? activation
            : _activations.GetOrAdd(key, static (key, grainClass) => grainClass.Open(key, 0), this);
    }

    public void Remove(Activation activation)
    {
        if (IsStateless && _workerSets.TryGetValue(activation.Key, out var set)) set.Remove(activation);
        else _activations.TryRemove(new(activation.Key, activation));
    }

    public object Construct(Activation activation) =>
        _factory!(_needsServices ? activation.ActivationServices : Host.Services, []);

    private Activation Open(string key, int number)
    {
        var affinity = unchecked(key.GetHashCode(StringComparison.Ordinal) + number);
        return new(this, key, Host.Scheduler.OpenLane(number == 0 ? $"{Name}/{key}" : $"{Name}/{key}#{number}", affinity));
    }

    /// <summary>A reference of no interface, for logs and comparison.</summary>
    private sealed class NamedReference(GrainAddress address) : GrainReference(address);

    /// <summary>The activations of one key of a stateless worker.</summary>
    private sealed class WorkerSet(GrainClass grainClass, string key)
    {
        private readonly Lock _gate = new();
        private volatile Activation[] _activations = [];
        private int _opened;

        public Activation[] Activations => _activations;

        /// <summary>An idle one; else a new one while there may be more; else the one with the least to do.</summary>
        public Activation Pick()
        {
            var all = _activations;
            foreach (var activation in all)
                if (!activation.LooksBusy && !activation.IsDead) return activation;

            lock (_gate)
            {
                all = _activations;
                if (all.Length < grainClass._workersMax)
                {
                    var added = grainClass.Open(key, _opened++);
                    _activations = [.. all, added];
                    return added;
                }
            }

            return all.MinBy(activation => activation.Depth)!;
        }

        public void Remove(Activation activation)
        {
            lock (_gate) _activations = [.. _activations.Where(other => other != activation)];
        }
    }
}
