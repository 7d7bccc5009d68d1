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
internal static class IncidentForm
{
    private const string Type = "incident.declared";

    public static JsonForm<IncidentList, Incident> Json { get; } = new JsonForm<IncidentList, Incident>(IncidentList.Empty, static (state, entry) => state.Apply(entry), IncidentJson.Default.IncidentList)
        .With(Type, IncidentJson.Default.Incident);

    public static ActorId ActorOf(string programme) => new(programme, "incidents", "all");
}
