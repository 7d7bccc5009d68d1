using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>
/// The last request of an activation: lets the grain finish, then disposes it and its scope. Only after that does the key belong to the
/// next activation, which takes over what waits.
/// </summary>
internal sealed class DeactivateRequest(Activation target, DeactivationReason reason) : OwnRequest(target)
{
    private static readonly MethodShape s_shape = new("", nameof(Grain.OnDeactivateAsync));

    public override MethodShape Shape => s_shape;

    /// <summary>Disposes the grain and the scope of its services. A fault is logged: nobody could do better with it.</summary>
    public static async Task Release(Activation activation)
    {
        try
        {
            if (activation.GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (activation.GrainInstance as IDisposable)?.Dispose();
            await activation.DisposeScope();
        }
        catch (Exception fault)
        {
            activation.Host.DeactivationFailed(activation, fault);
        }
    }

    protected override async Task Invoke()
    {
        Target.DropTimers();
        try
        {
            if (Target.GrainInstance is Grain grain) await grain.OnDeactivateAsync(reason, Target.Host.Aborted);
        }
        catch (Exception fault)
        {
            Target.Host.DeactivationFailed(Target, fault);
        }

        Target.DropTimers();
        await Release(Target);
        Target.Die(null);
    }
}
