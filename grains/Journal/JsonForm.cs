using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gamification.Journal;

/// <summary>An actor's facts and folded state as JSON: every kind of fact under the name that it has for ever, told once by <see cref="With"/>.</summary>
/// <param name="empty">The state before the first.</param>
/// <param name="apply">The state after one more.</param>
/// <param name="state">How the state is written.</param>
internal sealed class JsonForm<TState, TEntry>(TState empty, Func<TState, TEntry, TState> apply, JsonTypeInfo<TState> state) : IDurableForm<TState, TEntry>
    where TState : class
    where TEntry : class
{
    private readonly Dictionary<string, Func<StoredEntry, TEntry?>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Func<TEntry, NewEntry>> _writers = [];

    public TState Empty => empty;

    /// <param name="type">The name of the kind.</param>
    /// <param name="json">How one is written.</param>
    /// <param name="keyOf">The key that one takes, so that it cannot happen twice; null for none.</param>
    public JsonForm<TState, TEntry> With<T>(string type, JsonTypeInfo<T> json, Func<T, BusinessKey?>? keyOf = null)
        where T : class, TEntry
    {
        _readers.Add(type, stored => JsonSerializer.Deserialize(stored.Payload.Span, json));
        _writers.Add(typeof(T), entry => new(type, JsonSerializer.SerializeToUtf8Bytes((T)entry, json), keyOf?.Invoke((T)entry)));
        return this;
    }

    public TState Apply(TState before, TEntry entry) => apply(before, entry);

    public NewEntry Write(TEntry entry) =>
        _writers.TryGetValue(entry.GetType(), out var write) ? write(entry) : throw new NotSupportedException($"{entry.GetType().Name} has no durable form.");

    public TEntry? Read(StoredEntry stored) => _readers.TryGetValue(stored.Type, out var read) ? read(stored) : null;

    public byte[] WriteState(TState written) => JsonSerializer.SerializeToUtf8Bytes(written, state);

    public TState ReadState(ReadOnlySpan<byte> written) => JsonSerializer.Deserialize(written, state)!;
}
