namespace Gamification.Runtime;

/// <summary>Whatever can be called through a generated proxy.</summary>
public interface IAddressable;

/// <summary>A grain interface. Methods return Task, Task&lt;T&gt;, ValueTask or ValueTask&lt;T&gt;.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain that is named by a string, the only kind of key in this engine.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>An object outside of grains that grains may notify. <c>void</c> methods are one-way.</summary>
public interface IGrainObserver : IAddressable;

/// <summary>What <see cref="Grain"/> implements; extension methods hang here.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token);

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token);
}

/// <summary>Gives references. Asking for one creates nothing: the first call does.</summary>
public interface IGrainFactory
{
    /// <summary>The grain of that interface and key. With a prefix, only classes whose full name starts with it are considered.</summary>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>
    /// A reference through which grains can notify <paramref name="obj"/>. Notifications are delivered one at a time, in the order sent,
    /// until <see cref="DeleteObjectReference{TGrainObserverInterface}"/>. Keep hold of the object: a host may refer to it weakly.
    /// </summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends delivery to the object behind this reference; later notifications are dropped.</summary>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}

/// <summary>What the host knows of one activation.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    GrainReference GrainReference { get; }

    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    /// <summary>Completes after <see cref="IGrainBase.OnDeactivateAsync"/> of this activation.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation after the request that runs now.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
