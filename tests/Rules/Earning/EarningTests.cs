using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

/// <summary>Spec §7, one case at a time.</summary>
public sealed class EarningTests
{
    private static readonly Receipt Basket = Receipts.Sale("1", Receipts.Line("BREAD", 2, 3.25m), Receipts.Line("WINE", 1, 13.80m), Receipts.Line("SOAP", 1, 2.60m));

    [Theory]
    [InlineData(0)]
    [InlineData(0.99)]
    [InlineData(1)]
    [InlineData(139.12)]
    public void The_base_rule_alone_awards_what_a_programme_without_rules_awards(double total)
    {
        var receipt = Receipts.Sale("1", (decimal)total);
        var plain = new RuleBook(EarningRules.OnePointAUnit(100), Catalogue.Empty);
        Assert.Equal(Award.PointsFor(NetSpend.Of(receipt, new()), 100), plain.Earn(receipt).Points);
    }

    [Fact]
    public void The_receipt_is_floored_once_and_not_each_rule()
    {
        // 22.90: base 22.9, a tenth on top 2.29 from two rules of a twentieth each.
        var book = Books.Of(Books.Base, Books.Rule("half-a", new PointsPerSpend { Points = 1, Spend = 2000 }), Books.Rule("half-b", new PointsPerSpend { Points = 1, Spend = 2000 }));
        var earned = book.Earn(Basket);
        Assert.Equal(25, earned.Points);
        Assert.Equal([("base", 23L), ("half-a", 1L), ("half-b", 1L)], earned.Applied.Select(rule => (rule.Rule.Rule, rule.Points)));
    }

    [Theory]
    [InlineData(Stacking.Highest, 68, 3)]   // 22.9 x 3
    [InlineData(Stacking.Additive, 91, 4)]  // 22.9 x 4
    [InlineData(Stacking.Compound, 137, 6)] // 22.9 x 6
    public void Multipliers_that_meet_stack_by_the_programmes_policy(Stacking stacking, long points, int multiplier)
    {
        var book = new RuleBook(Books.Document(stacking, Books.Base, Books.Times("double", 2), Books.Times("triple", 3)), Books.Goods);
        var earned = book.Earn(Basket);
        Assert.Equal(points, earned.Points);
        Assert.Equal(multiplier, earned.Multiplier);
    }

    [Fact]
    public void A_multiplier_of_some_goods_multiplies_their_lines_and_no_bonus()
    {
        var book = Books.Of(Books.Base, Books.Rule("gift", new Bonus { Points = 10 }), Books.Times("bakery", 2, lines: Books.Family("bakery")));
        var earned = book.Earn(Basket, detail: EarningDetail.Lines);
        Assert.Equal(22 + 10 + 7, earned.Points); // 22.9 + 6.5 + 10
        Assert.Equal([2m, 1m, 1m], earned.Lines.Select(line => line.Multiplier));
        Assert.Equal(earned.Points, earned.Lines.Sum(line => line.Points));
    }

    [Fact]
    public void A_cap_gives_a_partial_award_and_then_nothing()
    {
        var capped = Books.Base with { Cap = new() { Per = CapPeriod.Day, Points = 30 } };
        var (book, member) = (Books.Of(capped), MemberFacts.Unknown);
        List<long> awarded = [];
        for (var at = 0; at < 3; at++)
        {
            var earned = book.Earn(Basket, member);
            awarded.Add(earned.Points);
            member = member.After(earned.Counts);
        }

        Assert.Equal([22, 8, 0], awarded);
        Assert.Equal(22, book.Earn(Basket.At(Receipts.Noon.AddDays(1)), member).Points);
    }

    [Fact]
    public void A_cap_of_times_counts_times_by_iso_week()
    {
        var visit = Books.Rule("visit", new FixedPoints { Points = 5 }) with { On = [EarningEvent.Visit], Cap = new() { Per = CapPeriod.Week, Times = 1 } };
        var book = Books.Of(visit);
        var first = book.Earn(EarningEvent.Visit);
        Assert.Equal((5, new CapCount("visit", CapPeriod.Week, new DateOnly(2026, 11, 16).DayNumber, 5, 1)), (first.Points, Assert.Single(first.Counts)));
        Assert.Same(Earned.Nothing, book.Earn(EarningEvent.Visit, MemberFacts.Unknown.After(first.Counts)));
    }

