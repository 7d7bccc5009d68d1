using Gamification.Journal;
using Gamification.Recognition;
using Gamification.Rules.Tiers;

namespace Gamification.Tests.Rules.Recognition;

public sealed class TierTests
{
    private static readonly DateOnly Spring = new(2026, 3, 10);

    internal static readonly TierLadder Ladder = new()
    {
        Levels =
        [
            new() { Id = "silver", Name = Drawn.Named("Silver"), Spend = 100, Engagement = 20 },
            new() { Id = "gold", Name = Drawn.Named("Gold"), Spend = 500, Engagement = 60 },
            new() { Id = "platinum", Name = Drawn.Named("Platinum"), Spend = 1000, Engagement = 100, Both = true },
        ],
    };

    [Fact]
    public void Up_at_once_by_spend_or_engagement_and_by_both_where_both_are_asked()
    {
        var standing = TierRulings.Enrol(Ladder, Spring);
        var spent = Spent(standing, 500, Spring);
        Assert.Equal([new TierReached("gold", Spring)], spent.Changes);
        Assert.Equal("silver", TierRulings.At(TierRulings.Count(standing, Ladder, new(0, 20), Spring, Spring).Standing, Ladder, Spring)?.Id);
        Assert.Equal("gold", TierRulings.At(Spent(standing, 5000, Spring).Standing, Ladder, Spring)?.Id);
        Assert.Equal("platinum", TierRulings.At(TierRulings.Count(standing, Ladder, new(1000, 100), Spring, Spring).Standing, Ladder, Spring)?.Id);
    }

    /// <summary>A document that changes takes nobody's tier away, and no number of an old period is read as one of a new kind.</summary>
    [Fact]
    public void Other_periods_or_fewer_levels_leave_the_tier_for_a_whole_period_and_carry_what_was_earned()
    {
        foreach (var from in Enum.GetValues<TierPeriod>())
        {
            foreach (var to in Enum.GetValues<TierPeriod>())
            {
                var gold = Spent(TierRulings.Enrol(Ladder with { Period = from }, Spring), 500, Spring, Ladder with { Period = from }).Standing;
                var ladder = Ladder with { Period = to, Months = to == from ? 12 : 6 };
                Assert.Equal("gold", TierRulings.At(gold, ladder, Spring.AddDays(40))?.Id);
                Assert.Equal(500, TierRulings.Counted(gold, ladder, Spring.AddDays(10)).Spend);
                var fewer = ladder with { Levels = ladder.Levels[..1] };
                Assert.Equal("silver", TierRulings.At(gold, fewer, Spring.AddDays(40))?.Id);
            }
        }
    }

    [Fact]
    public void Down_only_when_the_grace_after_a_period_is_over_one_level_or_to_what_was_earned()
    {
        var gold = Spent(TierRulings.Enrol(Ladder, Spring), 500, Spring).Standing;
        Assert.Equal("gold", TierRulings.At(gold, Ladder, new(2027, 12, 31))?.Id);
        Assert.Equal("gold", TierRulings.At(gold, Ladder, new(2028, 1, 30))?.Id);
        Assert.Equal("silver", TierRulings.At(gold, Ladder, new(2028, 1, 31))?.Id);
        Assert.Null(TierRulings.At(gold, Ladder, new(2029, 1, 31)));
        Assert.Null(TierRulings.At(gold, Ladder with { Fall = TierFall.Recalc }, new(2028, 1, 31)));
        Assert.Equal([new TierLost("gold", "silver", new(2028, 1, 31)), new TierLost("silver", null, new(2029, 1, 31))], TierRulings.Settle(gold, Ladder, new(2030, 1, 1)).Changes);
    }

    [Fact]
    public void What_is_earned_in_the_grace_keeps_the_tier_and_what_comes_late_gives_it_back()
    {
        var gold = Spent(TierRulings.Enrol(Ladder, Spring), 500, Spring).Standing;
        var graced = Spent(Spent(gold, 480, new(2027, 6, 1)).Standing, 20, new(2028, 1, 30)).Standing;
        Assert.Equal("gold", TierRulings.At(graced, Ladder, new(2028, 12, 31))?.Id);
        var fallen = TierRulings.Settle(Spent(gold, 480, new(2027, 6, 1)).Standing, Ladder, new(2028, 2, 10)).Standing;
        Assert.Equal("silver", TierRulings.At(fallen, Ladder, new(2028, 2, 10))?.Id);
        Assert.Equal([new TierReached("gold", new(2028, 2, 10))], TierRulings.Count(fallen, Ladder, new(20, 0), new(2027, 12, 30), new(2028, 2, 10)).Changes);
    }

