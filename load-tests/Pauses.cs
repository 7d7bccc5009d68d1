using System.Diagnostics.Tracing;
using System.Globalization;

namespace Gamification.LoadTests;

/// <summary>
/// How long the garbage collector stood the whole process still since this was made: one value a suspension, by the runtime's own events. A collection that runs beside the
/// program suspends it several times, shortly.
/// </summary>
internal sealed class Pauses : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Collector = (EventKeywords)0x1;
    private const int SuspendBegin = 9;
    private const int RestartEnd = 3;

    private readonly Histogram _pauses = new();
    private readonly int[] _before = Collections();
    private DateTime? _since;

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == Runtime) EnableEvents(source, EventLevel.Informational, Collector);
    }

    // Of one suspension at a time, and never two at once.
    protected override void OnEventWritten(EventWrittenEventArgs told)
    {
        if (told.EventId == SuspendBegin) _since = told.TimeStamp;
        if (told.EventId != RestartEnd || _since is not { } since) return;
        _pauses.Record(told.TimeStamp - since);
        _since = null;
    }

    public override string ToString()
    {
        var counts = Collections().Zip(_before, (after, before) => after - before);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_pauses.Count} pauses, {_pauses.Mean.TotalMilliseconds * _pauses.Count:N0} ms in all, the longest {_pauses.Max.TotalMilliseconds:N1} ms; collections of generation 0, 1, 2: {string.Join(", ", counts)}");
    }

    private static int[] Collections() => [GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2), GC.CollectionCount(2)];
}
