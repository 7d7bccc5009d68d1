using System.Collections.Concurrent;
using Gamification.Live;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Gamification.Redis;

/// <summary>
/// Notices over pub/sub: whoever publishes leaves its newest in an outbox, and one loop sends what waits ten times a second. What cannot be sent is
/// dropped, because whoever missed it asks the actor itself.
/// </summary>
public sealed class RedisNotices : BackgroundService, INotices
{
    private const int TogetherMax = 256;

    private readonly RedisLink _link;
    private readonly RedisOptions _options;
    private readonly RedisMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisNotices> _log;
    private readonly NoticeOutbox _outbox;
    private readonly ConcurrentDictionary<NoticeTopic, Action<Notice>> _followed = [];
    private readonly SemaphoreSlim _subscribing = new(1);

    public RedisNotices(RedisLink link, RedisOptions options, RedisMetrics metrics, TimeProvider clock, ILogger<RedisNotices> log)
    {
        (_link, _options, _metrics, _clock, _log, _outbox) = (link, options, metrics, clock, log, new(options.TopicsMax));
        link.Connected = Resubscribe;
    }

    public long? AwaySince => _link.AwaySince;

    public void Publish(Notice notice)
    {
        if (_link.Connection is null) _metrics.Dropped("away");
        else if (!_outbox.TryPut(notice)) _metrics.Dropped("too-many-topics");
    }

    public async Task Follow(NoticeTopic topic, Action<Notice> take)
    {
        await _subscribing.WaitAsync();
        try
        {
            var isNew = _followed.TryAdd(topic, take);
            if (!isNew) _followed[topic] = take;
            else if (_link.Connection is { } connection) await connection.GetSubscriber().SubscribeAsync(RedisKeys.Channel(topic), Handler(topic));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The link is about to notice, and subscribes to everything when it is back.
            _log.LogDebug(fault, "A topic could not be subscribed to yet.");
            _followed.TryRemove(topic, out _);
        }
        finally
        {
            _subscribing.Release();
        }
    }

    public async Task Unfollow(NoticeTopic topic)
    {
        await _subscribing.WaitAsync();
        try
        {
            if (_followed.TryRemove(topic, out _) && _link.Connection is { } connection) await connection.GetSubscriber().UnsubscribeAsync(RedisKeys.Channel(topic));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            _log.LogDebug(fault, "A topic could not be unsubscribed from; its notices are ignored.");
        }
        finally
        {
            _subscribing.Release();
        }
    }

    public override void Dispose()
    {
        _subscribing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var waiting = await _outbox.Take(stoppingToken);
                foreach (var together in waiting.Chunk(TogetherMax)) await Send(together);
                await Task.Delay(_options.Pace, _clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Send(Notice[] notices)
    {
        if (_link.Connection is not { } connection)
        {
            _metrics.Dropped("away", notices.Length);
            return;
        }

        try
        {
            await Task.WhenAll(notices.Select(notice => Send(connection.GetSubscriber(), notice))).WaitAsync(_options.AnswerMax, _clock);
            _metrics.Sent(notices.Length);
        }
        catch (Exception fault)
        {
            _log.LogDebug(fault, "Notices could not be sent.");
            _metrics.Dropped("away", notices.Length);
        }
    }

    private Task Send(ISubscriber subscriber, Notice notice)
    {
        if (NoticeBytes.Write(notice) is { } bytes) return subscriber.PublishAsync(RedisKeys.Channel(notice.Topic), bytes);
        _metrics.Dropped("too-large");
        _log.LogWarning("A notice of {Topic} is larger than {Max} bytes and is not sent.", notice.Topic, NoticeBytes.Max);
        return Task.CompletedTask;
    }

    private async Task Resubscribe(ConnectionMultiplexer connection)
    {
        await _subscribing.WaitAsync();
        try
        {
            var subscriber = connection.GetSubscriber();
            foreach (var topics in _followed.Keys.Chunk(TogetherMax))
                await Task.WhenAll(topics.Select(topic => subscriber.SubscribeAsync(RedisKeys.Channel(topic), Handler(topic))));
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private Action<RedisChannel, RedisValue> Handler(NoticeTopic topic) => (_, value) =>
    {
        if (!_followed.TryGetValue(topic, out var take)) return;
        if (NoticeBytes.Read((byte[])value) is { } notice && notice.Topic == topic) take(notice);
        else _metrics.Unreadable();
    };
}
