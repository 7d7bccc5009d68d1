using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Gamification.Recognition;
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

/// <summary>What an entry made of recognition, without what is empty; an empty one is <c>{}</c>, and always the same object.</summary>
internal sealed class RecognitionMadeJson : JsonConverter<RecognitionMade>
{
    public override RecognitionMade Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, RecognitionMade value, JsonSerializerOptions options) => Write(writer, value);

    public static RecognitionMade Read(ref Utf8JsonReader reader)
    {
        reader.StartObject();
        ImmutableArray<RecognitionChange> changes = [];
        TierStanding? tier = null;
        ImmutableArray<StreakStanding> streaks = [];
        ImmutableArray<BadgeStanding> badges = [];
        ImmutableArray<CardStanding> cards = [];
        ImmutableArray<VipMembership> plans = [];
        PersonalDates? dates = null;
        ToldGoals? told = null;
        HomeZone? home = null;
        var (seen, toldThrough, remindOn, incidents) = (0, 0, 0, 0);
        ImmutableArray<ExpiryOffer>? offers = null;
        var points = 0L;
        while (reader.MoreProperties())
        {
            if (reader.Is("changes"u8)) changes = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.ImmutableArrayRecognitionChange);
            else if (reader.Is("tier"u8)) tier = TierStandingJson.Read(ref reader);
            else if (reader.Is("streaks"u8)) streaks = LedgerParts.ReadAll(ref reader, ReadStreak);
            else if (reader.Is("badges"u8)) badges = LedgerParts.ReadAll(ref reader, BadgeStandingJson.Read);
            else if (reader.Is("cards"u8)) cards = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.ImmutableArrayCardStanding);
            else if (reader.Is("plans"u8)) plans = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.ImmutableArrayVipMembership);
            else if (reader.Is("dates"u8)) dates = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.PersonalDates);
            else if (reader.Is("told"u8)) told = new(LedgerParts.ReadAll(ref reader, static (ref Utf8JsonReader key) => key.GetString()!));
            else if (reader.Is("home"u8)) home = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.HomeZone);
            else if (reader.Is("seenThrough"u8)) seen = reader.GetInt32();
            else if (reader.Is("toldThrough"u8)) toldThrough = reader.GetInt32();
            else if (reader.Is("remindOn"u8)) remindOn = reader.GetInt32();
            else if (reader.Is("incidentsSeen"u8)) incidents = reader.GetInt32();
            else if (reader.Is("offers"u8)) offers = JsonSerializer.Deserialize(ref reader, RecognitionJson.Default.ImmutableArrayExpiryOffer);
            else if (reader.Is("points"u8)) points = reader.GetInt64();
            else reader.SkipProperty();
        }

        var made = new RecognitionMade
        {
            Changes = changes,
            Tier = tier,
            Streaks = streaks,
            Badges = badges,
            Cards = cards,
            Plans = plans,
            Dates = dates,
            Told = told,
            Home = home,
            SeenThrough = seen,
            ToldThrough = toldThrough,
            RemindOn = remindOn,
            IncidentsSeen = incidents,
            Offers = offers,
            Points = points,
        };
        return made.IsEmpty ? RecognitionMade.Nothing : made;
    }

    public static void Write(Utf8JsonWriter writer, RecognitionMade made)
    {
        writer.WriteStartObject();
        if (!made.Changes.IsEmpty) Write(writer, "changes"u8, made.Changes, RecognitionJson.Default.ImmutableArrayRecognitionChange);
        if (made.Tier is { } tier)
        {
            writer.WritePropertyName("tier"u8);
            TierStandingJson.Write(writer, tier);
        }

        writer.WriteAll("streaks"u8, made.Streaks, Write);
        writer.WriteAll("badges"u8, made.Badges, BadgeStandingJson.Write);
        if (!made.Cards.IsEmpty) Write(writer, "cards"u8, made.Cards, RecognitionJson.Default.ImmutableArrayCardStanding);
        if (!made.Plans.IsEmpty) Write(writer, "plans"u8, made.Plans, RecognitionJson.Default.ImmutableArrayVipMembership);
        if (made.Dates is { } dates) Write(writer, "dates"u8, dates, RecognitionJson.Default.PersonalDates);
        if (made.Told is { } told) writer.WriteAll("told"u8, told.Keys, static (writer, key) => writer.WriteStringValue(key), evenEmpty: true);
        if (made.Home is { } home) Write(writer, "home"u8, home, RecognitionJson.Default.HomeZone);
        if (made.SeenThrough != 0) writer.WriteNumber("seenThrough"u8, made.SeenThrough);
        if (made.ToldThrough != 0) writer.WriteNumber("toldThrough"u8, made.ToldThrough);
        if (made.RemindOn != 0) writer.WriteNumber("remindOn"u8, made.RemindOn);
        if (made.IncidentsSeen != 0) writer.WriteNumber("incidentsSeen"u8, made.IncidentsSeen);
        if (made.Offers is { } offers) Write(writer, "offers"u8, offers, RecognitionJson.Default.ImmutableArrayExpiryOffer);
        if (made.Points != 0) writer.WriteNumber("points"u8, made.Points);
        writer.WriteEndObject();
    }

    private static StreakStanding ReadStreak(ref Utf8JsonReader reader)
    {
        reader.StartObject();
        var (id, streak) = ("", Streak.None);
        while (reader.MoreProperties())
        {
            if (reader.Is("id"u8)) id = reader.GetString()!;
            else if (reader.Is("streak"u8)) streak = StreakJson.Read(ref reader);
            else reader.SkipProperty();
        }

        return new(id, streak);
    }

    private static void Write(Utf8JsonWriter writer, StreakStanding standing)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, standing.Id);
        writer.WritePropertyName("streak"u8);
        StreakJson.Write(writer, standing.Streak);
        writer.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value, JsonTypeInfo<T> type)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, type);
    }
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