    [Fact]
    public void A_budget_is_never_overspent_though_two_rules_share_it_in_parts_of_a_point()
    {
        var half = new PointsPerSpend { Points = 1, Spend = 200 };
        var document = Books.Document(
            Books.Base,
            Books.Rule("a", half) with { Campaign = "spring" },
            Books.Rule("b", half) with { Campaign = "spring" }) with { Campaigns = [new() { Id = "spring", Budget = 1_000 }] };
        var book = new RuleBook(document, Books.Goods);
        Assert.Equal(22, Assert.Single(book.Wants(EventFacts.Of(Basket), Books.Basket(Basket), MemberFacts.Unknown)).Points);
        for (var granted = 0; granted < 26; granted++)
        {
            var earned = book.Earn(Basket, grants: new([new("spring", granted, 0)]));
            Assert.InRange(earned.Campaigns.Sum(use => use.Points), 0, granted);
        }
    }

    [Fact]
    public void A_quota_is_used_up_by_awards()
    {
        var document = Books.Document(Books.Rule("early", new Bonus { Points = 100 }) with { Campaign = "early", On = [EarningEvent.Enrolment] })
            with { Campaigns = [new() { Id = "early", Quota = 500 }] };
        var book = new RuleBook(document, Books.Goods);
        Assert.Equal(new CampaignUse("early", 100, 1), Assert.Single(book.Earn(EarningEvent.Enrolment, grants: new([new("early", 0, 1)])).Campaigns));
        Assert.Equal(0, book.Earn(EarningEvent.Enrolment, grants: new([new("early", 0, 0)])).Points);
        Assert.Equal(0, book.Earn(EarningEvent.Enrolment).Points);
    }

    [Fact]
    public void Other_effects_count_whole_pieces_of_goods_that_were_paid_for()
    {
        var coffee = Books.Rule("coffee", new Stamps { Card = "coffee", Count = 1, PerItem = true }, new Impact { Counter = "cups", Quantity = 0.5m, PerItem = true })
            with { Lines = new() { Skus = ["COFFEE"] } };
        var receipt = Receipts.Sale("1", Receipts.Line("COFFEE", 2, 2.50m), Receipts.Line("COFFEE", 1, 0m), Receipts.Line("TEA", 4, 2m));
        var earned = Books.Of(coffee).Earn(receipt);
        Assert.Equal([(NamedKind.Card, 2m), (NamedKind.Impact, 1m)], earned.Effects.Select(effect => (effect.Kind, effect.Quantity)));
        Assert.Equal(0, earned.Points);
    }

