using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>A request of the host itself to an activation: it takes no place in the mailbox, has no deadline and no answer.</summary>
internal abstract class OwnRequest : Request
{
    private Task? _running;

    protected OwnRequest(Activation target) => Target = target;

    internal override bool KeepsAlive => false;

    internal override bool MayMove => false;

    internal sealed override void Begin(object grain)
    {
        try
        {
            _running = Invoke();
        }
        catch (Exception fault)
        {
            _running = Task.FromException(fault);
        }

        if (_running.IsCompleted) End();
        else _running.GetAwaiter().UnsafeOnCompleted(End);
    }

    internal sealed override bool Fail(Exception fault) => ClaimAnswer();

    /// <summary>Runs in turns of this request. A fault has nobody to go to but the log.</summary>
    protected abstract Task Invoke();

    protected virtual void AfterEnd()
    {
    }

    private protected override void Step() => Target.ReceiveOwn(this);

    private void End()
    {
        Ended();
        if (_running!.IsFaulted) Target.Host.FaultUnheard(this, _running.Exception.InnerException!);
        AfterEnd();
    }
}

/// <summary>The first request of every activation. Its caller is the request that waited for it first, so that a chain shows both.</summary>
internal sealed class ActivateRequest : OwnRequest
{
    private static readonly MethodShape s_shape = new("", nameof(Grain.OnActivateAsync));

    public ActivateRequest(Activation target, Request first)
        : base(target) => Caller = first;

    public override MethodShape Shape => s_shape;

    protected override Task Invoke() => Target.Activate(Target.Host.Aborted);
}

/// <summary>The last request of an activation.</summary>
internal sealed class DeactivateRequest(Activation target, DeactivationReason reason) : OwnRequest(target)
{
    private static readonly MethodShape s_shape = new("", nameof(Grain.OnDeactivateAsync));

    public override MethodShape Shape => s_shape;

    protected override Task Invoke() => Target.End(reason, Target.Host.Aborted);
}
