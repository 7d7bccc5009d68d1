using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rules.Streaks;

namespace Gamification.Journal;

/// <summary>A streak without what is empty. A set of dates is <c>[first day, "base64"]</c>, one bit a day from there, low bits first.</summary>
internal sealed class StreakJson : JsonConverter<Streak>
{
    public override Streak Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Streak value, JsonSerializerOptions options) => Write(writer, value);

    public static Streak Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var streak = Streak.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "dates": streak = streak with { Dates = ReadDates(ref reader) }; break;
                case "several": streak = streak with { Several = LedgerParts.ReadAll(ref reader, ReadProofs) }; break;
                case "either": streak = streak with { Either = LedgerParts.ReadAll(ref reader, ReadEither) }; break;
                case "vacation": streak = streak with { Vacation = ReadDates(ref reader) }; break;
                case "bridged": streak = streak with { Bridged = ReadDates(ref reader) }; break;
                case "repaired": streak = streak with { Repaired = ReadDates(ref reader) }; break;
                case "grants": streak = streak with { Grants = LedgerParts.ReadAll(ref reader, ReadGrant) }; break;
                case "awards": streak = streak with { Awards = LedgerParts.ReadAll(ref reader, ReadAward) }; break;
                case "silent": streak = streak with { IsSilent = reader.GetBoolean() }; break;
                default: reader.Skip(); break;
            }
        }

        return streak;
    }

    public static void Write(Utf8JsonWriter writer, Streak value)
    {
        writer.WriteStartObject();
        WriteDates(writer, "dates"u8, value.Dates);
        writer.WriteAll("several"u8, value.Several, WriteProofs);
        writer.WriteAll("either"u8, value.Either, (to, one) => WriteNumbers(to, one.Earlier, one.Later));
        WriteDates(writer, "vacation"u8, value.Vacation);
        WriteDates(writer, "bridged"u8, value.Bridged);
        WriteDates(writer, "repaired"u8, value.Repaired);
        writer.WriteAll("grants"u8, value.Grants, (to, one) => WriteNumbers(to, one.ByTier ? [one.Day, one.Count, 1] : [one.Day, one.Count]));
        writer.WriteAll("awards"u8, value.Awards, (to, one) =>
            WriteNumbers(to, one.IsTakenBack ? [one.Periods, one.From, one.Through, one.Turn, 1] : one.Turn == 1 ? [one.Periods, one.From, one.Through] : [one.Periods, one.From, one.Through, one.Turn]));
        if (value.IsSilent) writer.WriteBoolean("silent"u8, true);
        writer.WriteEndObject();
    }

    internal static DateSet ReadDates(ref Utf8JsonReader reader)
    {
        reader.Start();
        var first = checked((int)reader.NextLong());
        if (first % 64 != 0 || !reader.Read()) throw new JsonException("A set of dates begins on a multiple of 64.");
        var bytes = reader.GetBytesFromBase64();
        var words = new ulong[(bytes.Length + 7) / 8];
        Array.Resize(ref bytes, words.Length * 8);
        for (var at = 0; at < words.Length; at++) words[at] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at * 8));
        reader.End();
        return DateSet.FromWords(first, words);
    }

    internal static void WriteDates(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateSet dates)
    {
        if (dates.IsEmpty) return;
        var bytes = new byte[dates.Words.Length * 8];
        for (var at = 0; at < dates.Words.Length; at++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at * 8), dates.Words[at]);
        writer.WriteStartArray(name);
        writer.WriteNumberValue(dates.Base);
        writer.WriteBase64StringValue(bytes.AsSpan().TrimEnd((byte)0));
        writer.WriteEndArray();
    }

    internal static Proofs ReadProofs(ref Utf8JsonReader reader)
    {
        reader.Start();
        var proofs = new Proofs(NextInt(ref reader), NextInt(ref reader));
        reader.End();
        return proofs;
    }

    internal static void WriteProofs(Utf8JsonWriter writer, Proofs proofs) => WriteNumbers(writer, proofs.Day, proofs.Count);

    private static EitherDay ReadEither(ref Utf8JsonReader reader)
    {
        reader.Start();
        var either = new EitherDay(NextInt(ref reader), NextInt(ref reader));
        reader.End();
        return either;
    }

    private static FreezeGrant ReadGrant(ref Utf8JsonReader reader)
    {
        reader.Start();
        var grant = new FreezeGrant(NextInt(ref reader), NextInt(ref reader), ByTier: false);
        if (!reader.More()) return grant;
        grant = grant with { ByTier = reader.GetInt32() == 1 };
        reader.End();
        return grant;
    }

    private static MilestoneAward ReadAward(ref Utf8JsonReader reader)
    {
        reader.Start();
        var award = new MilestoneAward { Periods = NextInt(ref reader), From = NextInt(ref reader), Through = NextInt(ref reader), Turn = 1 };
        if (!reader.More()) return award;
        award = award with { Turn = reader.GetInt32() };
        if (!reader.More()) return award;
        award = award with { IsTakenBack = reader.GetInt32() == 1 };
        reader.End();
        return award;
    }

    private static int NextInt(ref Utf8JsonReader reader) => checked((int)reader.NextLong());

    private static void WriteNumbers(Utf8JsonWriter writer, params ReadOnlySpan<int> numbers)
    {
        writer.WriteStartArray();
        foreach (var number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
