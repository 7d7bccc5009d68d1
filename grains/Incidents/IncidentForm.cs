using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Rules.Streaks;

namespace Gamification.Incidents;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IncidentList))]
internal sealed partial class IncidentJson : JsonSerializerContext;

/// <summary>Incidents, to and from durable bytes.</summary>
internal sealed class IncidentForm : IDurableForm<IncidentList, Incident>
{
    private const string Type = "incident.declared";

    public static IncidentForm Json { get; } = new();

    public IncidentList Empty => IncidentList.Empty;

    public static ActorId ActorOf(string programme) => new(programme, "incidents", "all");

    public IncidentList Apply(IncidentList state, Incident entry) => state.Apply(entry);

    public NewEntry Write(Incident entry) => new(Type, JsonSerializer.SerializeToUtf8Bytes(entry, IncidentJson.Default.Incident));

    public Incident? Read(StoredEntry stored) => stored.Type == Type ? JsonSerializer.Deserialize(stored.Payload.Span, IncidentJson.Default.Incident) : null;

    public byte[] WriteState(IncidentList state) => JsonSerializer.SerializeToUtf8Bytes(state, IncidentJson.Default.IncidentList);

    public IncidentList ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, IncidentJson.Default.IncidentList)!;
}
