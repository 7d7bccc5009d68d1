using System.Text.Json;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>Why a member has its tier, its streaks and its badges.</summary>
internal static class StandingWhyJson
{
    public static void Write(Utf8JsonWriter writer, TierWhy why)
    {
        writer.WriteStartObject();
        writer.WriteString("tier"u8, why.Tier);
        writer.WriteText("name"u8, why.Name);
        if (why.Turn is { } turn)
        {
            writer.WriteStartObject("since"u8);
            writer.WriteDate("on"u8, turn.On);
            writer.WriteString("lost"u8, turn.Lost);
            writer.WriteNumber("version"u8, turn.Version);
            writer.WriteNumber("spend"u8, turn.Spend);
            writer.WriteNumber("engagement"u8, turn.Engagement);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("since"u8);
        }

        writer.WriteStartObject("counts"u8);
        writer.WriteNumber("spend"u8, why.Spend);
        writer.WriteNumber("engagement"u8, why.Engagement);
        writer.WriteDate("from"u8, why.CountedFrom);
        writer.WriteDate("until"u8, why.CountedUntil);
        writer.WriteEndObject();
        Write(writer, "next"u8, why.Next);
        Write(writer, "keep"u8, why.Keep);
        if (why.Falls is { } falls)
        {
            writer.WriteStartObject("falls"u8);
            writer.WriteDate("on"u8, falls.On);
            writer.WriteString("to"u8, falls.To);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("falls"u8);
        }

        writer.WriteTexts("says"u8, why.Says);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, StreakWhy why)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, why.Id);
        writer.WriteText("name"u8, why.Name);
        writer.WriteString("per"u8, LedgerJson.Word(why.Per.ToString()));
        writer.WriteNumber("current"u8, why.View.Current);
        writer.WriteDate("since"u8, why.View.Since);
        writer.WriteNumber("best"u8, why.View.Best);
        writer.WriteBoolean("done"u8, why.View.IsDone);
        writer.WriteNumber("daysMissing"u8, why.DaysMissing);
        writer.WriteNumber("freezes"u8, why.View.FreezesHeld);
        writer.WriteDate("endsOn"u8, why.EndsOn);
        writer.WriteNumber("nextMilestone"u8, why.NextMilestone);
        if (why.Broken is { } broken)
        {
            writer.WriteStartObject("broken"u8);
            writer.WriteNumber("periods"u8, broken.Periods);
            writer.WriteDate("since"u8, broken.Since);
            writer.WriteDate("missed"u8, broken.Missed);
            writer.WriteNumber("days"u8, broken.Days);
            writer.WriteDate("repairBy"u8, broken.RepairBy);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("broken"u8);
        }

        writer.WriteStartArray("periods"u8);
        foreach (var period in why.Periods)
        {
            writer.WriteStartObject();
            writer.WriteDate("from"u8, period.From);
            writer.WriteString("fate"u8, LedgerJson.Word(period.Fate.ToString()));
            writer.WriteNumber("days"u8, period.Days);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteText("how"u8, why.How);
        writer.WriteTexts("says"u8, why.Says);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, BadgeWhy why)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, why.Id);
        writer.WriteText("name"u8, why.Name);
        writer.WriteNumber("level"u8, why.Level);
        writer.WriteString("scope"u8, why.Scope);
        writer.WriteDate("through"u8, why.Through);
        writer.WriteNumber("done"u8, why.Done);
        writer.WriteNumber("needed"u8, why.Needed);
        writer.WriteStartArray("counted"u8);
        foreach (var deed in why.Counted)
        {
            writer.WriteStartObject();
            writer.WriteString("receipt"u8, deed.Receipt?.ToString());
            writer.WriteString("event"u8, deed.Event?.ToString());
            writer.WriteDate("on"u8, deed.On);
            writer.WriteNumber("quantity"u8, deed.Quantity);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("moreCounted"u8, why.MoreCounted);
        writer.WriteNumber("takenBack"u8, why.TakenBack);
        writer.WriteNumber("uncounted"u8, why.Uncounted);
        writer.WriteStartArray("awards"u8);
        foreach (var award in why.Awards)
        {
            writer.WriteStartObject();
            writer.WriteNumber("level"u8, award.Level);
            writer.WriteString("scope"u8, award.Scope);
            writer.WriteDate("on"u8, award.On);
            writer.WriteDate("revokedOn"u8, award.RevokedOn);
            writer.WriteString("reason"u8, award.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("pastAwards"u8, why.PastAwards);
        writer.WriteStartArray("requires"u8);
        foreach (var requirement in why.Requires)
        {
            writer.WriteStartObject();
            writer.WriteText("text"u8, requirement.Text);
            writer.WriteBoolean("holds"u8, requirement.Holds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteText("how"u8, why.How);
        writer.WriteTexts("says"u8, why.Says);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> field, TierStep? step)
    {
        if (step is null)
        {
            writer.WriteNull(field);
            return;
        }

        writer.WriteStartObject(field);
        writer.WriteString("tier"u8, step.Tier);
        writer.WriteText("name"u8, step.Name);
        writer.WriteNumber("missingSpend"u8, step.MissingSpend);
        writer.WriteNumber("missingEngagement"u8, step.MissingEngagement);
        writer.WriteBoolean("both"u8, step.Both);
        writer.WriteEndObject();
    }
}
