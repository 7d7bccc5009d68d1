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
[JsonSerializable(typeof(RecognitionMade))]
[JsonSerializable(typeof(RecognitionState))]
internal sealed partial class RecognitionJson : JsonSerializerContext;

/// <summary>What an entry made of recognition, by <see cref="RecognitionJson"/>: an empty one is <c>{}</c>, and always the same object.</summary>
internal sealed class RecognitionMadeJson : JsonConverter<RecognitionMade>
{
    public override RecognitionMade Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var made = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.RecognitionMade)!;
        return made.IsEmpty ? RecognitionMade.Nothing : made;
    }

    public override void Write(Utf8JsonWriter writer, RecognitionMade value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, RecognitionJson.Default.RecognitionMade);
}

/// <summary>A member's recognition in a snapshot, by <see cref="RecognitionJson"/>.</summary>
internal sealed class RecognitionStateJson : JsonConverter<RecognitionState>
{
    public override RecognitionState Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.RecognitionState)!;

    public override void Write(Utf8JsonWriter writer, RecognitionState value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, RecognitionJson.Default.RecognitionState);
}

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
