using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Measures;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Tests.Rules;

/// <summary>What boards count of badges and streaks: rows that are applied one after another come to what stands in the end.</summary>
public sealed class MeasuredRecognitionTests(ITestOutputHelper output)
{
    private static readonly BoardMeasure Badges = new() { Code = "badges", Of = MeasureOf.Badges, NameFr = "Badges", NameNl = "Badges", NameEn = "Badges" };
    private static readonly BoardMeasure Runs = new() { Code = "runs", Of = MeasureOf.Streak, Named = "weekly", Aggregator = Aggregator.Best, NameFr = "Série", NameNl = "Reeks", NameEn = "Streak" };

    [Fact]
    public void A_badge_counts_on_the_day_of_its_award_until_it_is_revoked_and_again_when_it_is_given_anew()
    {
        var id = new BadgeAwardId("cook", 1, BadgeStanding.Ever);
        var award = new BadgeAward { Level = 1, Scope = id.Scope, Version = 1, On = 700 };
        Assert.Equal([(700, 1L, 5L)], Told(award, new BadgeAwarded(id, 1, new(2026, 1, 1)), 5));
        Assert.Equal([(700, 0L, 0L)], Told(award with { RevokedOn = 705 }, new BadgeRevoked(id, new(2026, 1, 6)), 9));
        Assert.Equal([(710, 1L, 12L)], Told(award with { On = 710, Turn = 2 }, new BadgeAwarded(id, 1, new(2026, 1, 11)), 12));
        Assert.Empty(Told(award, new BadgeAwarded(id with { Level = 2 }, 1, new(2026, 1, 1)), 5));

        static (int, long, long)[] Told(BadgeAward award, RecognitionChange change, long at) =>
            [.. MeasuredRecognition.Badges(Badges, Made(award, change), at).Select(row => (row.Day, row.Value, row.ReachedAt))];
    }

    [Fact]
    public void A_measure_of_one_badge_passes_over_the_others_and_different_badges_count_once_each()
    {
        var id = new BadgeAwardId("cook", 2, BadgeStanding.Ever);
        var made = Made(new() { Level = 2, Scope = id.Scope, Version = 1, On = 700 }, new BadgeAwarded(id, 1, new(2026, 1, 1)));
        Assert.Empty(MeasuredRecognition.Badges(Badges with { Named = "host" }, made, 5));
        Assert.Single(MeasuredRecognition.Badges(Badges with { Named = "cook" }, made, 5));
        Assert.Equal(MeasureKey.Of("cook"), MeasureKey.ThingIn(Assert.Single(MeasuredRecognition.Badges(Badges with { Aggregator = Aggregator.Distinct }, made, 5)).Thing));
    }

    [Theory]
    [InlineData(StreakPeriod.Day)]
    [InlineData(StreakPeriod.Week)]
    [InlineData(StreakPeriod.Month)]
    public void Runs_come_to_what_the_dates_make_of_them(StreakPeriod per)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var rule = Rule(per) with { Freezes = random.Next(2) == 0 ? null : new() { HoldMax = 2, EarnEvery = 3 } };
            var (streak, rows, today) = (Streak.None, new Dictionary<int, long>(), 738_000);
            for (var step = 0; step < 40; step++)
            {
                var day = today - random.Next(per == StreakPeriod.Day ? 34 : 400);
                var takes = random.Next(3) == 0;
                streak = takes ? streak.Without(day, null, today) : streak.With(day, null, today);
                foreach (var row in MeasuredRecognition.Runs(Runs, rule, new() { Streaks = [new("weekly", streak)] }, day)) rows[row.Day] = row.Value;
            }

            IEnumerable<(int, long)> expected = streak.Dates.IsEmpty ? [] : StreakWalk.Through(streak, rule, streak.Dates.Last).Runs.Select(run => (StreakPeriods.Start(per, run.Through), (long)run.Length)).Order();
            output.WriteLine($"seed {seed}: {string.Join(' ', expected)}");
            Assert.Equal(expected, rows.Where(row => row.Value > 0).Select(row => (row.Key, row.Value)).Order());
        }
    }

    private static RecognitionMade Made(BadgeAward award, RecognitionChange change) => new() { Changes = [change], Badges = [new() { Badge = "cook", Awards = [award] }] };

    private static StreakRule Rule(StreakPeriod per) =>
        new() { Id = "weekly", Name = new("Série", "Reeks", "Streak"), On = [Gamification.Programmes.Earning.EarningEvent.Visit], Per = per };
}
