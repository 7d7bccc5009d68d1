namespace Gamification.Journal;

/// <summary>
/// The answer to an append, in order of precedence: a taken key is reported before a stale version,
/// because a caller that retries after losing its memory has both and needs the first.
/// </summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>Durable: fsynced, numbered, visible to every reader of the journal.</summary>
    public sealed record Appended(int Partition, long FirstSeq, long LastSeq, DateTimeOffset RecordedAt) : AppendOutcome;

    /// <summary>
    /// Entry number <paramref name="Index"/> of the append carries a key that is taken; nothing of the append was stored.
    /// <paramref name="Content"/> is the content digest of the first use, <paramref name="First"/> the entry that used it.
    /// </summary>
    public sealed record KeyTaken(int Index, Guid Content, StoredEntry First) : AppendOutcome;

    /// <summary>Another activation wrote first; nothing was stored. The caller reloads.</summary>
    public sealed record StaleVersion(long StoredVersion) : AppendOutcome;

    /// <summary>One of its uses is of a lease that has ended, or was never opened; nothing was stored. The caller decides again under another.</summary>
    public sealed record LeaseOver(Guid Lease) : AppendOutcome;
}
