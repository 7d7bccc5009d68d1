using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Rules.Impacts;

namespace Gamification.Impacts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImpactEntry.Adopted), TypeInfoPropertyName = "ImpactAdopted")]
[JsonSerializable(typeof(ImpactRecord))]
internal sealed partial class ImpactJson : JsonSerializerContext;

/// <summary>By which versions impact was told, to and from durable bytes.</summary>
internal sealed class ImpactForm : IDurableForm<ImpactRecord, ImpactEntry>
{
    public static ImpactForm Json { get; } = new();

    public ImpactRecord Empty => ImpactRecord.Empty;

    public static ActorId ActorOf(string programme) => new(programme, "impact", "all");

    public ImpactRecord Apply(ImpactRecord state, ImpactEntry entry) => state.Apply(entry);

    public NewEntry Write(ImpactEntry entry) => entry is ImpactEntry.Adopted adopted
        ? new(ImpactEntry.Adopted.Type, JsonSerializer.SerializeToUtf8Bytes(adopted, ImpactJson.Default.ImpactAdopted))
        : throw new NotSupportedException($"{entry.GetType().Name} has no durable form.");

    public ImpactEntry? Read(StoredEntry stored) =>
        stored.Type == ImpactEntry.Adopted.Type ? JsonSerializer.Deserialize(stored.Payload.Span, ImpactJson.Default.ImpactAdopted) : null;

    public byte[] WriteState(ImpactRecord state) => JsonSerializer.SerializeToUtf8Bytes(state, ImpactJson.Default.ImpactRecord);

    public ImpactRecord ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, ImpactJson.Default.ImpactRecord)!;
}
