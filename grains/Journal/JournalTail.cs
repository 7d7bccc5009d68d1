using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>What an actor has in the journal since its last snapshot; the default is nothing.</summary>
internal readonly record struct JournalTail(int Entries, int Bytes, int Snapshot)
{
    public static JournalTail Of(ActorHistory history) => new(history.Tail.Length, history.Tail.Sum(entry => entry.Payload.Length), history.Snapshot?.Length ?? 0);

    public JournalTail Then(ImmutableArray<NewEntry> entries) => new(Entries + entries.Length, Bytes + entries.Sum(entry => entry.Payload.Length), Snapshot);

    /// <summary>Whether the append that makes it this long should carry a snapshot.</summary>
    public bool Calls(JournalSnapshotOptions bounds) => (Entries >= bounds.Every || Bytes >= bounds.Bytes) && Bytes >= Snapshot / 2;

    /// <summary>The tail once the append that makes it this long is durable, with the snapshot that it carried or without one.</summary>
    public JournalTail After(ReadOnlyMemory<byte>? snapshot) => snapshot is { Length: var length } ? new(0, 0, length) : this;
}
