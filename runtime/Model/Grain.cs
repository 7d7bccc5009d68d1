using Gamification.Runtime.Activations;

namespace Gamification.Runtime;

/// <summary>
/// An actor. One instance lives for each key at a time, created by the first call and let go when idle; its methods run one
/// request at a time unless an attribute says otherwise, and every await comes back to the same single-threaded turn.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation = Activation.Constructing;

    /// <summary>What the host knows of this activation. Throws for a grain that a test made with <c>new</c>.</summary>
    public IGrainContext GrainContext => Activation;

    /// <summary>Gives references to other grains; calls through it carry this grain's call chain.</summary>
    protected IGrainFactory GrainFactory => Activation.Host.Factory;

    /// <summary>The DI scope of this activation, disposed after <see cref="OnDeactivateAsync"/>.</summary>
    protected internal IServiceProvider ServiceProvider => Activation.ActivationServices;

    /// <summary>The reference under which others know this grain.</summary>
    public GrainReference GrainReference => Activation.GrainReference;

    internal Activation Activation => _activation
        ?? throw new InvalidOperationException($"{GetType().Name} was not created by an actor host, so it has no context.");

    /// <summary>
    /// Runs before the first request. When it throws, the waiting requests fail with its exception and the activation ends.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last request; no other activation of this key starts before it is complete. Not run after a crash.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => OnActivateAsync(token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => OnDeactivateAsync(reason, token);

    /// <summary>Ends this activation after the request that runs now; requests that wait or come later go to the next activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps an idle activation for at least <paramref name="timeSpan"/> from now; a negative span takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
