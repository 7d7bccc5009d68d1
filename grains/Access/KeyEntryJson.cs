using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;

namespace Gamification.Access;

/// <summary>The durable form of keys, by the conventions of <see cref="DurableJson"/>: names are for ever, absence reads as a default.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeyEntry.Added))]
[JsonSerializable(typeof(KeyEntry.Revoked))]
[JsonSerializable(typeof(KeyRing))]
internal sealed partial class AccessJson : JsonSerializerContext;

internal static class KeyEntryJson
{
    public static NewEntry Write(KeyEntry entry) => entry switch
    {
        KeyEntry.Added added => new(KeyEntry.Added.Type, JsonSerializer.SerializeToUtf8Bytes(added, AccessJson.Default.Added)),
        KeyEntry.Revoked revoked => new(KeyEntry.Revoked.Type, JsonSerializer.SerializeToUtf8Bytes(revoked, AccessJson.Default.Revoked)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    /// <summary>The entry, or null when a newer version wrote a type that this one does not know.</summary>
    public static KeyEntry? Read(StoredEntry stored) => stored.Type switch
    {
        KeyEntry.Added.Type => JsonSerializer.Deserialize(stored.Payload.Span, AccessJson.Default.Added),
        KeyEntry.Revoked.Type => JsonSerializer.Deserialize(stored.Payload.Span, AccessJson.Default.Revoked),
        _ => null,
    };

    public static byte[] WriteState(KeyRing ring) => JsonSerializer.SerializeToUtf8Bytes(ring, AccessJson.Default.KeyRing);

    public static KeyRing ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, AccessJson.Default.KeyRing)!;
}
