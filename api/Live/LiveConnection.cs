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
    private readonly Outbox _outbox = new();

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

    public int TopicCount => _outbox.TopicCount;

    public bool MayCall() => _calls.Take();

    public void Follow(Subscription subscription)
    {
        // The connection may have gone while its call was answered; then nobody else would leave the stream.
        if (!_outbox.TryFollow(subscription, out var wake)) subscription.Stream.Audience.Remove(subscription);
        Pump(wake);
    }

    public void Unfollow(string topic)
    {
        if (_outbox.Unfollow(topic) is { } left) left.Stream.Audience.Remove(left);
    }

    /// <summary>False when it does not follow this topic.</summary>
    public bool Resnapshot(string topic)
    {
        var followed = _outbox.TryStartOver(topic, out var wake);
        Pump(wake);
        return followed;
    }

    /// <summary>Something newer than was sent may be there.</summary>
    public void Mark(Subscription subscription) => Pump(_outbox.Mark(subscription));

    /// <summary>Says goodbye before everything else that waits, and ends the connection when the client has not done so after a grace.</summary>
    public void Close(object? lastWords = null)
    {
        Pump(_outbox.Close(lastWords is null ? [Messages.Goodbye] : [Messages.Serialized(lastWords), Messages.Goodbye]));
        _ = AbortLater();
    }

    /// <summary>A client that does not take the message in time is dropped.</summary>
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
        foreach (var subscription in _outbox.End()) subscription.Stream.Audience.Remove(subscription);
    }

    async void IThreadPoolWorkItem.Execute()
    {
        try
        {
            while (_outbox.TryTake(out var message, out var push))
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

    private void Pump(bool wake)
    {
        if (wake) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task AbortLater()
    {
        await Task.Delay(_live.Options.CloseGrace, _live.Clock);
        _context.Abort();
    }
}
