using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Programmes.Documents;
using Gamification.Rules.Programmes;

namespace Gamification.Programmes;

/// <summary>The durable form of a programme's documents, by the conventions of <see cref="DurableJson"/>. Texts stand in it as the JSON they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(DocumentTextJson)])]
[JsonSerializable(typeof(ProgrammeEntry.Founded))]
[JsonSerializable(typeof(ProgrammeEntry.Drafted))]
[JsonSerializable(typeof(ProgrammeEntry.Validated))]
[JsonSerializable(typeof(ProgrammeEntry.Published))]
[JsonSerializable(typeof(ProgrammeEntry.Withdrawn))]
[JsonSerializable(typeof(ProgrammeEntry.GoodsImported))]
[JsonSerializable(typeof(ProgrammeDocuments))]
internal sealed partial class ProgrammeJson : JsonSerializerContext;

internal static class ProgrammeEntryJson
{
    public static NewEntry Write(ProgrammeEntry entry) => entry switch
    {
        ProgrammeEntry.Founded founded => new(ProgrammeEntry.Founded.Type, JsonSerializer.SerializeToUtf8Bytes(founded, ProgrammeJson.Default.Founded)),
        ProgrammeEntry.Drafted drafted => new(ProgrammeEntry.Drafted.Type, JsonSerializer.SerializeToUtf8Bytes(drafted, ProgrammeJson.Default.Drafted)),
        ProgrammeEntry.Validated validated => new(ProgrammeEntry.Validated.Type, JsonSerializer.SerializeToUtf8Bytes(validated, ProgrammeJson.Default.Validated)),
        ProgrammeEntry.Published published => new(ProgrammeEntry.Published.Type, JsonSerializer.SerializeToUtf8Bytes(published, ProgrammeJson.Default.Published)),
        ProgrammeEntry.Withdrawn withdrawn => new(ProgrammeEntry.Withdrawn.Type, JsonSerializer.SerializeToUtf8Bytes(withdrawn, ProgrammeJson.Default.Withdrawn)),
        ProgrammeEntry.GoodsImported imported => new(ProgrammeEntry.GoodsImported.Type, JsonSerializer.SerializeToUtf8Bytes(imported, ProgrammeJson.Default.GoodsImported)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    /// <summary>The entry, or null when a newer version wrote a type that this one does not know.</summary>
    public static ProgrammeEntry? Read(StoredEntry stored) => stored.Type switch
    {
        ProgrammeEntry.Founded.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.Founded),
        ProgrammeEntry.Drafted.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.Drafted),
        ProgrammeEntry.Validated.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.Validated),
        ProgrammeEntry.Published.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.Published),
        ProgrammeEntry.Withdrawn.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.Withdrawn),
        ProgrammeEntry.GoodsImported.Type => JsonSerializer.Deserialize(stored.Payload.Span, ProgrammeJson.Default.GoodsImported),
        _ => null,
    };

    public static byte[] WriteState(ProgrammeDocuments documents) => JsonSerializer.SerializeToUtf8Bytes(documents, ProgrammeJson.Default.ProgrammeDocuments);

    public static ProgrammeDocuments ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, ProgrammeJson.Default.ProgrammeDocuments)!;

    /// <summary>What the journal says: the documents, and the version that they are of.</summary>
    public static (ProgrammeDocuments Documents, long Version) Fold(ActorHistory history)
    {
        var documents = history.Snapshot is { } snapshot ? ReadState(snapshot.Span) : ProgrammeDocuments.Empty;
        foreach (var stored in history.Tail) documents = Fold(documents, stored);
        return (documents, history.Version);
    }

    public static ProgrammeDocuments Fold(ProgrammeDocuments documents, StoredEntry stored) => Read(stored) is { } entry ? documents.Apply(entry, stored.RecordedAt) : documents;
}

/// <summary>A text that is JSON stands as that, not as a quoted string.</summary>
internal sealed class DocumentTextJson : JsonConverter<DocumentText>
{
    public override DocumentText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return new(json.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, DocumentText value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
}
