namespace Gamification.Journal;

/// <summary>
/// Told after each commit, once the callers have their answers. It runs in the writer's turn: it must return at once and must not throw.
/// Whatever it misses (a crash, a commit whose outcome was learned late) shows as a gap before <c>previousSeq</c> and is read from the journal.
/// </summary>
public interface ICommitObserver
{
    /// <param name="partition">The partition that committed.</param>
    /// <param name="previousSeq">The sequence before the first of <paramref name="appends"/>.</param>
    /// <param name="toSeq">The sequence of their last entry; the entries between are exactly those of <paramref name="appends"/>.</param>
    /// <param name="appends">What was stored, in sequence order. The list belongs to the observer.</param>
    void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends);
}

public readonly record struct CommittedAppend(Append Append, AppendOutcome.Appended Outcome)
{
    /// <summary>Its entries as the journal holds them.</summary>
    public IEnumerable<StoredEntry> Stored()
    {
        for (var at = 0; at < Append.Entries.Length; at++)
        {
            yield return new()
            {
                Actor = Append.Actor,
                Version = Append.ExpectedVersion + at + 1,
                Partition = Outcome.Partition,
                Seq = Outcome.FirstSeq + at,
                Type = Append.Entries[at].Type,
                Payload = Append.Entries[at].Payload,
                RecordedAt = Outcome.RecordedAt,
            };
        }
    }
}
