using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>
/// The one port for durable facts. Ordering: the entries of an actor by version, those of a partition by sequence;
/// commit order is sequence order, so a consumer that reads <c>seq &gt; offset</c> never misses a late commit.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Completes once the append is durable or refused. An actor has one append in flight at a time.
    /// Throws <see cref="JournalBusyException"/> or <see cref="JournalUnavailableException"/> when nothing was written,
    /// <see cref="CommitOutcomeUnknownException"/> when even looking could not tell: the actor must deactivate and reload.
    /// Once queued it is awaited to the end, because cancelling would not cancel the write.
    /// </summary>
    ValueTask<AppendOutcome> Append(Append append);

    /// <summary>The actor's newest snapshot and what came after it.</summary>
    ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation);

    /// <summary>Of many actors, in their order.</summary>
    async ValueTask<ImmutableArray<ActorHistory>> LoadAll(IReadOnlyList<ActorId> actors, CancellationToken cancellation) =>
        [.. await Task.WhenAll(actors.Select(actor => Load(actor, cancellation).AsTask()))];

    /// <summary>The actor's entries with a version above <paramref name="afterVersion"/>, oldest first, <paramref name="limit"/> at most.</summary>
    ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation);

    /// <summary>The actor's entries with a version below <paramref name="beforeVersion"/>, newest first, <paramref name="limit"/> at most.</summary>
    ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation);

    /// <summary>The entry that first used this key, or null. Only <see cref="BusinessKey.Month"/> and <see cref="BusinessKey.Digest"/> are looked at.</summary>
    ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation);
}

/// <summary>Another writer took the partition: its epoch is newer than ours. This writer must never write again.</summary>
public sealed class PartitionFencedException(int partition, long epoch)
    : Exception($"Partition {partition} was taken over; epoch {epoch} may no longer write.");
