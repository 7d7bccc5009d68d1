using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Scheduling;

/// <summary>A line of work items that run one at a time, in the order posted. Safe to post to from any thread.</summary>
public abstract class Lane
{
    /// <summary>Adds <paramref name="item"/>, which must be in no other lane at the time.</summary>
    public abstract void Post(IWorkItem item);

    /// <summary>A recent timestamp of the scheduler's clock, cheap to read. Only from within the lane.</summary>
    public abstract long Now { get; }

    /// <summary>How many waiting requests one actor may start in a row before others get their turn.</summary>
    internal abstract int RequestsInARow { get; }

    /// <summary>The busy actors of this lane, watched for overdue requests.</summary>
    internal abstract Deadlines Deadlines { get; }

    public LaneCounters Counters { get; protected init; } = new();

    internal virtual bool IsSimulated => false;

    /// <summary>Before code that is not ours. What it returns goes to <see cref="LeaveTurn"/>.</summary>
    internal virtual object? EnterTurn(Calls.Request request) => null;

    /// <summary>After it. False when the lane went to another thread meanwhile: this one may then post, and nothing else.</summary>
    internal virtual bool LeaveTurn(object? turn) => true;
}

/// <summary>One step of work. Intrusively linked, so that queueing allocates nothing.</summary>
public interface IWorkItem
{
    /// <summary>The next item of the queue this one is in; the queue's business alone.</summary>
    IWorkItem? Next { get; set; }

    /// <summary>Does the step. Must not throw.</summary>
    void Run();

    /// <summary>What runs, for the stall warning and the trace: "Interface/key.Method".</summary>
    string Describe();
}

/// <summary>Counted on the lane without atomics, read by the meters from outside: a reading may be a few events late.</summary>
public sealed class LaneCounters
{
    /// <summary>Requests started.</summary>
    public long Calls { get; internal set; }

    public long Activated { get; internal set; }

    public long Deactivated { get; internal set; }

    public long TimedOut { get; internal set; }

    /// <summary>Requests that wait for a busy activation now.</summary>
    public long Waiting { get; internal set; }

    /// <summary>The longest that a request waited before it started, in timestamp ticks; read and set back by the meter.</summary>
    public long OldestWait { get; internal set; }
}
