using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>A member's recognition as its owner reads it.</summary>
internal static class MemberRecognitionJson
{
    /// <summary>Null where the programme does not recognise its members.</summary>
    public static void Write(Utf8JsonWriter writer, RecognitionView? view, Programme programme)
    {
        if (view is null)
        {
            writer.WriteNull("recognition"u8);
            return;
        }

        writer.WriteStartObject("recognition"u8);
        if (view.Tier is { } tier) WriteTier(writer, tier);
        else writer.WriteNull("tier"u8);
        WriteAll(writer, "badges"u8, view.Badges, WriteBadge);
        WriteAll(writer, "streaks"u8, view.Streaks, WriteStreak);
        WriteAll(writer, "cards"u8, view.Cards, WriteCard);
        WriteAll(writer, "plans"u8, view.Plans, (to, plan) => WritePlan(to, plan, programme));
        WritePerks(writer, view.Perks);
        WriteHome(writer, view.Home ?? new(programme.Settings.TimeZone, null));
        writer.WriteEndObject();
    }

    public static void WritePerks(Utf8JsonWriter writer, ImmutableArray<PerkView> perks) => WriteAll(writer, "perks"u8, perks, static (to, perk) =>
    {
        to.WriteString("id"u8, perk.Id);
        to.WriteText("name"u8, perk.Name);
        to.WriteString("plan"u8, perk.Plan);
        to.WriteString("tier"u8, perk.Tier);
        to.WriteDate("until"u8, perk.Until);
    });

    public static void Write(Utf8JsonWriter writer, RecognitionOutcome.Done done, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("replayed"u8, done.Replayed);
        writer.WriteNumber("refund"u8, programme.InUnits(done.Refund));
        writer.WriteTexts("recognised"u8, done.Says);
        writer.WriteEndObject();
    }

    private static void WriteHome(Utf8JsonWriter writer, HomeView home)
    {
        writer.WriteStartObject("home"u8);
        writer.WriteString("zone"u8, home.Zone);
        writer.WriteString("from"u8, home.From);
        writer.WriteEndObject();
    }

    private static void WriteTier(Utf8JsonWriter writer, TierView tier)
    {
        writer.WriteStartObject("tier"u8);
        writer.WriteString("id"u8, tier.Id);
        writer.WriteText("name"u8, tier.Name);
        writer.WriteNumber("spend"u8, tier.Spend);
        writer.WriteNumber("engagement"u8, tier.Engagement);
        writer.WriteString("next"u8, tier.Next);
        writer.WriteText("nextName"u8, tier.NextName);
        writer.WriteNumber("missingSpend"u8, tier.MissingSpend);
        writer.WriteNumber("missingEngagement"u8, tier.MissingEngagement);
        writer.WriteBoolean("both"u8, tier.Both);
        writer.WriteText("how"u8, tier.How);
        WriteAll(writer, "benefits"u8, tier.Benefits, static (to, benefit) =>
        {
            to.WriteString("id"u8, benefit.Id);
            to.WriteText("name"u8, benefit.Name);
        });
        writer.WriteEndObject();
    }

    private static void WriteBadge(Utf8JsonWriter writer, BadgeView badge)
    {
        writer.WriteString("id"u8, badge.Id);
        writer.WriteText("name"u8, badge.Name);
        writer.WriteNumber("level"u8, badge.Level);
        writer.WriteNumber("levels"u8, badge.Levels);
        writer.WriteNumber("times"u8, badge.Times);
        writer.WriteNumber("done"u8, badge.Done);
        writer.WriteNumber("needed"u8, badge.Needed);
        writer.WriteDate("awardedOn"u8, badge.AwardedOn);
        writer.WriteDate("revokedOn"u8, badge.RevokedOn);
        writer.WriteText("how"u8, badge.How);
    }

    private static void WriteStreak(Utf8JsonWriter writer, MemberStreak streak)
    {
        writer.WriteString("id"u8, streak.Id);
        writer.WriteText("name"u8, streak.Name);
        writer.WriteString("per"u8, JsonNamingPolicy.CamelCase.ConvertName(streak.Per.ToString()));
        writer.WriteNumber("current"u8, streak.View.Current);
        writer.WriteDate("since"u8, streak.View.Since);
        writer.WriteNumber("best"u8, streak.View.Best);
        writer.WriteBoolean("done"u8, streak.View.IsDone);
        writer.WriteNumber("freezes"u8, streak.View.FreezesHeld);
        writer.WriteStartArray("frozen"u8);
        foreach (var day in streak.View.Frozen) writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteEndArray();
        writer.WriteBoolean("silent"u8, streak.IsSilent);
        writer.WriteText("how"u8, streak.How);
        writer.WriteText("says"u8, streak.IsSilent ? null : streak.Says);
    }

    private static void WriteCard(Utf8JsonWriter writer, CardView card)
    {
        writer.WriteString("id"u8, card.Id);
        writer.WriteText("name"u8, card.Name);
        writer.WriteNumber("stamps"u8, card.Stamps);
        writer.WriteNumber("needed"u8, card.Needed);
        writer.WriteNumber("filled"u8, card.Filled);
        writer.WriteText("how"u8, card.How);
    }

    private static void WritePlan(Utf8JsonWriter writer, PlanView plan, Programme programme)
    {
        writer.WriteString("id"u8, plan.Id);
        writer.WriteText("name"u8, plan.Name);
        writer.WriteString("status"u8, JsonNamingPolicy.CamelCase.ConvertName(plan.Status.ToString()));
        writer.WriteDate("paidUntil"u8, plan.PaidUntil);
        writer.WriteNumber("saved"u8, programme.InUnits(plan.Saved));
        writer.WriteNumber("paid"u8, programme.InUnits(plan.Paid));
        writer.WriteText("how"u8, plan.How);
        writer.WriteText("earnedBack"u8, plan.EarnedBack);
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<T> all, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var one in all)
        {
            writer.WriteStartObject();
            write(writer, one);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
