using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>Whether each version of a badge makes sense, and its versions together.</summary>
internal static class BadgeValidation
{
    public static void Check(RecognitionRules rules, RecognitionErrors errors)
    {
        for (var at = 0; at < rules.Badges.Length; at++)
        {
            var (badge, pointer) = (rules.Badges[at], FormattableString.Invariant($"/badges/{at}"));
            var others = rules.Badges.Take(at).Where(before => before.Id == badge.Id).ToArray();
            if (others.Any(before => before.Version == badge.Version)) errors.Add($"{pointer}/version", "version-twice", "Give each version of a badge its own number.");
            else if (others.Any(before => before.From == badge.From)) errors.Add($"{pointer}/from", "begins-twice", "Let each version begin on its own date.");
            if (others.Any(before => before.For.GetType() != badge.For.GetType())) errors.Add($"{pointer}/for", "other-kind", "A badge keeps its kind; make a new badge.");
            if (badge.Until <= badge.From) errors.Add($"{pointer}/until", "ends-before-start", "Give a date after from, or none.");
            errors.Wording(badge.Name, $"{pointer}/name");
            CheckLevels(badge, pointer, errors);
            CheckKind(rules, badge.For, $"{pointer}/for", errors);
        }
    }

    private static void CheckLevels(BadgeRule badge, string pointer, RecognitionErrors errors)
    {
        if (badge.For is FirstOf or Conditional or Founder or Manual && badge.Levels is not [{ At: 1 }]) errors.Add($"{pointer}/levels", "one-level", "This kind has one level, at 1.");
        for (var at = 0; at < badge.Levels.Length; at++)
        {
            var here = FormattableString.Invariant($"{pointer}/levels/{at}");
            if (badge.Levels[at].Gift is { } gift) errors.Gift(gift, $"{here}/gift");
            if (at > 0 && badge.Levels[at].At <= badge.Levels[at - 1].At) errors.Add($"{here}/at", "not-higher", "Give more than the level before.");
        }
    }

    private static void CheckKind(RecognitionRules rules, BadgeKind kind, string pointer, RecognitionErrors errors)
    {
        switch (kind)
        {
            case CountOf count:
                CheckMeasure(count.On, count.Measure);
                break;
            case PeriodicCount periodic:
                CheckMeasure(periodic.On, periodic.Measure);
                if (periodic.Per == BadgePeriod.Day && periodic.On is [EarningEvent.Sale])
                    errors.Add($"{pointer}/per", "daily-spending", "Nobody should have to buy every day: count weeks, or let an event without a purchase do as well.");
                break;
            case SeasonalCount season:
                CheckMeasure(season.On, season.Measure);
                if (season.Until <= season.From) errors.Add($"{pointer}/until", "empty", "Give a date after from: the day named by until is no longer within.");
                else if (season.Until > season.From.AddYears(1)) errors.Add($"{pointer}/until", "too-long", "A season is at most a year long.");
                break;
            case StreakOf streak:
                errors.Streak(streak.Streak, $"{pointer}/streak");
                break;
            case Founder { Before: null, Campaign: null }:
                errors.Add(pointer, "empty", "Give before, campaign or both.");
                break;
            case Conditional conditional:
                for (var at = 0; at < conditional.Requires.Length; at++) CheckRequirement(rules, conditional.Requires[at], FormattableString.Invariant($"{pointer}/requires/{at}"), errors);
                break;
        }

        void CheckMeasure(ImmutableArray<EarningEvent> on, BadgeMeasure measure)
        {
            if (on.Distinct().Count() != on.Length) errors.Add($"{pointer}/on", "event-twice", "Name each event once.");
            if (on.IsEmpty && measure != BadgeMeasure.Events) errors.Add($"{pointer}/measure", "no-events", "Steps that rules bring are counted as they come: leave measure out, or name events.");
            if (measure is BadgeMeasure.Items or BadgeMeasure.Spend && on is not [EarningEvent.Sale]) errors.Add($"{pointer}/measure", "no-spend", "Only sales have goods and spend: let the badge be on sale alone.");
        }
    }

    /// <summary>On badges that are not conditional, so that no badge waits for itself.</summary>
    private static void CheckRequirement(RecognitionRules rules, Requirement requirement, string pointer, RecognitionErrors errors)
    {
        switch (requirement)
        {
            case HasBadge has when !rules.Badges.Any(badge => badge.Id == has.Badge && badge.For is not Conditional && badge.Levels.Length >= has.Level):
                errors.Add($"{pointer}/badge", "unknown-badge", "Name a badge of this document that is not conditional, and a level it has.");
                break;
            case HasTier has:
                errors.Tier(has.Tier, $"{pointer}/tier");
                break;
            case HasStreak has:
                errors.Streak(has.Streak, $"{pointer}/streak");
                break;
        }
    }
}
