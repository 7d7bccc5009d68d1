using System.Collections.Immutable;
using Gamification.Recognition;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>Why a streak is as long as it is: read as it is read for everything else, period by period.</summary>
internal static class StreakReasons
{
    /// <summary>Freezes, holidays and incidents carry a run over so many periods at the most.</summary>
    private const int AheadMax = 1_000;

    /// <param name="streak">The streak, with all that it was excused for.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="book">The rule's.</param>
    /// <param name="today">The member's day.</param>
    public static StreakWhy Of(Streak streak, StreakRule rule, RecognitionBook book, DateOnly today)
    {
        List<WalkedPeriod> told = [];
        var walk = StreakWalk.Through(streak, rule, today.DayNumber, int.MaxValue, told);
        var now = StreakPeriods.Of(rule.Per, today.DayNumber);
        var days = told.FirstOrDefault(one => one.Period == now).Days;
        var why = new StreakWhy
        {
            Id = rule.Id,
            Name = rule.Name,
            Per = rule.Per,
            View = walk.View(rule.Per),
            EndsOn = EndOf(streak, rule, today, walk),
            DaysMissing = Math.Max(0, rule.Times - days),
            Broken = told.LastOrDefault(one => one.Fate == PeriodFate.Missed) is { Ended.Length: > 0 } missed ? Broken(streak, rule, missed, today) : null,
            Periods = [.. told.Where(one => one.Period <= now).Reverse().Take(StreakWhy.PeriodsMax).Select(one => new StreakPeriodWhy(FirstDay(rule, one.Period), one.Fate, one.Days))],
            NextMilestone = rule.Milestones.FirstOrDefault(milestone => milestone.Periods > walk.Current.Length)?.Periods,
            How = book.Say(words => words.Of(rule)),
        };
        return why with { Says = Say(why, rule, book) };
    }

    private static ImmutableArray<Sentence> Say(StreakWhy why, StreakRule rule, RecognitionBook book)
    {
        var says = ImmutableArray.CreateBuilder<Sentence>();
        says.Add(book.Say(words => StreakReasonWords.Run(why, words)));
        foreach (var fate in (PeriodFate[])[PeriodFate.Frozen, PeriodFate.Incident, PeriodFate.Vacation, PeriodFate.Repaired])
        {
            DateOnly[] bridged = [.. why.Periods.Where(one => one.Fate == fate && one.From >= why.View.Since).Select(one => one.From)];
            if (bridged.Length > 0) says.Add(book.Say(words => StreakReasonWords.Bridged(fate, bridged, rule.Per, words)));
        }

        if (!why.View.IsDone) says.Add(book.Say(words => StreakReasonWords.Open(why, words)));
        if (why.EndsOn is { } end) says.Add(book.Say(words => StreakReasonWords.Time(why, end, words)));
        if (why is { View.Current: > 0, NextMilestone: { } periods }) says.Add(book.Say(words => StreakReasonWords.Milestone(periods, why, rule, words)));
        if (why.Broken is { } broken) says.Add(book.Say(words => StreakReasonWords.Broken(broken, rule, words)));
        return says.DrainToImmutable();
    }

    /// <summary>The first day on which the run is over if nothing more is done. A run ends with a period, so that only first days are looked at.</summary>
    private static DateOnly? EndOf(Streak streak, StreakRule rule, DateOnly today, in StreakWalk walk)
    {
        if (walk.Current.Length == 0) return null;
        var now = StreakPeriods.Of(rule.Per, today.DayNumber);
        for (var ahead = 1; ahead <= AheadMax; ahead++)
        {
            var start = StreakPeriods.Start(rule.Per, now + ahead);
            if (StreakWalk.Through(streak, rule, start, int.MaxValue).Current.Length == 0) return DateOnly.FromDayNumber(start);
        }

        return null;
    }

    private static BrokenRun Broken(Streak streak, StreakRule rule, WalkedPeriod missed, DateOnly today)
    {
        var (first, next) = (FirstDay(rule, missed.Period), FirstDay(rule, missed.Period + 1));
        var mayRepair = StreakRulings.Repair(streak, rule, first, today).Refusal is null;
        return new(missed.Ended.Length, FirstDay(rule, missed.Ended.From), first, missed.Days, mayRepair ? next.AddDays(rule.Repair!.Days - 1) : null);
    }

    private static DateOnly FirstDay(StreakRule rule, int period) => DateOnly.FromDayNumber(StreakPeriods.Start(rule.Per, period));
}
