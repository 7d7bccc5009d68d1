using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>The place of a partition: who may write (<see cref="Epoch"/>) and how far it has come.</summary>
public readonly record struct PartitionHead(int Partition, long Epoch, long LastSeq);

/// <summary>
/// What a database must do for the journal; SQL lives behind it. One writer calls <see cref="Commit"/> of a partition at a time;
/// reads may come from anywhere at any time and see only what is committed.
/// </summary>
public interface IJournalStorage
{
    /// <summary>Takes the partition: moves its epoch up by one, durably, so that every earlier writer is fenced off.</summary>
    ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation);

    /// <summary>
    /// Takes the partition again for the same writer, after a commit of unknown outcome. It drops the old connection and waits for whatever is still
    /// under way on the head row; once it returns, a commit of the earlier epoch has either happened and can be seen, or never will.
    /// Throws <see cref="PartitionFencedException"/> when someone else acquired the partition in between; the same then holds.
    /// </summary>
    ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation);

    /// <summary>
    /// Commits the batch in one transaction and answers every append by position. A batch holds an actor at most once.
    /// The transaction begins by moving the head row by the number of entries stored, under <paramref name="epoch"/>.
    /// Every entry is recorded at <paramref name="now"/> or at the time of the partition's last entry, whichever is later, to the microsecond.
    /// Refused appends (key taken, stale version) store nothing and do not disturb the others; sequence numbers stay gapless.
    /// Two appends of one batch with the same key: the first by position is stored, the second is answered with it.
    /// Throws <see cref="PartitionFencedException"/>; <see cref="JournalUnavailableException"/> when it is certain that nothing was written;
    /// <see cref="BadAppendException"/> when a row cannot be stored (the transaction was rolled back; the writer bisects);
    /// anything else means that the outcome is unknown.
    /// </summary>
    ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now);

    ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation);

    /// <summary>Of many actors, in their order, each as <see cref="Load"/> has it.</summary>
    async ValueTask<ImmutableArray<ActorHistory>> LoadAll(IReadOnlyList<ActorId> actors, CancellationToken cancellation) =>
        [.. await Task.WhenAll(actors.Select(actor => Load(actor, cancellation).AsTask()))];

    ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation);

    ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation);

    ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation);

    /// <summary>Entries of a partition with a sequence above <paramref name="afterSeq"/>, in order, <paramref name="limit"/> at most.</summary>
    ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation);

    /// <summary>The head of every partition that was ever acquired, ordered by partition.</summary>
    ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation);
}

/// <summary>One row of the batch cannot be stored (too large, not encodable, a constraint). Nothing of the batch was written.</summary>
public sealed class BadAppendException(string message, Exception inner) : Exception(message, inner);
