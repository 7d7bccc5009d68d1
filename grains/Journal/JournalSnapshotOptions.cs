namespace Gamification.Journal;

/// <summary>
/// How much an activation may have to read beside a snapshot: an actor takes the next one once either bound is reached, and the tail has outgrown the last one.
/// </summary>
public sealed record JournalSnapshotOptions
{
    /// <summary>Entries since the last snapshot.</summary>
    public int Every { get; init; } = 32;

    /// <summary>Bytes of their payloads.</summary>
    public int Bytes { get; init; } = 24_576;

    /// <summary>How many times a large state is outgrown before it is written again: else an account of years would write more of what it was than of what it does.</summary>
    public int Times { get; init; } = 2;
}
