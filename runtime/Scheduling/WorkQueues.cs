namespace Gamification.Runtime.Scheduling;

/// <summary>A first-in first-out list for one thread, linked through the items.</summary>
internal struct LocalQueue
{
    private IWorkItem? _head;
    private IWorkItem? _tail;

    public readonly bool IsEmpty => _head is null;

    public void Add(IWorkItem item)
    {
        item.Next = null;
        if (_tail is null) _head = item;
        else _tail.Next = item;
        _tail = item;
    }

    public IWorkItem? Take()
    {
        var item = _head;
        if (item is null) return null;

        _head = item.Next;
        if (_head is null) _tail = null;
        item.Next = null;
        return item;
    }
}

/// <summary>
/// Many producers, one consumer. Producers push on a stack, the consumer takes it whole and turns it round, so a busy consumer pays one
/// atomic operation for a batch and order is kept.
/// </summary>
internal sealed class Inbox
{
    private IWorkItem? _newest;

    public bool IsEmpty => Volatile.Read(ref _newest) is null;

    /// <summary>True when the inbox was empty, so that the consumer may have to be woken.</summary>
    public bool Push(IWorkItem item)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _newest);
            item.Next = seen;
            if (Interlocked.CompareExchange(ref _newest, item, seen) == seen) return seen is null;
        }
    }

    /// <summary>Appends everything pushed so far to <paramref name="queue"/>, oldest first.</summary>
    public bool DrainTo(ref LocalQueue queue)
    {
        if (IsEmpty) return false;

        var item = Interlocked.Exchange(ref _newest, null);
        IWorkItem? oldest = null;
        while (item is not null)
        {
            var older = item.Next;
            item.Next = oldest;
            oldest = item;
            item = older;
        }

        while (oldest is not null)
        {
            var newer = oldest.Next;
            queue.Add(oldest);
            oldest = newer;
        }

        return true;
    }
}
