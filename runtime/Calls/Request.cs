using System.Diagnostics;
using Gamification.Runtime.Activations;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Calls;

/// <summary>
/// One request to one activation. It is also the synchronization context that its own turns run under: an await inside a grain comes back
/// through it, and so the host always knows which request a turn belongs to, without an AsyncLocal. The callers form a chain.
/// </summary>
public abstract class Request : SynchronizationContext, IWorkItem
{
    private volatile IWorkItem? _next;
    private int _answered;

    /// <summary>The method, its traits and its timeout.</summary>
    public abstract MethodShape Shape { get; }

    /// <summary>The token among the arguments; cancelling it takes the request back while it waits.</summary>
    public virtual CancellationToken CancellationToken => default;

    internal Activation Target { get; set; } = null!;

    /// <summary>The request whose turn sent this one; null when it came from outside, and after this one has ended.</summary>
    internal Request? Caller { get; set; }

    /// <summary>Whoever sent this belongs to no lane, so that its rest may run wherever there is a thread.</summary>
    internal bool IsFromOutside { get; set; }

    /// <summary>The latest request that a turn of this one sent. Only to explain a timeout; read from any thread.</summary>
    internal Request? LatestCall { get; set; }

    /// <summary>Timestamps of the scheduler's clock.</summary>
    internal long SentAt { get; set; }

    internal long Deadline { get; set; } = long.MaxValue;

    internal RequestPhase Phase { get; set; }

    /// <summary>The caller's activity while it is on its way, then its own; null unless somebody listens.</summary>
    internal Activity? Trace { get; set; }

    internal CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Its token was cancelled before it arrived.</summary>
    internal bool CancelledOnItsWay { get; set; }

    internal bool IsAnswered => Volatile.Read(ref _answered) != 0;

    internal IActorScheduler Scheduler => Target.Host.Scheduler;

    internal bool MayInterleaveAlways => (Shape.Traits & MethodTraits.AlwaysInterleave) != MethodTraits.None;

    internal bool IsReadOnly => (Shape.Traits & MethodTraits.ReadOnly) != MethodTraits.None;

    internal bool IsHeard => (Shape.Traits & MethodTraits.OneWay) == MethodTraits.None;

    /// <summary>Counts as use of the activation, so that idleness starts anew.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Whether the next activation can take it when this one ends.</summary>
    internal virtual bool MayMove => true;

    IWorkItem? IWorkItem.Next
    {
        get => _next;
        set => _next = value;
    }

    void IWorkItem.Run() => Step();

    /// <summary>"Interface/key.Method".</summary>
    public string Describe() => $"{(Shape.InterfaceName.Length > 0 ? Shape.InterfaceName : Target.Class.Name)}/{Target.Key}.{Shape.Method}";

    public sealed override void Post(SendOrPostCallback d, object? state) => Target.Lane.Post(new Continuation(this, d, state));

    public sealed override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException($"{Describe()} runs one turn at a time: post to it, or await it.");

    public sealed override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs the method up to its first suspension. Never throws.</summary>
    internal abstract void Begin(object grain);

    internal void FailCancelled() => Fail(new OperationCanceledException(
        $"{Describe()} was cancelled {(Phase == RequestPhase.Running ? "while it ran" : "before it started")}.", CancellationToken));

    /// <summary>Answers with a fault, unless there is an answer already.</summary>
    internal abstract bool Fail(Exception fault);

    /// <summary>What the lane does with this item: start it, or, in a call, resume whoever awaited it.</summary>
    private protected virtual void Step() => Target.Receive(this);

    /// <summary>
    /// Before a task is completed. On worker threads a foreign context keeps the callers' continuations off the lane; in a simulation they
    /// must stay on its thread, so there they run at once, outside of any context.
    /// </summary>
    private protected SynchronizationContext? LeaveContext()
    {
        var context = Current;
        if (Target.Lane.IsSimulated) SetSynchronizationContext(null);
        else if (context is null) SetSynchronizationContext(this);
        return context;
    }

    /// <summary>True for the one who may answer.</summary>
    private protected bool ClaimAnswer()
    {
        if (_answered != 0 || Interlocked.Exchange(ref _answered, 1) != 0) return false;

        Cancellation.Unregister();
        return true;
    }

    /// <summary>The method has run to its end, in a turn of this request.</summary>
    private protected void Ended()
    {
        Phase = RequestPhase.Ended;
        Target.EndedInThisTurn++;
        if (KeepsAlive) Target.Used();
        Trace?.Stop();
    }
}

/// <summary>Where a request stands. Written on the target's lane only.</summary>
internal enum RequestPhase : byte
{
    /// <summary>In the queue of a lane.</summary>
    Sent,

    /// <summary>In no queue, and not started.</summary>
    Arrived,
    Waiting,
    Running,
    Ended,
}

/// <summary>The rest of a request after an await.</summary>
internal sealed class Continuation(Request request, SendOrPostCallback callback, object? state) : IWorkItem
{
    private volatile IWorkItem? _next;

    IWorkItem? IWorkItem.Next
    {
        get => _next;
        set => _next = value;
    }

    void IWorkItem.Run() => request.Target.Resume(request, this, callback, state);

    public string Describe() => request.Describe();
}