    [Fact]
    public void A_refund_keeps_the_tier_until_the_period_ends_unless_it_was_fraud()
    {
        var gold = Spent(TierRulings.Enrol(Ladder, Spring), 500, Spring).Standing;
        var back = TierRulings.Count(gold, Ladder, new(-450, 0), Spring, Spring.AddDays(3));
        Assert.Equal([new TierKept("gold", new(2027, 1, 31))], back.Changes);
        Assert.Equal("gold", TierRulings.At(back.Standing, Ladder, new(2027, 1, 30))?.Id);
        Assert.Equal("silver", TierRulings.At(back.Standing, Ladder, new(2027, 1, 31))?.Id);
        Assert.Equal([new TierLost("gold", null, Spring.AddDays(3))], TierRulings.JudgeFraud(back.Standing, Ladder, Spring.AddDays(3)).Changes);
    }

    [Fact]
    public void A_member_hears_what_is_missing_before_the_period_ends()
    {
        var gold = Spent(Spent(TierRulings.Enrol(Ladder, Spring), 500, Spring).Standing, 460, new(2027, 5, 1)).Standing;
        Assert.Null(TierRulings.NoticeDue(gold, Ladder, new(2027, 11, 1), new(2027, 12, 1)));
        var notice = TierRulings.NoticeDue(gold, Ladder, new(2027, 12, 1), new(2027, 12, 2))!;
        Assert.Equal(("gold", 30, 40L, 60L, new DateOnly(2028, 1, 31), "tier/gold/2028-01-01/30"), (notice.Tier, notice.DaysBefore, notice.MissingSpend, notice.MissingEngagement, notice.KeptUntil, notice.Key));
        Assert.Equal(7, TierRulings.NoticeDue(gold, Ladder, new(2027, 11, 1), new(2027, 12, 30))?.DaysBefore);
        Assert.Null(TierRulings.NoticeDue(Spent(gold, 40, new(2027, 12, 1)).Standing, Ladder, new(2027, 12, 1), new(2027, 12, 30)));
    }

    [Fact]
    public void Anniversaries_begin_on_the_day_of_enrolment_also_on_the_last_of_february()
    {
        var ladder = Ladder with { Period = TierPeriod.Anniversary, GraceDays = 0 };
        var silver = Spent(TierRulings.Enrol(ladder, new(2024, 2, 29)), 100, new(2024, 2, 29), ladder).Standing;
        Assert.Equal("silver", TierRulings.At(silver, ladder, new(2026, 2, 27))?.Id);
        Assert.Null(TierRulings.At(silver, ladder, new(2026, 2, 28)));
    }

    [Fact]
    public void Two_members_keep_the_higher_tier_and_the_status_of_both()
    {
        var (one, other) = (Spent(TierRulings.Enrol(Ladder, Spring), 300, Spring).Standing, Spent(TierRulings.Enrol(Ladder, Spring), 250, Spring).Standing);
        Assert.Equal([new TierReached("gold", Spring)], TierRulings.Merge(one, other, Ladder, Spring).Changes);
        var gold = Spent(TierRulings.Enrol(Ladder, Spring), 500, Spring).Standing;
        Assert.Equal("gold", TierRulings.At(TierRulings.Merge(TierRulings.Enrol(Ladder, Spring), gold, Ladder, Spring).Standing, Ladder, Spring)?.Id);
    }

