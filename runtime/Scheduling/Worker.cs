using Gamification.Runtime.Activations;
using Gamification.Runtime.Calls;
using Microsoft.Extensions.Logging;

namespace Gamification.Runtime.Scheduling;

/// <summary>
/// One queue and the thread that empties it. Items from the worker's own turns take a plain list, items from other threads an inbox.
/// When a turn blocks, the stall check gives the queue to a new thread and leaves the blocked actor behind, until its turn ends.
/// </summary>
internal sealed class Worker : Lane, IDisposable
{
    private const int ItemsBetweenInboxes = 64;
    private const int ItemsBetweenClockReads = 16;

    private readonly Inbox _inbox = new();
    private readonly object _gate = new();
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private LocalQueue _local;
    private long _now;
    private bool _parked;
    private volatile bool _stopped;
    private volatile WorkerThread _owner;

    public Worker(string name, TimeProvider time, ILogger log)
    {
        _name = name;
        _time = time;
        _log = log;
        _now = time.GetTimestamp();
        Deadlines = new(this, time);
        _owner = new(this);
        _owner.Start(name);
    }

    public override long Now => _now;

    /// <summary>What is left to do for callers from outside whom this worker has answered.</summary>
    internal OutsideRests Rests { get; } = new();

    internal override int RequestsInARow => 16;

    internal override Deadlines Deadlines { get; }

    public override void Post(IWorkItem item)
    {
        if (WorkerThread.Current is { } thread && thread.Worker == this && thread.TryAddLocal(item)) return;
        if (_inbox.Push(item)) Wake();
    }

    internal override object? EnterTurn(Request request)
    {
        var owner = _owner;
        owner.Enter(request);
        return owner;
    }

    internal override bool LeaveTurn(object? turn) => ((WorkerThread)turn!).Leave();

    /// <summary>Ends the thread after the items that are queued now.</summary>
    public void Dispose()
    {
        _stopped = true;
        Wake(always: true);
    }

    /// <summary>Called from time to time: a turn that is still the same as some checks ago is reported, and loses the queue.</summary>
    public void CheckForStall()
    {
        var owner = _owner;
        if (owner.StalledTurn() is not { } request) return;

        _log.LogWarning(
            "A turn of {Request} has run for more than {Milliseconds} ms on {Worker}; it should await instead of blocking or computing.",
            request.Describe(),
            (int)ThreadScheduler.LongTurn.TotalMilliseconds,
            _name);
        if (!owner.TryTakeQueue()) return;

        request.Target.Detached = true;
        _owner = new(this);
        _owner.Start(_name);
    }

    internal void AddLocal(IWorkItem item) => _local.Add(item);

    internal void Loop(WorkerThread thread)
    {
        var clean = ExecutionContext.Capture()!;
        for (var count = 0; ; count++)
        {
            if (count % ItemsBetweenInboxes == 0) _inbox.DrainTo(ref _local);
            if (count % ItemsBetweenClockReads == 0) _now = _time.GetTimestamp();

            var item = _local.Take();
            if (item is null)
            {
                if (!_inbox.DrainTo(ref _local) && !Wait()) return;
                count = -1;
                continue;
            }

            item.Run();
            if (thread.LostQueue) return;

            // A turn that set an AsyncLocal without being async would leave it to the turns of others.
            if (ExecutionContext.Capture() != clean) ExecutionContext.Restore(clean);
        }
    }

    private bool Wait()
    {
        for (var spin = 0; spin < 12; spin++)
        {
            if (!_inbox.IsEmpty) return true;
            Thread.SpinWait(8 << (spin / 3));
        }

        Thread.Yield();
        SynchronizationContext.SetSynchronizationContext(null);
        while (_inbox.IsEmpty)
        {
            if (_stopped) return false;

            lock (_gate)
            {
                // A full fence before the last look: whoever pushes after it sees the flag.
                _parked = true;
                Interlocked.MemoryBarrier();
                if (!_inbox.IsEmpty || _stopped) _parked = false;
                while (_parked) Monitor.Wait(_gate);
            }
        }

        return true;
    }

    private void Wake(bool always = false)
    {
        if (!always && !Volatile.Read(ref _parked)) return;
        lock (_gate)
        {
            _parked = false;
            Monitor.Pulse(_gate);
        }
    }
}
