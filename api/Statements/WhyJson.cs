using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>How an entry came to its points.</summary>
internal static class WhyJson
{
    public static void Write(Utf8JsonWriter writer, EntryExplanation why, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, why.Version);
        writer.WriteString("type"u8, why.Type);
        writer.WriteString("receipt"u8, why.Receipt?.ToString());
        if (why.Activity is { } activity)
        {
            writer.WriteStartObject("event"u8);
            EventJson.WriteKey(writer, activity);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("event"u8);
        }

        writer.WriteNumber("points"u8, why.Points);
        writer.WriteBoolean("exact"u8, why.IsExact);
        writer.WriteNumber("multiplier"u8, why.Multiplier);
        writer.WriteString("tier"u8, why.Tier);
        writer.WriteStartArray("segments"u8);
        foreach (var segment in why.Segments) writer.WriteStringValue(segment);
        writer.WriteEndArray();
        writer.WriteText("note"u8, why.Note);
        writer.WriteStartArray("applied"u8);
        foreach (var rule in why.Applied)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, rule.Rule.ToString());
            writer.WriteNumber("points"u8, rule.Points);
            writer.WriteNumber("granted"u8, rule.Granted);
            writer.WriteBoolean("outdone"u8, rule.Outdone);
            writer.WriteText("text"u8, rule.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("missed"u8);
        foreach (var rule in why.Missed)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, rule.Rule.ToString());
            writer.WriteString("reason"u8, LedgerJson.Word(rule.Reason.ToString()));
            writer.WriteText("text"u8, rule.Text);
            writer.WriteText("because"u8, rule.Because);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("lines"u8);
        foreach (var line in why.Lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber("points"u8, line.Points);
            writer.WriteNumber("spend"u8, programme.InUnits(line.Spend));
            writer.WriteNumber("multiplier"u8, line.Multiplier);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("counters"u8);
        foreach (var counter in why.Counters) Write(writer, counter);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CapCount counter)
    {
        writer.WriteStartObject();
        writer.WriteString("rule"u8, counter.Rule);
        writer.WriteString("per"u8, LedgerJson.Word(counter.Per.ToString()));
        writer.WriteDate("from"u8, counter.FromDay == 0 ? null : DateOnly.FromDayNumber(counter.FromDay));
        writer.WriteNumber("points"u8, counter.Points);
        writer.WriteNumber("times"u8, counter.Times);
        writer.WriteEndObject();
    }
}
