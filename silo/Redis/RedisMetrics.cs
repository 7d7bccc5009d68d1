using System.Diagnostics.Metrics;

namespace Gamification.Redis;

/// <summary>What an operator sees of notices and the mirror, as the meter <c>Gamification.Redis</c>.</summary>
public sealed class RedisMetrics
{
    public const string MeterName = "Gamification.Redis";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _lists;

    public RedisMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>("redis.notices.sent", "{notice}");
        _dropped = meter.CreateCounter<long>("redis.notices.dropped", "{notice}", "Not sent, by reason: away, too-many-topics, too-large.");
        _unreadable = meter.CreateCounter<long>("redis.notices.unreadable", "{notice}", "Came, and were not notices of their topic.");
        _lists = meter.CreateCounter<long>("redis.top_lists.written", "{list}");
    }

    public void Sent(int count) => _sent.Add(count);

    public void Dropped(string reason, int count = 1) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Unreadable() => _unreadable.Add(1);

    public void ListWritten() => _lists.Add(1);
}
