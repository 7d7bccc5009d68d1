using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>
/// What types cannot say about a recognition document: order, references, and what a programme may not ask of people (spec E4, E5): no streak of
/// daily purchases, no name that presses or threatens a loss.
/// </summary>
public static class RecognitionValidation
{
    private const int ErrorsMax = 100;

    /// <summary>Errors in the document's order, at most 100; empty when it can be used.</summary>
    public static ImmutableArray<DocumentError> Check(RecognitionRules rules)
    {
        var errors = new RecognitionErrors(rules);
        if (rules.Tiers is { } ladder) CheckLadder(ladder, errors);
        for (var at = 0; at < rules.Streaks.Length; at++) CheckStreak(rules, at, errors);
        BadgeValidation.Check(rules, errors);
        for (var at = 0; at < rules.Cards.Length; at++) CheckCard(rules, at, errors);
        for (var at = 0; at < rules.Plans.Length; at++) CheckPlan(rules, at, errors);
        errors.Days(rules.ExpiryNoticeDays, "/expiryNoticeDays", 365);
        if (rules is { ExpiryBonus: not null, ExpiryNoticeDays.IsEmpty: true }) errors.Add("/expiryBonus", "no-notice", "Name days in expiryNoticeDays on which members are told, or leave the bonus out.");
        return [.. errors.All.Take(ErrorsMax)];
    }

    private static void CheckLadder(TierLadder ladder, RecognitionErrors errors)
    {
        if (ladder.Period == TierPeriod.Calendar && ladder.Months is not (1 or 2 or 3 or 4 or 6 or 12))
            errors.Add("/tiers/months", "no-calendar-period", "Give 1, 2, 3, 4, 6 or 12, so that a period begins each January.");
        if (ladder.GraceDays >= 28 * ladder.Months) errors.Add("/tiers/graceDays", "too-long", "Give fewer days than the shortest period has.");
        errors.Days(ladder.NoticeDays, "/tiers/noticeDays", Math.Min(365, 28 * ladder.Months));
        for (var at = 0; at < ladder.Levels.Length; at++)
        {
            var (level, pointer) = (ladder.Levels[at], FormattableString.Invariant($"/tiers/levels/{at}"));
            errors.Wording(level.Name, $"{pointer}/name");
            for (var benefit = 0; benefit < level.Benefits.Length; benefit++) errors.Wording(level.Benefits[benefit].Name, FormattableString.Invariant($"{pointer}/benefits/{benefit}/name"));
            if (level is { Spend: null, Engagement: null }) errors.Add(pointer, "no-threshold", "Give spend, engagement or both.");
            if (level.Both && (level.Spend is null || level.Engagement is null)) errors.Add($"{pointer}/both", "one-threshold", "Both needs spend and engagement.");
            if (at == 0) continue;
            var below = ladder.Levels[at - 1];
            if (ladder.Levels.Take(at).Any(before => before.Id == level.Id)) errors.Add($"{pointer}/id", "id-twice", "Give each tier its own id.");
            if (level.Spend <= below.Spend) errors.Add($"{pointer}/spend", "not-higher", "Give more than the level below.");
            if (level.Engagement <= below.Engagement) errors.Add($"{pointer}/engagement", "not-higher", "Give more than the level below.");
        }
    }

    private static void CheckStreak(RecognitionRules rules, int at, RecognitionErrors errors)
    {
        var (streak, pointer) = (rules.Streaks[at], FormattableString.Invariant($"/streaks/{at}"));
        if (rules.Streaks.Take(at).Any(before => before.Id == streak.Id)) errors.Add($"{pointer}/id", "id-twice", "Give each streak its own id.");
        errors.Wording(streak.Name, $"{pointer}/name");
        var isSpendOnly = streak.On.All(one => one == EarningEvent.Sale);
        if (isSpendOnly && (streak.Per == StreakPeriod.Day || (streak.Per == StreakPeriod.Week && streak.Times > 5)))
            errors.Add($"{pointer}/on", "daily-spending", "Nobody should have to buy every day: count weeks, or let an event without a purchase do as well, such as visit.");
        if (streak.On.Distinct().Count() != streak.On.Length) errors.Add($"{pointer}/on", "event-twice", "Name each event once.");
        if (streak.MinSpend > 0 && !streak.On.Contains(EarningEvent.Sale)) errors.Add($"{pointer}/minSpend", "no-spend", "Only a sale has spend: leave it out.");
        var most = streak.Per switch { StreakPeriod.Day => 1, StreakPeriod.Week => 7, _ => 28 };
        if (streak.Times > most) errors.Add($"{pointer}/times", "too-many", FormattableString.Invariant($"At most {most} dates in this period."));
        for (var next = 0; next < streak.Milestones.Length; next++)
        {
            var here = FormattableString.Invariant($"{pointer}/milestones/{next}");
            errors.Gift(streak.Milestones[next].Gift, $"{here}/gift");
            if (next > 0 && streak.Milestones[next].Periods <= streak.Milestones[next - 1].Periods) errors.Add($"{here}/periods", "not-higher", "Give more than the milestone before.");
        }

        for (var next = 0; next < (streak.Freezes?.ByTier.Length ?? 0); next++)
            errors.Tier(streak.Freezes!.ByTier[next].Tier, FormattableString.Invariant($"{pointer}/freezes/byTier/{next}/tier"));
    }

    private static void CheckCard(RecognitionRules rules, int at, RecognitionErrors errors)
    {
        var (card, pointer) = (rules.Cards[at], FormattableString.Invariant($"/cards/{at}"));
        if (rules.Cards.Take(at).Any(before => before.Id == card.Id)) errors.Add($"{pointer}/id", "id-twice", "Give each card its own id.");
        errors.Wording(card.Name, $"{pointer}/name");
        errors.Gift(card.Gift, $"{pointer}/gift");
        if (card.Expiry == StampExpiry.Never != card.ExpiresAfter is null) errors.Add($"{pointer}/expiresAfter", "expiry-unclear", "Give it with an expiry in days or months, and leave it out without.");
        if (card is { Expiry: StampExpiry.Months or StampExpiry.RollingMonths, ExpiresAfter: > 120 }) errors.Add($"{pointer}/expiresAfter", "out-of-bounds", "Give at most 120 months.");
    }

    private static void CheckPlan(RecognitionRules rules, int at, RecognitionErrors errors)
    {
        var (plan, pointer) = (rules.Plans[at], FormattableString.Invariant($"/plans/{at}"));
        if (rules.Plans.Take(at).Any(before => before.Id == plan.Id)) errors.Add($"{pointer}/id", "id-twice", "Give each plan its own id.");
        errors.Wording(plan.Name, $"{pointer}/name");
        for (var perk = 0; perk < plan.Perks.Length; perk++) errors.Wording(plan.Perks[perk].Name, FormattableString.Invariant($"{pointer}/perks/{perk}/name"));
    }
}
