using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;

namespace Gamification.Journal;

/// <summary>
/// What rules decided, with rules, effects and counters as short arrays, since every sale carries one. Left out is what is empty, and a multiplier of 1.
/// <c>applied</c> holds <c>[rule, version, points]</c>, and <c>granted, outdone</c> where they say something.
/// </summary>
internal sealed class EarnedJson : JsonConverter<Earned>
{
    private static readonly EnumNames<NamedKind> Kinds = new();

    public override Earned Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Earned value, JsonSerializerOptions options) => Write(writer, value);

    public static Earned Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var earned = Earned.Nothing;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "points": earned = earned with { Points = reader.GetInt64() }; break;
                case "applied": earned = earned with { Applied = LedgerParts.ReadAll(ref reader, ReadApplied) }; break;
                case "multiplier": earned = earned with { Multiplier = reader.GetDecimal() }; break;
                case "effects": earned = earned with { Effects = LedgerParts.ReadAll(ref reader, ReadEffect) }; break;
                case "counts": earned = earned with { Counts = LedgerParts.ReadAll(ref reader, CapCountJson.Read) }; break;
                case "campaigns": earned = earned with { Campaigns = LedgerParts.ReadAll(ref reader, ReadUse) }; break;
                case "member": earned = earned with { Member = ReadMember(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return earned;
    }

    public static void Write(Utf8JsonWriter writer, Earned value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("points"u8, value.Points);
        writer.WriteAll("applied"u8, value.Applied, WriteApplied);
        if (value.Multiplier != 1) writer.WriteNumber("multiplier"u8, value.Multiplier);
        writer.WriteAll("effects"u8, value.Effects, WriteEffect);
        writer.WriteAll("counts"u8, value.Counts, CapCountJson.Write);
        writer.WriteAll("campaigns"u8, value.Campaigns, WriteUse);
        if (value.Member is { } member) WriteMember(writer, member);
        writer.WriteEndObject();
    }

    private static void WriteApplied(Utf8JsonWriter writer, AppliedRule applied)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(applied.Rule.Rule);
        writer.WriteNumberValue(applied.Rule.Version);
        writer.WriteNumberValue(applied.Points);
        if (applied.Granted is not null || applied.Outdone)
        {
            if (applied.Granted is { } granted) writer.WriteNumberValue(granted);
            else writer.WriteNullValue();
            if (applied.Outdone) writer.WriteBooleanValue(true);
        }

        writer.WriteEndArray();
    }

    private static AppliedRule ReadApplied(ref Utf8JsonReader reader)
    {
        reader.Start();
        var applied = new AppliedRule { Rule = new(reader.NextString(), checked((int)reader.NextLong())), Points = reader.NextLong() };
        if (!reader.More()) return applied;
        if (reader.TokenType != JsonTokenType.Null) applied = applied with { Granted = reader.GetInt64() };
        if (!reader.More()) return applied;
        applied = applied with { Outdone = reader.GetBoolean() };
        reader.End();
        return applied;
    }

    private static void WriteEffect(Utf8JsonWriter writer, EarnedEffect effect)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(effect.Rule.Rule);
        writer.WriteNumberValue(effect.Rule.Version);
        writer.WriteStringValue(Kinds.Of(effect.Kind));
        writer.WriteStringValue(effect.Id);
        writer.WriteNumberValue(effect.Quantity);
        writer.WriteEndArray();
    }

    private static EarnedEffect ReadEffect(ref Utf8JsonReader reader)
    {
        reader.Start();
        var rule = new RuleVersionId(reader.NextString(), checked((int)reader.NextLong()));
        if (!reader.Read()) throw new JsonException();
        var effect = new EarnedEffect(rule, Kinds.Read(ref reader), reader.NextString(), reader.NextDecimal());
        reader.End();
        return effect;
    }

    private static void WriteUse(Utf8JsonWriter writer, CampaignUse use)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(use.Campaign);
        writer.WriteNumberValue(use.Points);
        writer.WriteNumberValue(use.Awards);
        writer.WriteEndArray();
    }

    private static CampaignUse ReadUse(ref Utf8JsonReader reader)
    {
        reader.Start();
        var use = new CampaignUse(reader.NextString(), reader.NextLong(), reader.NextLong());
        reader.End();
        return use;
    }

    /// <summary>What rules asked of the member. Its counters stand in the entry.</summary>
    private static void WriteMember(Utf8JsonWriter writer, MemberFacts member)
    {
        writer.WriteStartObject("member"u8);
        if (member.Tier is not null) writer.WriteString("tier"u8, member.Tier);
        writer.WriteAll("segments"u8, member.Segments, static (writer, segment) => writer.WriteStringValue(segment));
        if (member.Firsts != FirstTime.None) writer.WriteNumber("firsts"u8, (int)member.Firsts);
        if (member.JoinedAt is { } joined) writer.WriteNumber("joined"u8, joined.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }

    private static MemberFacts ReadMember(ref Utf8JsonReader reader)
    {
        var member = MemberFacts.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "tier": member = member with { Tier = reader.GetString() }; break;
                case "segments": member = member with { Segments = LedgerParts.ReadAll(ref reader, static (ref Utf8JsonReader text) => text.GetString()!) }; break;
                case "joined": member = member with { JoinedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64()) }; break;
                case "firsts": member = member with { Firsts = (FirstTime)reader.GetInt32() }; break;
                default: reader.Skip(); break;
            }
        }

        return member;
    }
}

/// <summary><c>[rule, period, first day, points, times]</c>.</summary>
internal sealed class CapCountJson : JsonConverter<CapCount>
{
    private static readonly EnumNames<CapPeriod> Periods = new();

    public override CapCount Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, CapCount value, JsonSerializerOptions options) => Write(writer, value);

    public static CapCount Read(ref Utf8JsonReader reader)
    {
        reader.Start();
        var rule = reader.NextString();
        if (!reader.Read()) throw new JsonException();
        var count = new CapCount(rule, Periods.Read(ref reader), checked((int)reader.NextLong()), reader.NextLong(), checked((int)reader.NextLong()));
        reader.End();
        return count;
    }

    public static void Write(Utf8JsonWriter writer, CapCount count)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(count.Rule);
        writer.WriteStringValue(Periods.Of(count.Per));
        writer.WriteNumberValue(count.FromDay);
        writer.WriteNumberValue(count.Points);
        writer.WriteNumberValue(count.Times);
        writer.WriteEndArray();
    }
}

/// <summary><c>[sku, quantity, spend]</c>.</summary>
internal sealed class BroughtBackJson : JsonConverter<BroughtBack>
{
    public override BroughtBack Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Start();
        var back = new BroughtBack(reader.NextString(), reader.NextDecimal(), reader.NextLong());
        reader.End();
        return back;
    }

    public override void Write(Utf8JsonWriter writer, BroughtBack value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Sku);
        writer.WriteNumberValue(value.Quantity);
        writer.WriteNumberValue(value.Spend);
        writer.WriteEndArray();
    }
}