    /// <summary>Against sums over a plain list: a tier never falls inside a period, falls by the policy, and is never below what has been earned.</summary>
    [Fact]
    public void Tiers_never_fall_inside_a_period()
    {
        var (falls, rises, refunds) = (0, 0, 0);
        Drawn.EachSeed((seed, random) =>
        {
            var period = (TierPeriod)(seed % 3);
            var ladder = Ladder with { Period = period, Months = period == TierPeriod.Calendar ? 3 : random.Next(2, 7), Fall = (TierFall)random.Next(2), GraceDays = random.Next(0, 28) };
            var enrolled = new DateOnly(2024, 1, 31).AddDays(random.Next(40));
            var (standing, day, facts) = (TierRulings.Enrol(ladder, enrolled), enrolled, new List<(DateOnly On, StatusPoints Points)>());
            for (var step = 0; step < 50; step++)
            {
                var before = TierRulings.At(standing, ladder, day)?.Id;
                var next = day.AddDays(random.Next(3) == 0 ? random.Next(80) : random.Next(10));
                for (var at = day.AddDays(1); at <= next; at = at.AddDays(1))
                {
                    var now = TierRulings.At(standing, ladder, at)?.Id;
                    if (now == before) continue;
                    falls++;
                    Assert.True(Rank(now) < Rank(before), $"seed {seed}: time alone gave {now} on {at:o}");
                    Assert.True(EndsGrace(at), $"seed {seed}: {before} fell to {now} on {at:o}, no end of a period's grace");
                    Assert.True(ladder.Fall == TierFall.Recalc || Rank(now) == Rank(before) - 1, $"seed {seed}: fell by more than one");
                    before = now;
                }

                day = next;
                standing = Drawn.Reread(random.Next(3) == 0 ? TierRulings.Settle(standing, ladder, day).Standing : standing, RecognitionJson.Default.TierStanding);
                Assert.True(TierRulings.At(standing, ladder, day)?.Id == before, $"seed {seed}: settling changed the tier");
                var isRefund = facts.Count > 0 && random.Next(4) == 0;
                var fact = isRefund ? facts[random.Next(facts.Count)] : (On: random.Next(5) == 0 && day.AddDays(-20) > enrolled ? day.AddDays(-20) : day, Points: new StatusPoints(random.Next(0, 250), random.Next(0, 25)));
                if (isRefund) (fact, refunds) = ((fact.On, -fact.Points), facts.Remove(fact) ? refunds + 1 : refunds);
                else facts.Add(fact);
                var ruling = TierRulings.Count(standing, ladder, fact.Points, fact.On, day);
                var after = TierRulings.At(ruling.Standing, ladder, day)?.Id;
                Assert.True(Rank(after) >= Rank(before), $"seed {seed}: {fact} cost {before} on {day:o}");
                Assert.True(Rank(after) >= LevelOf(Current()), $"seed {seed}: {period} {after} though {Current()} was earned by {day:o}");
                if (Rank(after) > Rank(before)) rises++;
                standing = ruling.Standing;

                StatusPoints Current() => facts.Where(one => Counts(one.On)).Aggregate(default(StatusPoints), (sum, one) => sum + one.Points);
                bool Counts(DateOnly on) => period switch
                {
                    TierPeriod.Rolling => on >= new DateOnly(day.Year, day.Month, 1).AddMonths(1 - ladder.Months),
                    _ => on >= PeriodStart(day),
                };
            }

            DateOnly PeriodStart(DateOnly date)
            {
                if (period == TierPeriod.Calendar) return new(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1);
                var months = 0;
                while (enrolled.AddMonths(months + ladder.Months) <= date) months += ladder.Months;
                return enrolled.AddMonths(months);
            }

            bool EndsGrace(DateOnly at)
            {
                var end = at.AddDays(-ladder.GraceDays);
                return period == TierPeriod.Rolling ? end.Day == 1 : PeriodStart(end) == end;
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Drawn.Cases * 50} operations: {rises} rises, {falls} falls, {refunds} refunds");
        Assert.True(falls > 0 && rises > 0 && refunds > 0);
    }

    private static int Rank(string? id) => id is null ? 0 : Ladder.Levels.IndexOf(Ladder.Levels.First(level => level.Id == id)) + 1;

    private static int LevelOf(StatusPoints points) =>
        points is { Spend: >= 1000, Engagement: >= 100 } ? 3 : points.Spend >= 500 || points.Engagement >= 60 ? 2 : points.Spend >= 100 || points.Engagement >= 20 ? 1 : 0;

    private static TierRuling Spent(TierStanding standing, long spend, DateOnly on, TierLadder? ladder = null) => TierRulings.Count(standing, ladder ?? Ladder, new(spend, 0), on, on);
}
