using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gamification.Recognition;
using Gamification.Statements;

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
        WriteName(to, "name"u8, perk.Name);
        to.WriteString("plan"u8, perk.Plan);
        to.WriteString("tier"u8, perk.Tier);
        WriteDate(to, "until"u8, perk.Until);
    });

    public static void Write(Utf8JsonWriter writer, RecognitionOutcome.Done done, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("replayed"u8, done.Replayed);
        writer.WriteNumber("refund"u8, programme.InUnits(done.Refund));
        WriteSentences(writer, done.Says);
        writer.WriteEndObject();
    }

    /// <summary>What an entry made of recognition.</summary>
    public static void WriteSentences(Utf8JsonWriter writer, ImmutableArray<Sentence> sentences)
    {
        writer.WriteStartArray("recognised"u8);
        foreach (var sentence in sentences)
        {
            writer.WriteStartObject();
            WriteLanguages(writer, sentence.Fr, sentence.Nl, sentence.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteHome(Utf8JsonWriter writer, HomeView home)
    {
        writer.WriteStartObject("home"u8);
        writer.WriteString("zone"u8, home.Zone);
        if (home.From is { } from) writer.WriteString("from"u8, from);
        else writer.WriteNull("from"u8);
        writer.WriteEndObject();
    }

    private static void WriteTier(Utf8JsonWriter writer, TierView tier)
    {
        writer.WriteStartObject("tier"u8);
        writer.WriteString("id"u8, tier.Id);
        WriteName(writer, "name"u8, tier.Name);
        writer.WriteNumber("spend"u8, tier.Spend);
        writer.WriteNumber("engagement"u8, tier.Engagement);
        writer.WriteString("next"u8, tier.Next);
        WriteName(writer, "nextName"u8, tier.NextName);
        writer.WriteNumber("missingSpend"u8, tier.MissingSpend);
        writer.WriteNumber("missingEngagement"u8, tier.MissingEngagement);
        writer.WriteBoolean("both"u8, tier.Both);
        Write(writer, "how"u8, tier.How);
        WriteAll(writer, "benefits"u8, tier.Benefits, static (to, benefit) =>
        {
            to.WriteString("id"u8, benefit.Id);
            WriteName(to, "name"u8, benefit.Name);
        });
        writer.WriteEndObject();
    }

    private static void WriteBadge(Utf8JsonWriter writer, BadgeView badge)
    {
        writer.WriteString("id"u8, badge.Id);
        WriteName(writer, "name"u8, badge.Name);
        writer.WriteNumber("level"u8, badge.Level);
        writer.WriteNumber("levels"u8, badge.Levels);
        writer.WriteNumber("times"u8, badge.Times);
        if (badge.Done is { } done) writer.WriteNumber("done"u8, done);
        else writer.WriteNull("done"u8);
        if (badge.Needed is { } needed) writer.WriteNumber("needed"u8, needed);
        else writer.WriteNull("needed"u8);
        WriteDate(writer, "awardedOn"u8, badge.AwardedOn);
        WriteDate(writer, "revokedOn"u8, badge.RevokedOn);
        Write(writer, "how"u8, badge.How);
    }

    private static void WriteStreak(Utf8JsonWriter writer, MemberStreak streak)
    {
        writer.WriteString("id"u8, streak.Id);
        WriteName(writer, "name"u8, streak.Name);
        writer.WriteString("per"u8, JsonNamingPolicy.CamelCase.ConvertName(streak.Per.ToString()));
        writer.WriteNumber("current"u8, streak.View.Current);
        WriteDate(writer, "since"u8, streak.View.Since);
        writer.WriteNumber("best"u8, streak.View.Best);
        writer.WriteBoolean("done"u8, streak.View.IsDone);
        writer.WriteNumber("freezes"u8, streak.View.FreezesHeld);
        writer.WriteStartArray("frozen"u8);
        foreach (var day in streak.View.Frozen) writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteEndArray();
        writer.WriteBoolean("silent"u8, streak.IsSilent);
        Write(writer, "how"u8, streak.How);
        Write(writer, "says"u8, streak.IsSilent ? null : streak.Says);
    }

    private static void WriteCard(Utf8JsonWriter writer, CardView card)
    {
        writer.WriteString("id"u8, card.Id);
        WriteName(writer, "name"u8, card.Name);
        writer.WriteNumber("stamps"u8, card.Stamps);
        writer.WriteNumber("needed"u8, card.Needed);
        writer.WriteNumber("filled"u8, card.Filled);
        Write(writer, "how"u8, card.How);
    }

    private static void WritePlan(Utf8JsonWriter writer, PlanView plan, Programme programme)
    {
        writer.WriteString("id"u8, plan.Id);
        WriteName(writer, "name"u8, plan.Name);
        writer.WriteString("status"u8, JsonNamingPolicy.CamelCase.ConvertName(plan.Status.ToString()));
        WriteDate(writer, "paidUntil"u8, plan.PaidUntil);
        writer.WriteNumber("saved"u8, programme.InUnits(plan.Saved));
        writer.WriteNumber("paid"u8, programme.InUnits(plan.Paid));
        Write(writer, "how"u8, plan.How);
        Write(writer, "earnedBack"u8, plan.EarnedBack);
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

    private static void WriteName(Utf8JsonWriter writer, ReadOnlySpan<byte> field, Wording? name) => Write(writer, field, name is null ? null : new(name.Fr, name.Nl, name.En));

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> field, Sentence? sentence)
    {
        if (sentence is null)
        {
            writer.WriteNull(field);
            return;
        }

        writer.WriteStartObject(field);
        WriteLanguages(writer, sentence.Fr, sentence.Nl, sentence.En);
        writer.WriteEndObject();
    }

    private static void WriteLanguages(Utf8JsonWriter writer, string fr, string nl, string en)
    {
        writer.WriteString("fr"u8, fr);
        writer.WriteString("nl"u8, nl);
        writer.WriteString("en"u8, en);
    }

    private static void WriteDate(Utf8JsonWriter writer, ReadOnlySpan<byte> field, DateOnly? date)
    {
        if (date is { } day) writer.WriteString(field, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else writer.WriteNull(field);
    }
}
