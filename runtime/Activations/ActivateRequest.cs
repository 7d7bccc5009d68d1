using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>
/// The first request of every activation: makes the grain and lets it prepare. Its caller is the request that waited for it first, so that
/// a chain of calls shows both. When it fails, so do those who wait, and the next request tries again with a new activation.
/// </summary>
internal sealed class ActivateRequest : OwnRequest
{
    private static readonly MethodShape s_shape = new("", nameof(Grain.OnActivateAsync));

    public ActivateRequest(Activation target, Request first)
        : base(target) => Caller = first;

    public override MethodShape Shape => s_shape;

    protected override async Task Invoke()
    {
        try
        {
            Target.Construct();
            if (Target.GrainInstance is Grain grain) await grain.OnActivateAsync(Target.Host.Aborted);
            Target.BecomeActive();
        }
        catch (Exception fault)
        {
            Target.Host.ActivationFailed(Target, fault);
            Target.DropTimers();
            await DeactivateRequest.Release(Target);
            Target.Die(fault);
        }
    }
}
