namespace Gamification.Journal;

/// <summary>How an actor's facts and folded state are written and read. Names are for ever, absence reads as a default.</summary>
internal interface IDurableForm<TState, TEntry>
{
    TState Empty { get; }

    TState Apply(TState state, TEntry entry);

    NewEntry Write(TEntry entry);

    /// <summary>Null when a newer version wrote a type that this one does not know.</summary>
    TEntry? Read(StoredEntry stored);

    byte[] WriteState(TState state);

    TState ReadState(ReadOnlySpan<byte> state);
}

internal static class DurableForms
{
    /// <summary>What an actor's history comes to: the snapshot, and everything after it.</summary>
    public static TState StateOf<TState, TEntry>(this IDurableForm<TState, TEntry> form, ActorHistory history)
        where TEntry : class
    {
        var state = history.Snapshot is { } snapshot ? form.ReadState(snapshot.Span) : form.Empty;
        foreach (var stored in history.Tail)
        {
            if (form.Read(stored) is { } entry) state = form.Apply(state, entry);
        }

        return state;
    }
}
