using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.LoadTests.Kills;

/// <summary>The journal of a process that may die at each commit.</summary>
internal sealed class MortalJournal(IJournalStorage journal, Death death) : IJournalStorage
{
    public ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation) => journal.Acquire(partition, cancellation);

    public ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation) => journal.Reacquire(partition, cancellation);

    public ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now) =>
        death.Around(batch[0].Entries[0].Type, () => journal.Commit(partition, epoch, batch, now));

    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => journal.Load(actor, cancellation);

    public ValueTask<ImmutableArray<ActorHistory>> LoadAll(IReadOnlyList<ActorId> actors, CancellationToken cancellation) => journal.LoadAll(actors, cancellation);

    public ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) => journal.ReadForward(actor, afterVersion, limit, cancellation);

    public ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) => journal.ReadBackward(actor, beforeVersion, limit, cancellation);

    public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) => journal.FindKey(programme, key, cancellation);

    public ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation) => journal.ReadPartition(partition, afterSeq, limit, cancellation);

    public ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation) => journal.Heads(cancellation);
}

/// <summary>The same of what challenges keep.</summary>
internal sealed class MortalChallenges(IChallengeStorage challenges, Death death) : IChallengeStorage
{
    public ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation) => challenges.Tracked(set, cancellation);

    public IAsyncEnumerable<TrackRow> Tracks(TrackSet set, CancellationToken cancellation) => challenges.Tracks(set, cancellation);

    public ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation) => challenges.Track(set, member, cancellation);

    public async ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals) =>
        await death.Around(seals ? "the seal" : "tracks", () => Done(challenges.Keep(set, rows, from, to, seals)));

    public ValueTask DropTracks(TrackSet set) => challenges.DropTracks(set);

    public async ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks) => await death.Around("the archive", () => Done(challenges.WriteChunks(run, chunks)));

    public ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation) => challenges.ReadChunk(run, part, number, cancellation);

    private static async ValueTask<bool> Done(ValueTask durable)
    {
        await durable;
        return true;
    }
}
