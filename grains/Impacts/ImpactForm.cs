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
internal static class ImpactForm
{
    public static JsonForm<ImpactRecord, ImpactEntry> Json { get; } = new JsonForm<ImpactRecord, ImpactEntry>(ImpactRecord.Empty, static (state, entry) => state.Apply(entry), ImpactJson.Default.ImpactRecord)
        .With(ImpactEntry.Adopted.Type, ImpactJson.Default.ImpactAdopted);

    public static ActorId ActorOf(string programme) => new(programme, "impact", "all");
}
