using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>
/// A member's track in one run, as durable bytes. Only one of an older version does not replace it: of the same version there is another when something older became known later.
/// </summary>
public readonly record struct TrackRow(Guid Member, long Version, ReadOnlyMemory<byte> Track);

/// <summary>What of a run is archived: the canonical texts, and beside them whose slots the rows and the prizes are, 16 bytes each, big-endian.</summary>
public enum StoredPart
{
    Standings,
    Prizes,
    Members,
    Winners,

    /// <summary>Of a season of a league: who plays in which group.</summary>
    Seats,
}

/// <summary>One chunk of at most 4,096 rows.</summary>
public sealed record StoredChunk(StoredPart Part, int Number, ReadOnlyMemory<byte> Bytes);

/// <summary>What one run counted under one wording of its challenge. A change begins another set, so that what was counted before can never be taken for it.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Generation">How often it was rewritten since it was first written.</param>
public readonly record struct TrackSet(ChallengeRunId Run, int Generation)
{
    public string Programme => Run.Programme;

    /// <summary><c>challenge/run/generation</c>.</summary>
    public string Key => FormattableString.Invariant($"{Run.Actor.Key}/{Generation}");

    public override string ToString() => $"{Programme}/{Key}";
}

/// <summary>How far a run has counted.</summary>
/// <param name="Positions">By partition; one that is missing is where the run was scheduled.</param>
/// <param name="IsSealed">Nothing more is counted.</param>
public sealed record TrackState(IReadOnlyDictionary<int, long> Positions, bool IsSealed);

/// <summary>
/// What challenges keep beside the journal. Tracks are a projection: positions commit with the rows, and both can be dropped and counted anew. Chunks are written
/// before the journal names their hash, are the same when written again, and never change after.
/// They lie here because a million rows are 85 MB: as journal entries they would be read with every load of the actor, pass through every consumer, and hold up
/// the group commit of all members. The journal holds the certificate, which holds the hashes.
/// </summary>
public interface IChallengeStorage
{
    ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation);

    /// <summary>All rows of a set, in no order.</summary>
    IAsyncEnumerable<TrackRow> Tracks(TrackSet set, CancellationToken cancellation);

    /// <summary>One member's row; null for none.</summary>
    ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation);

    /// <summary>
    /// Keeps rows (none of an older version than the one there) and moves the positions from <paramref name="from"/> to <paramref name="to"/>, in one transaction. Throws
    /// <see cref="InvalidOperationException"/> and changes nothing when the stored positions are not <paramref name="from"/>, or the set is sealed.
    /// </summary>
    ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals);

    /// <summary>Forgets tracks and positions. Throws <see cref="InvalidOperationException"/> for a sealed set.</summary>
    ValueTask DropTracks(TrackSet set);

    /// <summary>Durable on return. The same chunk again replaces it.</summary>
    ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks);

    ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation);
}
