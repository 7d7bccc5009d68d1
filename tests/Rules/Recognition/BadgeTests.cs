using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;

namespace Gamification.Tests.Rules.Recognition;

public sealed class BadgeTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly string[] Stores = ["BRU", "GNT", "LIE"];

    [Fact]
    public void A_badge_that_pays_stands_exactly_while_what_earned_it_stands()
    {
        var book = Book(Badge(new CountOf([EarningEvent.Sale]), 2, Drawn.Points(50)));
        var first = Count(BadgeStanding.Of("b"), book, null, Sale(10));
        var second = Count(first.Standing, book, null, Sale(10));
        Assert.Equal([new BadgeAwarded(Award, 1, Day), new GiftDue("badge/b/1/ever", 1, Drawn.Points(50))], second.Changes);
        var back = Count(second.Standing, book, Sale(10), null);
        Assert.Equal([new BadgeRevoked(Award, Day), new GiftTakenBack("badge/b/1/ever", 1, Drawn.Points(50))], back.Changes);
        Assert.Equal(Day.DayNumber, Assert.Single(back.Standing.Awards).RevokedOn);
        var again = Count(back.Standing, book, null, Sale(10));
        Assert.Equal([new BadgeAwarded(Award, 1, Day), new GiftDue("badge/b/1/ever", 2, Drawn.Points(50))], again.Changes);
    }

    [Theory]
    [InlineData(RevokePolicy.Keep, 1, 1)]
    [InlineData(RevokePolicy.Revoke, 0, 0)]
    [InlineData(RevokePolicy.ReEvaluate, 0, 1)]
    public void What_a_return_does_is_a_policy(RevokePolicy policy, int afterReturn, int afterAnother)
    {
        var book = Book(Badge(new FirstOf([EarningEvent.Sale]), 1) with { OnReturn = policy });
        var returned = Count(Count(BadgeStanding.Of("b"), book, null, Sale(10)).Standing, book, Sale(10), null).Standing;
        Assert.Equal((afterReturn, afterAnother), (returned.Level, Count(returned, book, null, Sale(10)).Standing.Level));
    }

    [Fact]
    public void Recognition_is_kept_and_what_pays_is_re_evaluated_by_default()
    {
        Assert.Equal(RevokePolicy.Keep, Badge(new FirstOf([EarningEvent.Post]), 1).Revoke);
        Assert.Equal(RevokePolicy.ReEvaluate, Badge(new FirstOf([EarningEvent.Post]), 1, Drawn.Points(1)).Revoke);
    }

    [Fact]
    public void A_periodic_badge_comes_once_a_week_and_a_yearly_season_over_the_year_s_end()
    {
        var weekly = Book(Badge(new PeriodicCount([EarningEvent.Visit], BadgePeriod.Week), 2));
        int[] days = [0, 1, 2, 7, 8];
        var standing = days.Aggregate(BadgeStanding.Of("b"), (one, day) => Count(one, weekly, null, At(EarningEvent.Visit, Day.AddDays(day))).Standing);
        Assert.Equal(["2026-W11", "2026-W12"], standing.Awards.Select(award => award.Scope));
        Assert.Empty(BadgeRulings.Forget(standing, weekly, Day.AddDays(90)).Progress);
        var season = Book(Badge(new SeasonalCount([EarningEvent.Visit], new(2025, 12, 20), new(2026, 1, 7), Yearly: true), 1));
        var feast = new[] { new DateOnly(2026, 12, 19), new(2026, 12, 20), new(2027, 1, 6), new(2027, 1, 7), new(2027, 12, 31) }
            .Aggregate(BadgeStanding.Of("b"), (one, day) => Count(one, season, null, At(EarningEvent.Visit, day), day).Standing);
        Assert.Equal(["2026", "2027"], feast.Awards.Select(award => award.Scope));
    }

    [Fact]
    public void Steps_come_from_earning_rules_and_versions_by_date()
    {
        var old = Badge(new CountOf([]), 3) with { Until = Day };
        var book = Book(old, Badge(new CountOf([]), 2) with { Version = 2, From = Day });
        var standing = BadgeStanding.Of("b");
        foreach (var day in new[] { Day.AddDays(-1), Day })
            standing = Count(standing, book, null, Sale(1) with { Date = day, Effects = [new(new("r", 1), NamedKind.Badge, "b", 1), new(new("r", 1), NamedKind.Badge, "other", 5)] }).Standing;
        Assert.Equal((1, 2), (standing.Level, Assert.Single(standing.Awards).Version));
    }

    [Fact]
    public void Founders_are_those_before_the_date_or_those_the_campaign_counted()
    {
        var byDate = Book(Badge(new Founder(Before: Day), 1));
        Assert.Equal((1, 0), (BadgeRulings.Enrol(BadgeStanding.Of("b"), byDate, Day.AddDays(-1)).Standing.Level, BadgeRulings.Enrol(BadgeStanding.Of("b"), byDate, Day).Standing.Level));
        var byNumber = Book(Badge(new Founder(Campaign: "first-500"), 1));
        bool?[] answers = [null, false, true];
        Assert.Equal([0, 0, 1], answers.Select(granted => BadgeRulings.Enrol(BadgeStanding.Of("b"), byNumber, Day, granted).Standing.Level));
    }

    [Fact]
    public void Streak_conditional_and_collective_badges_follow_what_they_are_about()
    {
        var streak = Book(Badge(new StreakOf("s"), 7) with { OnReturn = RevokePolicy.ReEvaluate });
        Assert.Equal([0, 1, 0], new long[] { 6, 7, 5 }.Scan(BadgeStanding.Of("b"), (one, best) => BadgeRulings.Measure(one, streak, best, Day).Standing).Select(one => one.Level));
        var conditional = new Conditional([new HasBadge("a", 2), new HasTier("silver"), new HasStreak("s", 4)]);
        Assert.Equal(1, new Recognised(_ => 2, tier => tier == "silver", _ => 4).Meets(conditional));
        Assert.Equal(0, new Recognised(_ => 1, _ => true, _ => 4).Meets(conditional));
        var together = Book(Badge(new Collective("clean-beach", 2), 1));
        Assert.Equal([0, 1], new long[] { 1, 2 }.Select(gave => BadgeRulings.ReachTogether(BadgeStanding.Of("b"), together, "run-1", 1, gave, Day).Standing.Level));
    }

    [Fact]
    public void People_give_and_take_with_a_reason()
    {
        var book = Book(Badge(new Manual(), 1));
        Assert.Equal("reason-missing", BadgeRulings.Give(BadgeStanding.Of("b"), book, "ever", "anna", "", Day).Refusal?.Code);
        var given = BadgeRulings.Give(BadgeStanding.Of("b"), book, "ever", "anna", "helped at the fair", Day).Standing;
        Assert.Equal(("anna", "helped at the fair"), (given.Awards[0].By, given.Awards[0].Reason));
        Assert.Empty(BadgeRulings.Give(given, book, "ever", "bert", "again", Day).Changes);
        var taken = BadgeRulings.TakeAway(given, book, Award, "carl", "by mistake", Day);
        Assert.Equal((0, "carl"), (taken.Standing.Level, Drawn.Reread(taken.Standing, RecognitionJson.Default.BadgeStanding).Awards[0].By));
        Assert.Equal("no-award", BadgeRulings.TakeAway(taken.Standing, book, Award, "carl", "by mistake", Day).Refusal?.Code);
        Assert.Equal("not-manual", BadgeRulings.Give(given, Book(Badge(new CountOf([]), 1)), "ever", "anna", "x", Day).Refusal?.Code);
    }

    /// <summary>Sales, partial and full returns, in and out of order: what stands is what a recount of what is left says.</summary>
    [Fact]
    public void Progress_and_awards_are_what_still_stands_says()
    {
        var (returns, revoked, reinstated) = (0, 0, 0);
        Drawn.EachSeed((seed, random) =>
        {
            var measure = (BadgeMeasure)(seed % 5);
            BadgeKind kind = random.Next(3) switch
            {
                0 => new CountOf([EarningEvent.Sale], measure),
                1 => new PeriodicCount([EarningEvent.Sale], (BadgePeriod)random.Next(5), measure),
                _ => new SeasonalCount([EarningEvent.Sale], Day, Day.AddDays(25), false, measure),
            };
            var unit = measure == BadgeMeasure.Spend ? 300 : 1;
            var rule = Badge(kind, 2 * unit, Drawn.Points(5)) with { Levels = [new() { At = unit, Gift = Drawn.Points(1) }, new() { At = 3 * unit }, new() { At = 6 * unit, Gift = Drawn.Points(9) }], GraceDays = 366 };
            var book = Book(rule);
            var (standing, sales, open) = (BadgeStanding.Of("b"), new List<Activity>(), new Dictionary<string, int>());
            var stuck = new HashSet<DateOnly>();
            for (var step = 0; step < 40; step++)
            {
                ActivityChange change;
                var today = Day.AddDays(40 + step);
                if (sales.Count > 0 && random.Next(3) == 0)
                {
                    returns++;
                    var at = random.Next(sales.Count);
                    var before = sales[at];
                    Activity? after = random.Next(2) == 0 || before.Items < 2 ? null : before with { Items = before.Items - 1, Spend = before.Spend / 2 };
                    if (after is { } left) sales[at] = left;
                    else sales.RemoveAt(at);
                    if (after is null && measure == BadgeMeasure.Days && before.Date < today.AddDays(-35)) stuck.Add(before.Date);
                    change = new(before, after);
                }
                else
                {
                    sales.Add(new() { Type = EarningEvent.Sale, Date = Day.AddDays(random.Next(40)), Store = Stores[random.Next(3)], Spend = random.Next(1, 500), Items = random.Next(1, 4) });
                    change = new(null, sales[^1]);
                }

                var ruling = BadgeRulings.Count(standing, book, change, today);
                standing = Drawn.Reread(ruling.Standing, RecognitionJson.Default.BadgeStanding);
                foreach (var paid in ruling.Changes)
                {
                    if (paid is GiftDue due) Assert.True((open[due.Key] = open.GetValueOrDefault(due.Key) + 1) == 1 && (due.Turn == 1 || reinstated++ >= 0), $"seed {seed}: {due} twice");
                    if (paid is GiftTakenBack back) Assert.True((open[back.Key] = open.GetValueOrDefault(back.Key) - 1) == 0 && revoked++ >= 0, $"seed {seed}: {back} was not paid");
                }

                Compare();
            }

            void Compare()
            {
                var scopes = sales.Concat(stuck.Select(date => At(EarningEvent.Sale, date))).GroupBy(sale => Scope(kind, sale.Date)).Where(scope => scope.Key is not null).ToDictionary(scope => scope.Key!, scope => Measured(measure, scope));
                foreach (var scope in scopes) Assert.True(standing.ValueIn(scope.Key) == scope.Value, $"seed {seed}: {measure} in {scope.Key} {standing.ValueIn(scope.Key)}, naive {scope.Value}");
                Assert.True(standing.Progress.All(one => scopes.ContainsKey(one.Scope) || one.Value == 0), $"seed {seed}: progress that nothing stands for");
                var naive = scopes.SelectMany(scope => rule.Levels.Select((level, at) => (scope.Key, Level: at + 1, Is: scope.Value >= level.At))).Where(one => one.Is).Select(one => (one.Key, one.Level)).Order();
                Assert.True(standing.Awards.Where(award => award.Stands).Select(award => (award.Scope, award.Level)).Order().SequenceEqual(naive), $"seed {seed}: awards");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Drawn.Cases * 40} activities: {returns} returns, {revoked} gifts taken back, {reinstated} given again");
        Assert.True(returns > 0 && revoked > 0 && reinstated > 0);
    }

    [Fact]
    public void Two_members_have_the_badges_of_both_and_the_gift_of_each_once() => Drawn.EachSeed((seed, random) =>
    {
        var book = Book(Badge(new CountOf([EarningEvent.Sale]), 3, Drawn.Points(5)) with { Levels = [new() { At = 2, Gift = Drawn.Points(1) }, new() { At = 5, Gift = Drawn.Points(2) }] });
        var (one, other) = (Draw(), Draw());
        var merged = BadgeRulings.Merge(one, other, book, Day);
        Assert.True(merged.Standing.ValueIn("ever") == one.ValueIn("ever") + other.ValueIn("ever"), $"seed {seed}: progress");
        Assert.True(merged.Standing.Awards.Select(award => award.Level).Distinct().Count() == merged.Standing.Awards.Length, $"seed {seed}: an award twice");
        var paid = one.Awards.Length + other.Awards.Length + merged.Changes.OfType<GiftDue>().Count() - merged.Changes.OfType<GiftTakenBack>().Count();
        Assert.True(paid == merged.Standing.Awards.Length, $"seed {seed}: {paid} gifts for {merged.Standing.Awards.Length} awards");

        BadgeStanding Draw() => Enumerable.Range(0, random.Next(7)).Aggregate(BadgeStanding.Of("b"), (standing, _) => Count(standing, book, null, Sale(1)).Standing);
    });

    private static BadgeAwardId Award { get; } = new("b", 1, "ever");

    private static decimal Measured(BadgeMeasure measure, IEnumerable<Activity> sales) => measure switch
    {
        BadgeMeasure.Items => sales.Sum(sale => sale.Items),
        BadgeMeasure.Spend => sales.Sum(sale => sale.Spend),
        BadgeMeasure.Days => sales.Select(sale => sale.Date).Distinct().Count(),
        BadgeMeasure.Stores => sales.Select(sale => sale.Store).Distinct().Count(),
        _ => sales.Count(),
    };

    private static string? Scope(BadgeKind kind, DateOnly date) => kind switch
    {
        CountOf => "ever",
        SeasonalCount season => date < season.Until ? "2026" : null,
        PeriodicCount { Per: BadgePeriod.Day } => date.ToString("yyyy-MM-dd", null),
        PeriodicCount { Per: BadgePeriod.Week } => FormattableString.Invariant($"2026-W{System.Globalization.ISOWeek.GetWeekOfYear(date.ToDateTime(default)):00}"),
        PeriodicCount { Per: BadgePeriod.Month } => date.ToString("yyyy-MM", null),
        PeriodicCount { Per: BadgePeriod.Quarter } => date.Month < 4 ? "2026-Q1" : "2026-Q2",
        _ => "2026",
    };

    private static BadgeRule Badge(BadgeKind kind, long at, Gift? gift = null) => new() { Id = "b", Version = 1, Name = Drawn.Named("b"), For = kind, Levels = [new() { At = at, Gift = gift }] };

    private static BadgeBook Book(params ImmutableArray<BadgeRule> rules) => new(rules);

    private static Activity Sale(long spend) => At(EarningEvent.Sale, Day) with { Spend = spend, Items = 1 };

    private static Activity At(EarningEvent type, DateOnly date) => new() { Type = type, Date = date };

    private static BadgeRuling Count(BadgeStanding standing, BadgeBook book, Activity? before, Activity? after, DateOnly? today = null) => BadgeRulings.Count(standing, book, new(before, after), today ?? Day);
}

internal static class Scanning
{
    public static IEnumerable<TState> Scan<T, TState>(this IEnumerable<T> all, TState state, Func<TState, T, TState> step)
    {
        foreach (var one in all) yield return state = step(state, one);
    }
}
