using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class LiveMetricsTests
{
    [Fact]
    public async Task An_operator_sees_connections_topics_what_was_sent_and_how_late()
    {
        await using var server = await LiveServer.Start();
        var sums = new ConcurrentDictionary<string, long>();
        var delays = Channel.CreateUnbounded<double>();
        using var listener = new MeterListener
        {
            // Other tests have meters of this name too: only this server's are meant.
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == LiveMetrics.MeterName && instrument.Meter.Scope == server.Get<IMeterFactory>()) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            sums.AddOrUpdate(tags is [var tag] ? $"{instrument.Name} {tag.Value}" : instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => delays.Writer.TryWrite(value));
        listener.Start();

        var client = await server.Connect();
        await client.Subscribe("board/programme/week/points");
        await client.Next("snapshot");
        await server.Week.Publish((1, 10));
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await client.Next("delta");

        // It came at once and waited for the end of the pace.
        Assert.Equal(0.1, await delays.Reader.ReadAsync(), precision: 3);
        Assert.Equal(1, sums["live.connections"]);
        Assert.Equal(1, sums["live.topics"]);
        Assert.Equal(1, sums["live.sends snapshot"]);
        Assert.Equal(1, sums["live.sends delta"]);
    }
}
