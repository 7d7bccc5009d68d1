using Gamification.Recognition;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.Statements;
using Gamification.Rules.Streaks;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Reasons;

/// <summary>What is said of a streak, period by period, is what the streak is; and each promise is tried.</summary>
public sealed class StreakReasonTests
{
    [Fact]
    public void Periods_add_up_to_the_run_what_bridged_them_is_named_and_the_run_ends_on_the_day_that_is_said()
    {
        var (ended, bridged, broken, repaired) = (0, 0, 0, 0);
        Drawn.EachSeed((seed, random) =>
        {
            var rule = Drawn.Streak(random);
            var book = new RecognitionBook(new() { Streaks = [rule] }, LedgerCalendar.In("Europe/Brussels"), "Europe/Brussels", "EUR");
            var width = rule.Per switch { StreakPeriod.Day => 3, StreakPeriod.Week => 9, _ => 30 };
            var (streak, today) = (Streak.None, Drawn.Start);
            for (var step = 0; step < 25; step++)
            {
                today = today.AddDays(random.Next(4) == 0 ? random.Next(width) : random.Next(2));
                streak = Change(streak, rule, random, width, today);
                if (step % 5 == 4) Try(streak, rule, book, today, $"seed {seed}, step {step}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{ended} ends, {bridged} bridged periods, {broken} broken runs, {repaired} to repair");
        Assert.True(ended > 0 && bridged > 0 && broken > 0 && repaired > 0);

        void Try(Streak streak, StreakRule rule, RecognitionBook book, DateOnly today, string where)
        {
            var why = StreakReasons.Of(streak, rule, book, today);
            var run = why.Periods.Where(period => period.From >= why.View.Since).ToArray();
            if (why.Periods.Length < StreakWhy.PeriodsMax) Assert.True(run.Count(period => period.Fate == PeriodFate.Done) == why.View.Current, where);
            Assert.True(run.All(period => period.Fate is not (PeriodFate.Missed or PeriodFate.Idle)), where);
            Assert.True(why.Periods.All(period => period.Fate == PeriodFate.Done ? period.Days >= rule.Times : period.Days < rule.Times), where);
            Assert.True(why.Periods.Where(period => period.Fate == PeriodFate.Frozen).All(period => why.View.Frozen.Contains(period.From)), where);
            bridged += run.Count(period => period.Fate is PeriodFate.Frozen or PeriodFate.Incident or PeriodFate.Vacation or PeriodFate.Repaired);

            Assert.True((why.EndsOn is null) == (why.View.Current == 0), where);
            if (why.EndsOn is { } end)
            {
                ended++;
                Assert.True(StreakRulings.At(streak, rule, end.AddDays(-1)).Current == why.View.Current && StreakRulings.At(streak, rule, end).Current == 0, $"{where}: not over on {end:o}");
            }

            if (why.Broken is { } gap)
            {
                broken++;
                Assert.True(StreakRulings.At(streak, rule, today).Best >= gap.Periods, where);
                Assert.Contains(why.Periods.Length == StreakWhy.PeriodsMax ? [gap.Missed] : why.Periods.Where(period => period.Fate == PeriodFate.Missed).Select(period => period.From), first => first == gap.Missed);
                if (gap.RepairBy is { } by)
                {
                    repaired++;
                    Assert.Null(StreakRulings.Repair(streak, rule, gap.Missed, by).Refusal);
                    Assert.NotNull(StreakRulings.Repair(streak, rule, gap.Missed, by.AddDays(1)).Refusal);
                }
            }

            var first = DateOnly.FromDayNumber(StreakPeriods.Start(rule.Per, StreakPeriods.Of(rule.Per, today.DayNumber)));
            Assert.True(Proven(why.DaysMissing).IsDone || why.View.Current == 0, where);
            Assert.True(why.DaysMissing == 0 || !Proven(why.DaysMissing - 1).IsDone, where);
            Assert.All(why.Says, said => Assert.All((string[])[said.Fr, said.Nl, said.En], sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal)));

            StreakView Proven(int more)
            {
                var with = streak;
                for (var day = first; more > 0; day = day.AddDays(1))
                {
                    if (with.Dates.Contains(day.DayNumber)) continue;
                    with = with with { Dates = with.Dates.With(day.DayNumber) };
                    more--;
                }

                return StreakRulings.At(with, rule, today);
            }
        }
    }

    private static Streak Change(Streak streak, StreakRule rule, Random random, int width, DateOnly today) => random.Next(12) switch
    {
        < 8 => StreakRulings.Prove(streak, rule, new(today.AddDays(random.Next(4) == 0 ? -random.Next(width * 2) : 0)), today).Streak,
        8 when !streak.Dates.IsEmpty => StreakRulings.Remove(streak, rule, new(DateOnly.FromDayNumber(streak.Dates.Last)), today).Streak,
        9 => StreakRulings.Bridge(streak, rule, today.AddDays(-width), today.AddDays(2 - width), today).Streak,
        10 when rule.Freezes is not null => StreakRulings.Grant(streak, rule, new(today.DayNumber, 1, ByTier: false), today).Streak,
        _ => StreakRulings.TakeVacation(streak, rule, today.AddDays(1), today.AddDays(4), today).Streak,
    };
}
