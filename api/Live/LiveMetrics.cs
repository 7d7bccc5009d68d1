using System.Diagnostics.Metrics;

namespace Gamification.Live;

/// <summary>What an operator sees of live delivery, as the meter <c>Gamification.Live</c>.</summary>
internal sealed class LiveMetrics
{
    public const string MeterName = "Gamification.Live";

    private readonly UpDownCounter<long> _connections;
    private readonly UpDownCounter<long> _topics;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _tooSlow;
    private readonly Histogram<double> _delay;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _connections = meter.CreateUpDownCounter<long>("live.connections", "{connection}");
        _topics = meter.CreateUpDownCounter<long>("live.topics", "{topic}", "Topics that run here, those that linger included.");
        _sends = meter.CreateCounter<long>("live.sends", "{message}", "By kind: delta, snapshot, or catch-up for a client too far behind for a delta.");
        _refusals = meter.CreateCounter<long>("live.refusals", "{call}", "By reason.");
        _tooSlow = meter.CreateCounter<long>("live.connections.too_slow", "{connection}", "Dropped because one write took too long.");
        _delay = meter.CreateHistogram(
            "live.push.delay", "s", "From the arrival of a board's view, or of a member's change, to its write.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10] });
    }

    public void Connected() => _connections.Add(1);

    public void Disconnected() => _connections.Add(-1);

    public void TopicOpened() => _topics.Add(1);

    public void TopicClosed() => _topics.Add(-1);

    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void TooSlow() => _tooSlow.Add(1);

    public void Sent(Push push, TimeProvider clock)
    {
        _sends.Add(1, new KeyValuePair<string, object?>("kind", NameOf(push.Kind)));

        // A first snapshot may be of a view that came long ago: that says nothing of how fast we are.
        if (push.Kind != PushKind.Snapshot) _delay.Record(clock.GetElapsedTime(push.ArrivedAt).TotalSeconds);
    }

    private static string NameOf(PushKind kind) => kind switch
    {
        PushKind.Delta => "delta",
        PushKind.CatchUp => "catch-up",
        _ => "snapshot",
    };
}
