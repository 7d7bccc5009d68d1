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

/// <summary>Keys' entries and snapshots, to and from durable bytes.</summary>
internal static class KeyForm
{
    public static JsonForm<KeyRing, KeyEntry> Json { get; } = new JsonForm<KeyRing, KeyEntry>(KeyRing.Empty, static (state, entry) => state.Apply(entry), AccessJson.Default.KeyRing)
        .With(KeyEntry.Added.Type, AccessJson.Default.Added)
        .With(KeyEntry.Revoked.Type, AccessJson.Default.Revoked);
}
