using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>
/// One client. Its pump sends one message at a time and then whatever is newest: a client that reads slowly makes itself skip, and never
/// makes the server remember. The pump runs only while there is something to send.
/// </summary>
internal sealed class LiveConnection : IThreadPoolWorkItem
{
    private readonly HubConnectionContext _context;
    private readonly LiveContext _live;
    private readonly CallBudget _calls;
    private readonly Lock _gate = new();

    // Under the lock.
    private readonly Dictionary<string, Subscription> _followed = [];
    private readonly Queue<SerializedHubMessage> _lastWords = [];
    private long _marks;
    private bool _pumping;
    private bool _closing;
    private bool _closed;

    public LiveConnection(HubConnectionContext context, string token, LiveViewer viewer, LiveContext live)
    {
        _context = context;
        _live = live;
        _calls = new(live.Options, live.Clock);
        Token = token;
        Viewer = viewer;
        Screen = viewer.Screen is { } screen ? new(context.ConnectionId, screen, live) : null;
    }

    public string Token { get; }

    public LiveViewer Viewer { get; }

    /// <summary>Null unless the viewer is a screen.</summary>
    public ScreenStream? Screen { get; }

    /// <summary>When its token is looked at again. Only the pulse touches this.</summary>
    public TimeSpan CheckDue { get; set; }

    public int TopicCount
    {
        get
        {
            lock (_gate) return _followed.Count;
        }
    }

    public bool MayCall() => _calls.Take();

    public void Follow(Subscription subscription)
    {
        lock (_gate)
        {
            // It may have gone while its call was answered; then nobody else would leave the stream.
            if (!_closed)
            {
                _followed.Add(subscription.Topic.Text, subscription);
                MarkLocked(subscription);
                return;
            }
        }

        subscription.Stream.Audience.Remove(subscription);
    }

    public void Unfollow(string topic)
    {
        Subscription? subscription;
        lock (_gate) _followed.Remove(topic, out subscription);
        subscription?.Stream.Audience.Remove(subscription);
    }

    /// <summary>False when it does not follow this topic.</summary>
    public bool Resnapshot(string topic)
    {
        lock (_gate)
        {
            if (!_followed.TryGetValue(topic, out var subscription)) return false;
            subscription.Sent = null;
            MarkLocked(subscription);
            return true;
        }
    }

    /// <summary>Something newer than was sent may be there.</summary>
    public void Mark(Subscription subscription)
    {
        lock (_gate) MarkLocked(subscription);
    }

    /// <summary>Says goodbye before everything else that waits, and ends the connection when the client has not done so after a grace.</summary>
    public void Close(object? lastWords = null)
    {
        lock (_gate)
        {
            if (_closing || _closed) return;
            _closing = true;
            if (lastWords is not null) _lastWords.Enqueue(Messages.Serialized(lastWords));
            _lastWords.Enqueue(Messages.Goodbye);
            Pump();
        }

        _ = AbortLater();
    }

    /// <summary>Writes before anything else that its caller does; a client that does not read is dropped after a while.</summary>
    public async Task Write(SerializedHubMessage message)
    {
        var write = _context.WriteAsync(message);
        if (write.IsCompletedSuccessfully) return;
        try
        {
            await write.AsTask().WaitAsync(_live.Options.WriteTimeMax, _live.Clock);
        }
        catch (TimeoutException)
        {
            _live.Metrics.TooSlow();
            _context.Abort();
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Closed()
    {
        Subscription[] followed;
        lock (_gate)
        {
            _closed = true;
            followed = [.. _followed.Values];
            _followed.Clear();
        }

        foreach (var subscription in followed) subscription.Stream.Audience.Remove(subscription);
    }

    async void IThreadPoolWorkItem.Execute()
    {
        try
        {
            while (TryTake(out var message, out var push))
            {
                await Write(message);
                if (push is { } sent) _live.Metrics.Sent(sent, _live.Clock);
            }
        }
        catch (Exception fault)
        {
            _live.Log.LogWarning(fault, "A live connection could not be written to; it is dropped.");
            _context.Abort();
        }
    }

    private void MarkLocked(Subscription subscription)
    {
        if (_closing || _closed) return;
        subscription.DirtySince ??= ++_marks;
        Pump();
    }

    private void Pump()
    {
        if (_pumping) return;
        _pumping = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>What goes next; false ends the pump until something is marked again.</summary>
    private bool TryTake([NotNullWhen(true)] out SerializedHubMessage? message, out Push? push)
    {
        lock (_gate)
        {
            push = null;
            if (_lastWords.TryDequeue(out message)) return true;

            while (!_closing && !_closed && MostUrgent() is { } next)
            {
                next.DirtySince = null;
                push = next.Stream.Next(next.Sent);
                if (push is not { } found) continue;

                // Before the write, so that a wish for a snapshot during the write is not lost. A write that fails ends the connection.
                next.Sent = found.Cursor;
                message = found.Message;
                return true;
            }

            return _pumping = false;
        }
    }

    private Subscription? MostUrgent()
    {
        Subscription? first = null;
        foreach (var subscription in _followed.Values)
        {
            if (subscription.DirtySince is not null && subscription.GoesBefore(first)) first = subscription;
        }

        return first;
    }

    private async Task AbortLater()
    {
        await Task.Delay(_live.Options.CloseGrace, _live.Clock);
        _context.Abort();
    }
}
