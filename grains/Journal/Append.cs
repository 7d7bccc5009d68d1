using System.Security.Cryptography;
using System.Text;
using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>
/// What one actor wants durable, in one transaction: all of it or nothing.
/// <see cref="ExpectedVersion"/> is the version of the actor's last entry (0 for none); entries get the versions that follow.
/// </summary>
public sealed record Append
{
    public required ActorId Actor { get; init; }

    public required long ExpectedVersion { get; init; }

    /// <summary>At least one entry, in order.</summary>
    public required ImmutableArray<NewEntry> Entries { get; init; }

    /// <summary>The actor's folded state after the last of <see cref="Entries"/>, when it is time for a snapshot.</summary>
    public ReadOnlyMemory<byte>? Snapshot { get; init; }

    /// <summary>What this takes under leases: counted in the same transaction, and refused under one that is over.</summary>
    public ImmutableArray<LeaseUse> Uses { get; init; } = [];

    /// <summary>What the feeder shows once this is durable. It travels beside the entries and is never stored: whoever misses it reads the journal.</summary>
    public object? Notice { get; init; }

    /// <summary>The version of the last of <see cref="Entries"/>.</summary>
    public long NextVersion => ExpectedVersion + Entries.Length;
}

/// <summary>One fact. <see cref="Type"/> names its shape for ever (<c>receipt.posted</c>); <see cref="Payload"/> is UTF-8 JSON.</summary>
public sealed record NewEntry(string Type, ReadOnlyMemory<byte> Payload, BusinessKey? Key = null);

/// <summary>
/// An idempotency key: unique in the whole programme, whatever the actor or partition, and kept as long as the ledger.
/// Only digests are stored, so that a key survives the erasure of the member it came from and says nothing about them.
/// </summary>
/// <param name="Month">Year and month of the key's own business date as <c>yyyyMM</c>, 0 when the key has no date. Rows of a month lie together.</param>
/// <param name="Digest">128 bits of SHA-256 over the key's text.</param>
/// <param name="Content">128 bits of SHA-256 over the canonical content; the same key with other content is a conflict.</param>
public readonly record struct BusinessKey(int Month, Guid Digest, Guid Content)
{
    /// <summary>A key without a date. The text's parts each end with a line feed, which no part can hold.</summary>
    public static BusinessKey Undated(string text, Guid content) => new(0, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..16), bigEndian: true), content);
}

/// <summary>One durable fact as it is read back. <see cref="Seq"/> numbers the partition without gaps, in commit order.</summary>
public sealed record StoredEntry
{
    public required ActorId Actor { get; init; }

    public required long Version { get; init; }

    public required int Partition { get; init; }

    public required long Seq { get; init; }

    public required string Type { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When the batch was committed, by the writer's clock, never earlier than the entry before it in the partition.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What activation needs: the newest snapshot, if any, and every entry after it, in version order.</summary>
public sealed record ActorHistory(long SnapshotVersion, ReadOnlyMemory<byte>? Snapshot, ImmutableArray<StoredEntry> Tail)
{
    public static ActorHistory Empty { get; } = new(0, null, []);

    /// <summary>The actor's: that of its newest entry.</summary>
    public long Version => Tail.IsEmpty ? SnapshotVersion : Tail[^1].Version;
}
