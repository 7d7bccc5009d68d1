using Gamification.Journal;

namespace Gamification.Storage;

/// <summary>One row of what a deployment knows and cannot rebuild, as it travels from one database to another.</summary>
public abstract record TransferRow
{
    private TransferRow()
    {
    }

    /// <summary>Who has which surrogate.</summary>
    public sealed record Member(string Programme, Guid Surrogate, string PublicId, bool Enrolled) : TransferRow
    {
        public DateOnly? BirthDate { get; init; }

        /// <summary>How often it was given.</summary>
        public int BirthGiven { get; init; }
    }

    /// <summary>A card as its keyed hash: it means nothing under another secret.</summary>
    public sealed record Card(string Programme, Guid Hash, Guid Surrogate) : TransferRow;

    /// <summary>A receipt that was refused. <paramref name="Body"/> is what the till sent, card and all.</summary>
    public sealed record Quarantined(
        string Programme, string Store, Guid Digest, string Reason, string Detail, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt) : TransferRow;

    /// <summary>Where a partition ends.</summary>
    public sealed record Head(int Partition, long LastSeq, DateTimeOffset LastAt) : TransferRow;

    /// <summary>A durable fact with its idempotency key.</summary>
    public sealed record Entry(StoredEntry Stored, BusinessKey? Key) : TransferRow;

    /// <summary>An actor's folded state. It could be folded again; with it the first activation after the move is as fast as the last before.</summary>
    public sealed record Snapshot(ActorId Actor, long Version, ReadOnlyMemory<byte> State) : TransferRow;

    /// <summary>How far a proof had come, see <see cref="JournalSeals"/>.</summary>
    public sealed record Seal(int Partition, long Seq, ReadOnlyMemory<byte> Mac) : TransferRow;

    /// <summary>What a run of a challenge archived, see <see cref="Challenges.StoredPart"/>; 4,096 rows at most.</summary>
    public sealed record ArchiveChunk(string Programme, string Run, int Part, int Number, ReadOnlyMemory<byte> Bytes) : TransferRow;

    /// <summary>What a run has counted of a member. <paramref name="Run"/> names the wording that it was counted by, too.</summary>
    public sealed record Track(string Programme, string Run, Guid Surrogate, long Version, ReadOnlyMemory<byte> Bytes) : TransferRow;

    /// <summary>Up to where a run has counted a partition.</summary>
    public sealed record Counted(string Programme, string Run, int Partition, long Seq) : TransferRow;

    /// <summary>A run counts nothing any more.</summary>
    public sealed record Sealed(string Programme, string Run) : TransferRow;

    /// <summary>What the host is to wake an actor for.</summary>
    public sealed record Reminder(string Grain, string Key, string Name, DateTimeOffset FirstDue, TimeSpan Period, DateTimeOffset NextDue) : TransferRow;
}

/// <summary>How far an import has come: <see cref="Chunk"/> is stored, and everything before it hashes to <see cref="Running"/>.</summary>
public sealed record TransferMark(long Chunk, ReadOnlyMemory<byte> Running);
