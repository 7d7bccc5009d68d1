using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Gamification.Journal;

/// <summary>
/// The appends that wait for a partition's writer: a bounded queue that many fill and one empties. A batch holds an actor once, so an actor's
/// second append is held back for the next batch, ahead of the queue.
/// </summary>
internal sealed class AppendQueue(JournalWriterOptions options, TimeProvider clock)
{
    private readonly Channel<PendingAppend> _queue =
        Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });

    private readonly Queue<PendingAppend> _held = new();
    private readonly HashSet<ActorId> _actors = [];

    /// <summary>Those that count against the capacity.</summary>
    public int Count => _queue.Reader.Count;

    public bool TryAdd(PendingAppend pending) => _queue.Writer.TryWrite(pending);

    /// <summary>Waits for room, up to the deadline. False when there was none by then, or the queue was closed.</summary>
    public async ValueTask<bool> Add(PendingAppend pending)
    {
        using var deadline = new CancellationTokenSource(options.QueueDeadline, clock);
        try
        {
            await _queue.Writer.WriteAsync(pending, deadline.Token);
            return true;
        }
        catch (Exception late) when (late is OperationCanceledException or ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>No more appends come in; those that wait are still taken.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>True once there is something to take, false when the queue is closed and empty.</summary>
    public ValueTask<bool> WaitForAppends() => _held.Count > 0 ? new(true) : _queue.Reader.WaitToReadAsync(CancellationToken.None);

    /// <summary>Adds what is there to an empty batch, up to its greatest size.</summary>
    public void TakeBatch(List<PendingAppend> batch)
    {
        _actors.Clear();
        for (var left = _held.Count; left > 0; left--)
        {
            var pending = _held.Dequeue();
            if (batch.Count < options.BatchSizeMax && _actors.Add(pending.Append.Actor)) batch.Add(pending);
            else _held.Enqueue(pending);
        }

        // Once a batch's worth is held back, the rest waits in the queue, where it counts against the capacity.
        while (batch.Count < options.BatchSizeMax && _held.Count < options.BatchSizeMax && _queue.Reader.TryRead(out var pending))
        {
            if (_actors.Add(pending.Append.Actor)) batch.Add(pending);
            else _held.Enqueue(pending);
        }
    }

    /// <summary>The next one, whoever's it is.</summary>
    public bool TryTake([MaybeNullWhen(false)] out PendingAppend pending) => _held.TryDequeue(out pending) || _queue.Reader.TryRead(out pending);
}
