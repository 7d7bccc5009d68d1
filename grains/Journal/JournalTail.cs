using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>What an actor has in the journal since its last snapshot; the default is nothing.</summary>
internal readonly record struct JournalTail(int Entries, int Bytes)
{
    public static JournalTail Of(ActorHistory history) => new(history.Tail.Length, history.Tail.Sum(entry => entry.Payload.Length));

    public JournalTail Then(ImmutableArray<NewEntry> entries) => new(Entries + entries.Length, Bytes + entries.Sum(entry => entry.Payload.Length));

    /// <summary>Whether the append that makes it this long should carry a snapshot.</summary>
    public bool Calls(JournalSnapshotOptions bounds) => Entries >= bounds.Every || Bytes >= bounds.Bytes;
}
