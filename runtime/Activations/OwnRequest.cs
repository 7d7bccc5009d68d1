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
