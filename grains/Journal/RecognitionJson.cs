using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rules.Badges;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Rules.Vip;

namespace Gamification.Journal;

/// <summary>
/// The durable form of what recognises a member, under the law of <see cref="DurableJson"/>. An entry carries each standing it touched as it is
/// afterwards: folding is replacing, and applying twice changes nothing.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    Converters = [typeof(StreakJson), typeof(TierStandingJson), typeof(BadgeStandingJson), typeof(ToldGoalsJson)])]
[JsonSerializable(typeof(Streak))]
[JsonSerializable(typeof(TierStanding))]
[JsonSerializable(typeof(BadgeStanding))]
[JsonSerializable(typeof(VipMembership))]
[JsonSerializable(typeof(PersonalDates))]
[JsonSerializable(typeof(ToldGoals))]
[JsonSerializable(typeof(HomeZone))]
internal sealed partial class RecognitionJson : JsonSerializerContext;

/// <summary>Keys as an array.</summary>
internal sealed class ToldGoalsJson : JsonConverter<ToldGoals>
{
    public override ToldGoals Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        new(LedgerParts.ReadAll(ref reader, (ref Utf8JsonReader one) => one.GetString()!));

    public override void Write(Utf8JsonWriter writer, ToldGoals value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var key in value.Keys) writer.WriteStringValue(key);
        writer.WriteEndArray();
    }
}
