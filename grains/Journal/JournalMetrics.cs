using System.Diagnostics.Metrics;

namespace Gamification.Journal;

/// <summary>What the writers measure, under the meter <c>Gamification.Journal</c>; every figure is tagged with its partition.</summary>
internal sealed class JournalMetrics : IDisposable
{
    public const string MeterName = "Gamification.Journal";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitSeconds;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _conflicts;

    public JournalMetrics(Func<IEnumerable<Measurement<int>>> queueDepth)
    {
        _batchSize = _meter.CreateHistogram<int>("journal.batch.size", "{append}", "Appends in one transaction.");
        _commitSeconds = _meter.CreateHistogram<double>("journal.commit.duration", "s", "From the start of a commit to its answer.");
        _entries = _meter.CreateCounter<long>("journal.entries", "{entry}", "Entries made durable.");
        _replays = _meter.CreateCounter<long>("journal.replays", "{append}", "Appends whose key was taken by the same content.");
        _conflicts = _meter.CreateCounter<long>("journal.conflicts", "{append}", "Stale versions, and keys taken by other content.");
        _ = _meter.CreateObservableGauge("journal.queue.depth", queueDepth, "{append}", "Appends that wait for a commit.");
    }

    public void Committed(int partition, int appends, TimeSpan duration)
    {
        var tag = Tag(partition);
        _batchSize.Record(appends, tag);
        _commitSeconds.Record(duration.TotalSeconds, tag);
    }

    public void Answered(int partition, Append append, AppendOutcome outcome)
    {
        switch (outcome)
        {
            case AppendOutcome.Appended:
                _entries.Add(append.Entries.Length, Tag(partition));
                break;
            case AppendOutcome.KeyTaken taken when append.Entries[taken.Index].Key?.Content == taken.Content:
                _replays.Add(1, Tag(partition));
                break;
            default:
                _conflicts.Add(1, Tag(partition));
                break;
        }
    }

    public static KeyValuePair<string, object?> Tag(int partition) => new("partition", partition);

    public void Dispose() => _meter.Dispose();
}
