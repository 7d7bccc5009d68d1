using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gamification.Runtime.Activations;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Hosting;

/// <summary>
/// The meter and the activity source, both named "Gamification.Runtime". Counting happens on the lanes; a reading adds them up. Calls are
/// traced only while somebody listens.
/// </summary>
internal sealed class HostTelemetry : IDisposable
{
    public const string Name = "Gamification.Runtime";

    private static readonly ActivitySource s_source = new(Name);

    private readonly ActorHost _host;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public HostTelemetry(ActorHost host)
    {
        _host = host;
        _meter = new(Name, version: null, tags: null, scope: host);
        _refused = _meter.CreateCounter<long>("actors.refused", "{call}", "Calls refused because a mailbox was full.");
        _meter.CreateObservableGauge("actors.activations", () => host.ActivationCount, "{activation}", "Grains activated now.");
        _meter.CreateObservableCounter("actors.calls", () => Sum(counters => counters.Calls), "{call}", "Requests started.");
        _meter.CreateObservableCounter("actors.activated", () => Sum(counters => counters.Activated), "{activation}");
        _meter.CreateObservableCounter("actors.deactivated", () => Sum(counters => counters.Deactivated), "{activation}");
        _meter.CreateObservableCounter(
            "actors.timeouts", () => Sum(counters => counters.TimedOut), "{call}", "Calls that had no answer in time.");
        _meter.CreateObservableGauge(
            "actors.mailbox.depth", () => Sum(counters => counters.Waiting), "{call}", "Requests that wait for a busy grain.");
        _meter.CreateObservableGauge(
            "actors.mailbox.age", TakeOldestWait, "s", "The longest that a request waited to be started, since the last reading.");
    }

    public static bool IsTraced => s_source.HasListeners();

    public static void Sent(Request request) => request.Trace = Activity.Current;

    public static void Begin(Request request, object grain)
    {
        var activity = s_source.StartActivity(request.Describe(), ActivityKind.Internal, request.Trace?.Context ?? default);
        request.Trace = activity;
        request.Begin(grain);

        // The method has captured the activity where it needs it; the worker's next turn must not inherit it.
        if (request.Phase == RequestPhase.Ended) activity?.Dispose();
        Activity.Current = null;
    }

    public void CountRefused() => _refused.Add(1);

    public void Dispose() => _meter.Dispose();

    private long Sum(Func<LaneCounters, long> count) => _host.Scheduler.Counters.Sum(count);

    private double TakeOldestWait()
    {
        long oldest = 0;
        foreach (var counters in _host.Scheduler.Counters)
        {
            oldest = Math.Max(oldest, counters.OldestWait);
            counters.OldestWait = 0;
        }

        return _host.Scheduler.Time.GetElapsedTime(0, oldest).TotalSeconds;
    }
}
