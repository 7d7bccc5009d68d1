using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>
/// One life of an engine. Everything durable that it does passes here, before and after; at the point where it is cut nothing that it does has an effect any more, as
/// after kill -9.
/// </summary>
internal sealed class Lifeline
{
    private int _left = int.MaxValue;
    private string? _at;

    public bool IsDead { get; private set; }

    /// <summary>What it was about to do, or had just done, when it died.</summary>
    public string? DiedAt { get; private set; }

    public void CutAfter(int points) => _left = points;

    public void CutAt(string point) => _at = point;

    public void Pass(string point)
    {
        if (!IsDead && --_left > 0 && point != _at) return;
        if (!IsDead) (IsDead, DiedAt) = (true, point);
        throw new IOException("This engine is no more.");
    }
}

/// <summary>The journal as one engine sees it.</summary>
internal sealed class MortalJournal(IJournalStorage journal, Lifeline life) : IJournalStorage
{
    public ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation) => Alive(() => journal.Acquire(partition, cancellation));

    public ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation) => Alive(() => journal.Reacquire(partition, cancellation));

    public async ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        life.Pass($"before {batch[0].Entries[0].Type}");
        var outcomes = await journal.Commit(partition, epoch, batch, now);
        life.Pass($"after {batch[0].Entries[0].Type}");
        return outcomes;
    }

    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => Alive(() => journal.Load(actor, cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) => Alive(() => journal.ReadForward(actor, afterVersion, limit, cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) => Alive(() => journal.ReadBackward(actor, beforeVersion, limit, cancellation));

    public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) => Alive(() => journal.FindKey(programme, key, cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation) => Alive(() => journal.ReadPartition(partition, afterSeq, limit, cancellation));

    public ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation) => Alive(() => journal.Heads(cancellation));

    public ValueTask OpenLease(string programme, Guid lease) => life.IsDead ? throw new IOException("This engine is no more.") : journal.OpenLease(programme, lease);

    public ValueTask<LeaseTally> EndLease(string programme, Guid lease) => Alive(() => journal.EndLease(programme, lease));

    private ValueTask<T> Alive<T>(Func<ValueTask<T>> read) => life.IsDead ? throw new IOException("This engine is no more.") : read();
}

/// <summary>Challenges' storage in memory, which outlives engines, as one of them sees it.</summary>
internal sealed class MortalChallengeStorage(MemoryChallengeStorage storage, Lifeline life) : IChallengeStorage
{
    public ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation) => life.IsDead ? throw new IOException("dead") : storage.Tracked(set, cancellation);

    public IAsyncEnumerable<TrackRow> Tracks(TrackSet set, CancellationToken cancellation) => storage.Tracks(set, cancellation);

    public ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation) => storage.Track(set, member, cancellation);

    public ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals) =>
        Do(seals ? "seal" : "keep", () => storage.Keep(set, rows, from, to, seals));

    public ValueTask DropTracks(TrackSet set) => Do("drop", () => storage.DropTracks(set));

    public ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks) => Do($"write {chunks[0].Part}", () => storage.WriteChunks(run, chunks));

    public ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation) => life.IsDead ? throw new IOException("dead") : storage.ReadChunk(run, part, number, cancellation);

    private async ValueTask Do(string what, Func<ValueTask> act)
    {
        life.Pass("before " + what);
        await act();
        life.Pass("after " + what);
    }
}

/// <summary>What the storages of both databases do, as simple as it can be.</summary>
internal sealed class MemoryChallengeStorage : IChallengeStorage
{
    private readonly Dictionary<TrackSet, (Dictionary<Guid, TrackRow> Rows, Dictionary<int, long> Positions, bool IsSealed)> _sets = [];
    private readonly Dictionary<(ChallengeRunId Run, StoredPart Part, int Number), ReadOnlyMemory<byte>> _chunks = [];

    public ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation) => new(new TrackState(new Dictionary<int, long>(Of(set).Positions), Of(set).IsSealed));

    public async IAsyncEnumerable<TrackRow> Tracks(TrackSet set, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var row in Of(set).Rows.Values.ToArray()) yield return row;
    }

    public ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation) => new(Of(set).Rows.TryGetValue(member, out var row) ? row : (TrackRow?)null);

    public ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals)
    {
        var kept = Of(set);
        if (kept.IsSealed || kept.Positions.Count != from.Count || from.Any(position => kept.Positions.GetValueOrDefault(position.Partition, -1) != position.Seq))
            throw new InvalidOperationException($"The tracks of {set} are sealed, or do not stand there.");
        foreach (var row in rows)
        {
            if (!kept.Rows.TryGetValue(row.Member, out var known) || known.Version <= row.Version) kept.Rows[row.Member] = row;
        }

        foreach (var position in to) kept.Positions[position.Partition] = position.Seq;
        _sets[set] = kept with { IsSealed = seals };
        return default;
    }

    public ValueTask DropTracks(TrackSet set)
    {
        if (Of(set).IsSealed) throw new InvalidOperationException($"The tracks of {set} are sealed.");
        _sets.Remove(set);
        return default;
    }

    public ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks)
    {
        foreach (var chunk in chunks) _chunks[(run, chunk.Part, chunk.Number)] = chunk.Bytes.ToArray();
        return default;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation) =>
        new(_chunks.TryGetValue((run, part, number), out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);

    private (Dictionary<Guid, TrackRow> Rows, Dictionary<int, long> Positions, bool IsSealed) Of(TrackSet set) => _sets.TryGetValue(set, out var kept) ? kept : _sets[set] = ([], [], false);
}
