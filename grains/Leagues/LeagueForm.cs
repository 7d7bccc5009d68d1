using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Leagues;
using Gamification.Rules.Earning;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(LeagueRulesJson)])]
[JsonSerializable(typeof(LeagueEntry.Founded), TypeInfoPropertyName = "LeagueFounded")]
[JsonSerializable(typeof(LeagueEntry.Begun), TypeInfoPropertyName = "LeagueBegun")]
[JsonSerializable(typeof(LeagueEntry.Seated), TypeInfoPropertyName = "LeagueSeated")]
[JsonSerializable(typeof(LeagueEntry.Settled), TypeInfoPropertyName = "LeagueSettled")]
[JsonSerializable(typeof(League))]
internal sealed partial class LeagueJson : JsonSerializerContext;

/// <summary>Rules inside an entry are as the document has them.</summary>
internal sealed class LeagueRulesJson : JsonConverter<LeagueRules>
{
    public override LeagueRules Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonSerializer.Deserialize<LeagueRules>(ref reader, EarningJson.Options)!;

    public override void Write(Utf8JsonWriter writer, LeagueRules value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, EarningJson.Options);
}

/// <summary>A league's entries and snapshots, to and from durable bytes.</summary>
internal static class LeagueForm
{
    public static JsonForm<League, LeagueEntry> Json { get; } = new JsonForm<League, LeagueEntry>(League.Empty, static (state, entry) => state.Apply(entry), LeagueJson.Default.League)
        .With(LeagueEntry.Founded.Type, LeagueJson.Default.LeagueFounded)
        .With(LeagueEntry.Begun.Type, LeagueJson.Default.LeagueBegun)
        .With(LeagueEntry.Seated.Type, LeagueJson.Default.LeagueSeated)
        .With(LeagueEntry.Settled.Type, LeagueJson.Default.LeagueSettled);

    public static ActorId ActorOf(string programme, string league) => new(programme, "league", league);
}
