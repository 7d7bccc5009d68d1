using System.Threading.Channels;

namespace Gamification.Storage;

/// <summary>
/// Many callers, one trip to the database at a time: whoever comes while one is under way shares the next. For reads, and for writes that may
/// safely be repeated, so a fault is simply every caller's fault. <paramref name="trip"/> answers by position.
/// </summary>
internal sealed class SharedTrips<TItem, TResult>(int capacity, int batchSizeMax, Func<IReadOnlyList<TItem>, ValueTask<IReadOnlyList<TResult>>> trip)
{
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private int _running;

    public async ValueTask<TResult> Submit(TItem item)
    {
        var pending = new Pending(item);
        if (!_queue.Writer.TryWrite(pending))
            await _queue.Writer.WriteAsync(pending).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _running, 1) == 0)
            _ = Task.Run(Drain);
        return await pending.Task.ConfigureAwait(false);
    }

    private async Task Drain()
    {
        do
        {
            List<Pending> batch = [];
            while (batch.Count < batchSizeMax && _queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            if (batch.Count > 0)
            {
                await Go(batch).ConfigureAwait(false);
                continue;
            }

            // Whoever queued between the last look and this line sees nobody running, or is seen here.
            Interlocked.Exchange(ref _running, 0);
            if (_queue.Reader.Count == 0 || Interlocked.Exchange(ref _running, 1) == 1)
                return;
        }
        while (true);
    }

    private async Task Go(List<Pending> batch)
    {
        try
        {
            var results = await trip([.. batch.Select(pending => pending.Item)]).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
                batch[i].SetResult(results[i]);
        }
        catch (Exception fault)
        {
            foreach (var pending in batch)
                pending.TrySetException(fault);
        }
    }

    private sealed class Pending(TItem item) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item { get; } = item;
    }
}
