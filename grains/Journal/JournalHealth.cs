namespace Gamification.Journal;

public enum JournalState
{
    /// <summary>The partition has not been acquired yet; appends wait in the queue.</summary>
    Starting,

    Running,

    /// <summary>Storage refuses; nothing was written, the batch is being tried again.</summary>
    Retrying,

    /// <summary>A commit's answer was lost; the writer is finding out what became of it.</summary>
    Looking,

    /// <summary>Storage stayed away past the deadline. Appends are refused at once; the writer keeps knocking.</summary>
    Unavailable,

    /// <summary>Another writer took the partition. This one never writes again.</summary>
    Fenced,

    Stopped,
}

/// <summary>How a partition's writer is doing.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="State">Only <see cref="JournalState.Running"/> is healthy.</param>
/// <param name="LastError">The newest fault, kept after recovery; null when there was none.</param>
/// <param name="LastErrorAt">When it happened.</param>
/// <param name="QueueDepth">Appends that wait.</param>
/// <param name="Lag">How long the batch under way has been waiting for its commit; zero when idle.</param>
/// <param name="LastSeq">The newest sequence this writer knows of.</param>
public sealed record JournalHealth(
    int Partition, JournalState State, Exception? LastError, DateTimeOffset? LastErrorAt, int QueueDepth, TimeSpan Lag, long LastSeq);
