using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rules.Badges;
using Gamification.Rules.Tiers;

namespace Gamification.Journal;

/// <summary>A tier standing; sums are <c>[stretch, spend, engagement]</c>.</summary>
internal sealed class TierStandingJson : JsonConverter<TierStanding>
{
    public override TierStanding Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, TierStanding value, JsonSerializerOptions options) => Write(writer, value);

    public static TierStanding Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var standing = new TierStanding { EnrolledOn = 0, PeriodFrom = 0 };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "enrolled": standing = standing with { EnrolledOn = reader.GetInt32() }; break;
                case "shape": standing = standing with { Shape = reader.GetInt32() }; break;
                case "level": standing = standing with { Level = reader.GetInt32() }; break;
                case "from": standing = standing with { PeriodFrom = reader.GetInt32() }; break;
                case "open": standing = standing with { IsJudged = !reader.GetBoolean() }; break;
                case "grace": standing = standing with { Grace = ReadSum(ref reader).Points }; break;
                case "sums": standing = standing with { Sums = LedgerParts.ReadAll(ref reader, ReadSum) }; break;
                default: reader.Skip(); break;
            }
        }

        return standing;
    }

    public static void Write(Utf8JsonWriter writer, TierStanding value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("enrolled"u8, value.EnrolledOn);
        if (value.Shape != 0) writer.WriteNumber("shape"u8, value.Shape);
        if (value.Level != 0) writer.WriteNumber("level"u8, value.Level);
        writer.WriteNumber("from"u8, value.PeriodFrom);
        if (!value.IsJudged) writer.WriteBoolean("open"u8, true);
        if (value.Grace != default)
        {
            writer.WritePropertyName("grace"u8);
            WriteSum(writer, new(0, value.Grace));
        }

        writer.WriteAll("sums"u8, value.Sums, WriteSum);
        writer.WriteEndObject();
    }

    private static StatusSum ReadSum(ref Utf8JsonReader reader)
    {
        reader.Start();
        var sum = new StatusSum(checked((int)reader.NextLong()), new(reader.NextLong(), reader.NextLong()));
        reader.End();
        return sum;
    }

    private static void WriteSum(Utf8JsonWriter writer, StatusSum sum)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(sum.Stretch);
        writer.WriteNumberValue(sum.Points.Spend);
        writer.WriteNumberValue(sum.Points.Engagement);
        writer.WriteEndArray();
    }
}

/// <summary>
/// A badge's standing. Progress is <c>[scope, value]</c>, followed by key and count of each store seen, or by an object with the dates seen; an award is
/// <c>[level, scope, version, day]</c>, followed by day of revocation, turn, who and why as far as there is any; past awards are <c>[level, count]</c>.
/// </summary>
internal sealed class BadgeStandingJson : JsonConverter<BadgeStanding>
{
    public override BadgeStanding Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, BadgeStanding value, JsonSerializerOptions options) => Write(writer, value);

    public static BadgeStanding Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var standing = BadgeStanding.Of("");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "badge": standing = standing with { Badge = reader.GetString()! }; break;
                case "progress": standing = standing with { Progress = LedgerParts.ReadAll(ref reader, ReadProgress) }; break;
                case "awards": standing = standing with { Awards = LedgerParts.ReadAll(ref reader, ReadAward) }; break;
                case "past": standing = standing with { Past = LedgerParts.ReadAll(ref reader, ReadPast) }; break;
                case "filledThrough": standing = standing with { FilledThrough = reader.GetInt64() }; break;
                default: reader.Skip(); break;
            }
        }

        return standing;
    }

    public static void Write(Utf8JsonWriter writer, BadgeStanding value)
    {
        writer.WriteStartObject();
        writer.WriteString("badge"u8, value.Badge);
        writer.WriteAll("progress"u8, value.Progress, WriteProgress);
        writer.WriteAll("awards"u8, value.Awards, WriteAward);
        writer.WriteAll("past"u8, value.Past, WritePast);
        if (value.FilledThrough != 0) writer.WriteNumber("filledThrough"u8, value.FilledThrough);
        writer.WriteEndObject();
    }

    private static ScopeProgress ReadProgress(ref Utf8JsonReader reader)
    {
        reader.Start();
        var progress = new ScopeProgress { Scope = reader.NextString(), Value = reader.NextDecimal() };
        var seen = ImmutableArray.CreateBuilder<Seen>();
        while (reader.More())
        {
            if (reader.TokenType == JsonTokenType.StartObject) progress = ReadDays(ref reader, progress);
            else seen.Add(new(reader.GetString()!, checked((int)reader.NextLong())));
        }

        return progress with { Seen = seen.DrainToImmutable() };
    }

    private static ScopeProgress ReadDays(ref Utf8JsonReader reader, ScopeProgress progress)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "dates": progress = progress with { Days = StreakJson.ReadDates(ref reader) }; break;
                case "several": progress = progress with { Several = LedgerParts.ReadAll(ref reader, StreakJson.ReadProofs) }; break;
                default: reader.Skip(); break;
            }
        }

        return progress;
    }

    private static void WriteProgress(Utf8JsonWriter writer, ScopeProgress progress)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(progress.Scope);
        writer.WriteNumberValue(progress.Value);
        foreach (var seen in progress.Seen)
        {
            writer.WriteStringValue(seen.Key);
            writer.WriteNumberValue(seen.Count);
        }

        if (!progress.Days.IsEmpty)
        {
            writer.WriteStartObject();
            StreakJson.WriteDates(writer, "dates"u8, progress.Days);
            writer.WriteAll("several"u8, progress.Several, StreakJson.WriteProofs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static BadgeAward ReadAward(ref Utf8JsonReader reader)
    {
        reader.Start();
        var award = new BadgeAward { Level = NextInt(ref reader), Scope = reader.NextString(), Version = NextInt(ref reader), On = NextInt(ref reader) };
        if (!reader.More()) return award;
        award = award with { RevokedOn = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32() };
        if (!reader.More()) return award;
        award = award with { Turn = reader.GetInt32() };
        if (!reader.More()) return award;
        award = award with { By = reader.GetString(), Reason = reader.NextString() };
        reader.End();
        return award;
    }

    private static void WriteAward(Utf8JsonWriter writer, BadgeAward award)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(award.Level);
        writer.WriteStringValue(award.Scope);
        writer.WriteNumberValue(award.Version);
        writer.WriteNumberValue(award.On);
        if (award is not { RevokedOn: null, Turn: 1, By: null })
        {
            if (award.RevokedOn is { } day) writer.WriteNumberValue(day);
            else writer.WriteNullValue();
            writer.WriteNumberValue(award.Turn);
            if (award.By is not null)
            {
                writer.WriteStringValue(award.By);
                writer.WriteStringValue(award.Reason);
            }
        }

        writer.WriteEndArray();
    }

    private static PastAwards ReadPast(ref Utf8JsonReader reader)
    {
        reader.Start();
        var past = new PastAwards(NextInt(ref reader), NextInt(ref reader));
        reader.End();
        return past;
    }

    private static void WritePast(Utf8JsonWriter writer, PastAwards past)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(past.Level);
        writer.WriteNumberValue(past.Count);
        writer.WriteEndArray();
    }

    private static int NextInt(ref Utf8JsonReader reader) => checked((int)reader.NextLong());
}