    [Fact]
    public void The_version_in_force_when_it_occurred_decides_and_stands_on_the_award()
    {
        var change = new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
        var second = Books.Base with { Version = 2, Then = [new PointsPerSpend { Points = 2, Spend = 100 }], PublishedAt = change.AddHours(-1), EffectiveFrom = change, EffectiveUntil = change.AddHours(2) };
        var book = Books.Of(Books.Base, second);
        Assert.Equal(("base@1", 22L), Award(book, change.AddTicks(-1)));
        Assert.Equal(("base@2", 45L), Award(book, change));
        Assert.Equal(("base@2", 45L), Award(book, change.AddHours(2).AddTicks(-1)));
        Assert.Equal(0, book.Earn(Basket.At(change.AddHours(2))).Points);
        Assert.Equal(0, book.Earn(Basket.At(Books.Published)).Points);
        Assert.Equal(["base@2"], book.InForceAt(change).Select(rule => rule.VersionId.ToString()));

        static (string, long) Award(RuleBook book, DateTimeOffset at)
        {
            var earned = book.Earn(Basket.At(at));
            return (Assert.Single(earned.Applied).Rule.ToString(), earned.Points);
        }
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_holds_or_not(string name, Condition condition, bool holds)
    {
        var book = new RuleBook(Books.Document(Books.Rule("bonus", new Bonus { Points = 7 }) with { When = condition }) with { Zones = [new() { Id = "capital", Stores = ["BRU"] }] }, Books.Goods);
        var member = new MemberFacts { Tier = "gold", Segments = ["morning"], Firsts = FirstTime.InStore, JoinedAt = Receipts.Noon.AddHours(-2) };
        var earned = book.Earn(Basket, member, detail: EarningDetail.WhyNot);
        Assert.True(holds == (earned.Points == 7), name);
        Assert.Equal(holds ? [] : [WhyNotReason.Condition], earned.WhyNot.Select(why => why.Reason));
    }

    public static TheoryData<string, Condition, bool> Conditions()
    {
        // Saturday 21 November 2026 at noon, in BRU, 22.90.
        var data = new TheoryData<string, Condition, bool>();
        void Both(string name, Condition yes, Condition no)
        {
            data.Add(name, yes, true);
            data.Add(name, no, false);
            data.Add($"not {name}", new Not(no), true);
            data.Add($"not {name}", new Not(yes), false);
        }

        Both("store", new StoreIs(["GNT", "BRU"]), new StoreIs(["GNT"]));
        Both("zone", new ZoneIs(["capital"]), new ZoneIs([]));
        Both("channel", new ChannelIs([Channel.Store, Channel.App]), new ChannelIs([Channel.Web]));
        Both("daypart", new Daypart(new(12, 0), new(12, 1)), new Daypart(new(7, 0), new(12, 0)));
        Both("daypart over midnight", new Daypart(new(22, 0), new(12, 1)), new Daypart(new(22, 0), new(12, 0)));
        Both("weekday", new WeekdayIs([DayOfWeek.Saturday]), new WeekdayIs([DayOfWeek.Friday]));
        Both("dates", new DateWithin(new(2026, 11, 21), new(2026, 11, 22)), new DateWithin(null, new(2026, 11, 21)));
        Both("segment", new SegmentIs(["new", "morning"]), new SegmentIs(["new"]));
        Both("tier", new TierIs(["gold"]), new TierIs(["silver"]));
        Both("first", new FirstTimeOf(FirstTime.InStore), new FirstTimeOf(FirstTime.Ever));
        Both("joined", new JoinedWithin(3), new JoinedWithin(2));
        Both("spend", new SpendIs(2290), new SpendIs(2291));
        Both("spend below", new SpendIs(null, 2291), new SpendIs(null, 2290));
        Both("contains", new Contains(new() { Labels = ["local"] }), new Contains(new() { Labels = ["local"], Except = Books.Family("bakery") }));
        Both("contains so many", new Contains(Books.Family("bakery"), 2), new Contains(Books.Family("bakery"), 2.5m));
        Both("contains for so much", new Contains(Books.Family("bakery"), null, 650), new Contains(Books.Family("bakery"), null, 651));
        Both("all", new AllOf([new StoreIs(["BRU"]), new TierIs(["gold"])]), new AllOf([new StoreIs(["BRU"]), new TierIs(["silver"])]));
        Both("any", new AnyOf([new StoreIs(["GNT"]), new TierIs(["gold"])]), new AnyOf([new StoreIs(["GNT"]), new TierIs(["silver"])]));
        return data;
    }

    [Fact]
    public void Why_not_names_the_part_that_failed_and_the_rule_that_did_better()
    {
        var book = Books.Of(
            Books.Base,
            Books.Times("double", 2),
            Books.Times("triple", 3),
            Books.Rule("dairy", new Bonus { Points = 1 }) with { Lines = Books.Family("dairy") },
            Books.Rule("gold", new Bonus { Points = 1 }) with { When = new AllOf([new StoreIs(["BRU"]), new TierIs(["gold"])]) });
        var earned = book.Earn(Basket, detail: EarningDetail.WhyNot);
        Assert.Equal([("dairy", WhyNotReason.NoGoods), ("gold", WhyNotReason.Condition)], earned.WhyNot.Select(why => (why.Rule.Rule, why.Reason)));
        Assert.IsType<TierIs>(earned.WhyNot[1].Unmet);
        Assert.Equal(["double"], earned.Applied.Where(rule => rule.Outdone).Select(rule => rule.Rule.Rule));
    }

    [Fact]
    public void Discounts_and_points_paid_are_spread_over_the_lines()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("BREAD", 1, 10m), Receipts.Line("WINE", 1, 20m), Receipts.Line("OFF", 1, -6m)) with { PaidWithPoints = 300 };
        var lines = Books.Basket(receipt).Lines;
        Assert.Equal([700, 1400, 0], new[] { lines[0].Spend, lines[1].Spend, lines[2].Spend });
        Assert.Equal(21 + 7, Books.Of(Books.Base, Books.Times("bakery", 2, lines: Books.Family("bakery"))).Earn(receipt).Points);
    }

    [Fact]
    public void A_lines_own_fields_win_over_the_catalogue()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("WINE", 1, 10m));
        var book = Books.Of(Books.Rule("bakery", new Bonus { Points = 3 }) with { Lines = Books.Family("bakery") });
        Assert.Equal(0, book.Earn(receipt).Points);
        var own = Gamification.Rules.Earning.Basket.Of(receipt, new(), [new(null, "bakery", default)]);
        Assert.Equal(3, book.Evaluate(EventFacts.Of(receipt), own, MemberFacts.Unknown, Grants.None).Points);
    }
}
