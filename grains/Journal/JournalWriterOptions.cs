using System.Collections.Immutable;

namespace Gamification.Journal;

public sealed record JournalWriterOptions
{
    /// <summary>
    /// The partitions this process writes. An actor's appends go to one of them by a hash of its id, so the list may differ between
    /// processes and over time: versions, not partitions, order an actor's entries.
    /// </summary>
    public ImmutableArray<int> Partitions { get; init; } = [0];

    /// <summary>Appends in one transaction, at most.</summary>
    public int BatchSizeMax { get; init; } = 1_024;

    /// <summary>Appends that may wait in a partition's queue.</summary>
    public int QueueCapacity { get; init; } = 8_192;

    /// <summary>How long an append waits for room in a full queue before <see cref="JournalBusyException"/>.</summary>
    public TimeSpan QueueDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a caller is told to wait when the queue stayed full.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch is tried again while storage is certain that nothing was written.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a commit of unknown outcome is looked up before its callers are told that it stays unknown.</summary>
    public TimeSpan LookFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first delay between two attempts; it doubles up to <see cref="BackoffMax"/>.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMilliseconds(500);
}
