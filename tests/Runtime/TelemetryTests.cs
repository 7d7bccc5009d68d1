using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gamification.Tests.Runtime;

public sealed class TelemetryTests
{
    [Fact]
    public void Calls_activations_timeouts_and_waits_are_counted() => InSimulation.RunSeed(1, async host =>
    {
        var grain = host.Factory.GetGrain<IBlockedGrain>("measured");
        await Assert.ThrowsAsync<TimeoutException>(async () => await grain.WaitShortly());
        var waiting = grain.Answer().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(5), host.Scheduler.Time);
        Assert.Equal(1, Read("actors.mailbox.depth"));
        await grain.Release();
        await waiting;

        Assert.Equal(1, Read("actors.activations"));
        Assert.Equal(1, Read("actors.activated"));
        Assert.Equal(1, Read("actors.timeouts"));
        Assert.Equal(3, Read("actors.calls"));
        Assert.Equal(5, Read("actors.mailbox.age"), 0.1);
        Assert.Equal(0, Read("actors.mailbox.age"));
        Assert.Equal(0, Read("actors.mailbox.depth"));

        double Read(string name)
        {
            double sum = 0;
            using var listener = new MeterListener();
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Gamification.Runtime" && instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, host))
                    self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => sum += value);
            listener.SetMeasurementEventCallback<int>((_, value, _, _) => sum += value);
            listener.SetMeasurementEventCallback<double>((_, value, _, _) => sum += value);
            listener.Start();
            listener.RecordObservableInstruments();
            return sum;
        }
    });

    [Fact]
    public void Calls_are_traced_as_a_tree_while_somebody_listens() => OnThreads.Run(async host =>
    {
        List<Activity> ended = [];
        using var source = new ActivitySource("Gamification.Tests.Runtime");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is "Gamification.Runtime" || candidate == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        ActivityTraceId trace;
        using (var root = source.StartActivity("root"))
        {
            trace = root!.TraceId;
            await host.Factory.GetGrain<IChainGrain>("a").Along("bc");
        }

        lock (ended)
        {
            var mine = ended.Where(activity => activity.TraceId == trace).ToDictionary(activity => activity.OperationName);
            Assert.Equal(mine["root"].SpanId, mine["IChainGrain/a.Along"].ParentSpanId);
            Assert.Equal(mine["IChainGrain/a.Along"].SpanId, mine["IChainGrain/b.Along"].ParentSpanId);
            Assert.Equal(mine["IChainGrain/b.Along"].SpanId, mine["IChainGrain/c.Along"].ParentSpanId);
        }
    });
}
