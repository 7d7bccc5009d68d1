using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Scheduling;

/// <summary>A lane on the thread pool: one item at a time, on whatever pool thread is free. It may block without delaying actors.</summary>
internal sealed class PoolLane : Lane, IThreadPoolWorkItem
{
    private const int ItemsInARow = 64;

    private readonly Inbox _inbox = new();
    private readonly TimeProvider _time;
    private LocalQueue _items;
    private int _scheduled;

    public PoolLane(TimeProvider time)
    {
        _time = time;
        Deadlines = new(this, time);
    }

    public override long Now => _time.GetTimestamp();

    internal override int RequestsInARow => 16;

    internal override Deadlines Deadlines { get; }

    public override void Post(IWorkItem item)
    {
        _inbox.Push(item);
        Schedule();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var before = SynchronizationContext.Current;
        for (var ran = 0; ran < ItemsInARow; ran++)
        {
            if (_items.IsEmpty) _inbox.DrainTo(ref _items);
            if (_items.Take() is not { } item) break;
            item.Run();
        }

        SynchronizationContext.SetSynchronizationContext(before);
        var more = !_items.IsEmpty;
        Volatile.Write(ref _scheduled, 0);

        // A full fence: an item pushed before the flag fell is either seen here or scheduled by its sender.
        Interlocked.MemoryBarrier();
        if (more || !_inbox.IsEmpty) Schedule();
    }

    private void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
