namespace Gamification.Journal;

/// <summary>
/// How much an activation may have to read beside a snapshot: an actor takes the next one once either bound is reached, and of a large state once the tail is half of the last one.
/// </summary>
public sealed record JournalSnapshotOptions
{
    /// <summary>Entries since the last snapshot.</summary>
    public int Every { get; init; } = 32;

    /// <summary>Bytes of their payloads.</summary>
    public int Bytes { get; init; } = 24_576;
}
