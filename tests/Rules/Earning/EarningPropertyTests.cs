using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

/// <summary>Laws over drawn rules, receipts and members; the seed stands in every failure. EARNING_SEEDS draws more.</summary>
public sealed class EarningPropertyTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("EARNING_SEEDS") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public void Every_drawn_document_is_valid() => EachSeed((seed, draw) =>
    {
        var document = draw.Document((Stacking)(seed % 3));
        var errors = EarningValidation.Check(document, Books.Settings).Where(error => error.Code != "unnamed");
        Assert.True(!errors.Any(), $"seed {seed}: {string.Join('\n', errors)}");
    });

    [Fact]
    public void Lines_and_rules_each_add_up_to_the_points_and_no_part_is_negative() => EachSeed((seed, draw) =>
    {
        var earned = Book(seed, draw).Earn(draw.Receipt(), draw.Member(), draw.Grants(), EarningDetail.Lines);
        Assert.True(earned.Points == earned.Lines.Sum(line => line.Points), $"seed {seed}: lines");
        Assert.True(earned.Points == earned.Applied.Sum(rule => rule.Points), $"seed {seed}: rules");
        Assert.True(earned.Lines.All(line => line.Points >= 0) && earned.Applied.All(rule => rule.Points >= 0), $"seed {seed}");
    });

    [Fact]
    public void A_preview_with_every_detail_is_the_award() => EachSeed((seed, draw) =>
    {
        var (book, receipt, member, grants) = (Book(seed, draw), draw.Receipt(), draw.Member(), draw.Grants());
        var award = book.Earn(receipt, member, grants);
        var preview = book.Earn(receipt, member, grants, EarningDetail.Lines | EarningDetail.WhyNot);
        Assert.True(Recorded(award) == Recorded(preview), $"seed {seed}:\n{Recorded(award)}\n{Recorded(preview)}");
        var explained = preview.Applied.Where(rule => rule.Granted != 0).Select(rule => rule.Rule).Concat(preview.WhyNot.Select(why => why.Rule)).Order(Comparer<RuleVersionId>.Create((a, b) => string.CompareOrdinal(a.Rule, b.Rule)));
        Assert.True(book.InForceAt(receipt.OccurredAt).Length >= explained.Count(), $"seed {seed}");
    });

    [Fact]
    public void What_was_rated_to_learn_what_it_takes_of_campaigns_is_the_award_once_that_is_set_aside() => EachSeed((seed, draw) =>
    {
        var (book, receipt, member, pools) = (Book(seed, draw), draw.Receipt(), draw.Member(), draw.Grants());
        var (drawn, rated) = (Grants.None, (Earned?)null);
        for (var free = Grants.Unlimited; rated is null; free = drawn with { OthersAreFree = true })
        {
            var wanted = book.Earn(receipt, member, free);
            CampaignUse[] missing = [.. wanted.Campaigns.Where(use => drawn.Leased.All(grant => grant.Campaign != use.Campaign))];
            if (missing.Length == 0) rated = wanted;
            drawn = new([.. drawn.Leased, .. missing.Select(use => new CampaignGrant(use.Campaign, Math.Min(use.Points, pools.Of(use.Campaign).Points), Math.Min(use.Awards, pools.Of(use.Campaign).Awards)))]);
        }

        Assert.True(Recorded(book.Earn(receipt, member, drawn)) == Recorded(rated), $"seed {seed}");
    });

    [Fact]
    public void The_award_is_what_exact_fractions_say() => EachSeed((seed, draw) =>
    {
        var stacking = (Stacking)(seed % 3);
        var document = draw.Document(stacking, limits: false);
        var (receipt, book) = (draw.Receipt(), new RuleBook(document, Books.Goods));
        var earned = book.Earn(receipt, draw.Member(), detail: EarningDetail.Lines);
        var oracle = SlowAward(stacking, [.. earned.Applied.Select(rule => book.Find(rule.Rule)!)], receipt);
        Assert.True(oracle == earned.Points, $"seed {seed}: {earned.Points}, exactly {oracle}");
    });

    [Fact]
    public void Highest_is_never_more_than_additive_nor_additive_than_compound() => EachSeed((seed, draw) =>
    {
        var document = draw.Document(Stacking.Highest, limits: false);
        var (receipt, member) = (draw.Receipt(), draw.Member());
        var points = new[] { Stacking.Highest, Stacking.Additive, Stacking.Compound }
            .Select(stacking => new RuleBook(document with { Stacking = stacking }, Books.Goods).Earn(receipt, member).Points).ToArray();
        Assert.True(points[0] <= points[1] && points[1] <= points[2], $"seed {seed}: {string.Join(" ", points)}");
        var lone = document with { Rules = [.. document.Rules.Where(rule => rule.Then[0] is not Multiplier), .. document.Rules.Where(rule => rule.Then[0] is Multiplier).Take(1)] };
        var alone = Enum.GetValues<Stacking>().Select(stacking => new RuleBook(lone with { Stacking = stacking }, Books.Goods).Earn(receipt, member).Points);
        Assert.True(alone.Distinct().Count() == 1, $"seed {seed}: one multiplier stacks in one way");
    });

    [Fact]
    public void Caps_and_budgets_are_never_exceeded_also_when_returns_make_room() => EachSeed((seed, draw) =>
    {
        var document = draw.Document((Stacking)(seed % 3));
        var (book, member) = (new RuleBook(document, Books.Goods), draw.Member());
        var pools = document.Campaigns.ToDictionary(campaign => campaign.Id, campaign => (Points: campaign.Budget!.Value / 20, Awards: campaign.Quota ?? 0));
        List<(Receipt Receipt, Earned Sale, Earned Now, List<BroughtBack> Back)> sales = [];
        for (var step = 0; step < 12; step++)
        {
            if (sales.Count > 0 && draw.Random.Next(3) == 0)
            {
                var at = draw.Random.Next(sales.Count);
                var (returned, sale, before, back) = sales[at];
                back.AddRange(draw.Returns(Books.Basket(returned), whole: draw.Random.Next(2) == 0));
                var now = book.Rerate(sale, returned, [.. Sums(back)]);
                member = member.After(before.Counts, -1).After(now.Counts);
                foreach (var (was, left) in before.Campaigns.Zip(now.Campaigns)) pools[was.Campaign] = (pools[was.Campaign].Points + was.Points - left.Points, pools[was.Campaign].Awards);
                sales[at] = (returned, sale, now, back);
            }
            else
            {
                var receipt = draw.Receipt();
                var earned = book.Earn(receipt, member, new([.. pools.Select(pool => new CampaignGrant(pool.Key, pool.Value.Points, pool.Value.Awards))]));
                member = member.After(earned.Counts);
                foreach (var use in earned.Campaigns)
                    pools[use.Campaign] = (pools[use.Campaign].Points - use.Points, pools[use.Campaign].Awards - (document.Campaigns.First(known => known.Id == use.Campaign).Quota is null ? 0 : use.Awards));
                sales.Add((receipt, earned, earned, []));
                Assert.True(earned.Applied.All(rule => rule.Granted is null || rule.Points == rule.Granted), $"seed {seed}: a cut award is exactly what was left");
            }

            Assert.True(pools.Values.All(pool => pool.Points >= 0 && pool.Awards >= 0), $"seed {seed}: overspent");
            foreach (var count in member.Counts)
            {
                var cap = document.Rules.First(rule => rule.Id == count.Rule).Cap!;
                Assert.True(count.Points >= 0 && count.Points <= (cap.Points ?? long.MaxValue) && count.Times <= (cap.Times ?? int.MaxValue), $"seed {seed}: {count} over {cap}");
                var awarded = sales.SelectMany(sale => sale.Now.Counts.Where(each => (each.Per, each.FromDay, each.Rule) == (count.Per, count.FromDay, count.Rule))
                    .Select(each => sale.Now.Applied.First(rule => rule.Rule.Rule == each.Rule).Points)).Sum();
                Assert.True(awarded <= count.Points, $"seed {seed}: {awarded} awarded, {count} counted");
            }
        }
    });

    [Fact]
    public void Returns_only_take_in_any_order_they_land_the_same_and_a_full_one_lands_at_nothing() => EachSeed((seed, draw) =>
    {
        var (book, receipt) = (Book(seed, draw), draw.Receipt());
        var sale = book.Earn(receipt, draw.Member(), draw.Grants());
        var whole = draw.Random.Next(2) == 0;
        var steps = draw.Returns(Books.Basket(receipt), whole);
        var last = sale;
        var standings = new List<Earned>();
        foreach (var order in new[] { steps, [.. steps.OrderBy(_ => draw.Random.Next())] })
        {
            last = sale;
            for (var step = 1; step <= order.Count; step++)
            {
                var next = book.Rerate(sale, receipt, [.. Sums(order.Take(step))]);
                Assert.True(next.Points <= last.Points, $"seed {seed}: a return gave {next.Points - last.Points} points");
                foreach (var count in next.Counts)
                    Assert.True(last.Counts.Any(was => was.Rule == count.Rule && was.Points >= count.Points), $"seed {seed}: a return filled a cap");
                foreach (var effect in next.Effects)
                    Assert.True(last.Effects.Any(was => was.Rule == effect.Rule && was.Id == effect.Id && was.Quantity >= effect.Quantity), $"seed {seed}: a return gave stamps");
                foreach (var (was, now) in last.Campaigns.Zip(next.Campaigns))
                    Assert.True(now.Points <= was.Points && now.Awards == was.Awards, $"seed {seed}: a return spent a budget");
                last = next;
            }

            standings.Add(last);
        }

        Assert.True(Recorded(standings[0]) == Recorded(standings[1]), $"seed {seed}: the order of returns mattered");
        if (whole && steps.Count > 0) Assert.True(last.Points == 0 && last.Effects.IsEmpty && last.Counts.IsEmpty, $"seed {seed}: {last.Points} left of a full return");
        var untouched = book.Rerate(sale, EventFacts.Of(receipt), Books.Basket(receipt), Books.Basket(receipt));
        Assert.True(untouched.Points == sale.Points, $"seed {seed}: nothing came back and {sale.Points} became {untouched.Points}");
    });

    [Fact]
    public void Without_caps_and_budgets_the_order_of_receipts_does_not_matter() => EachSeed((seed, draw) =>
    {
        var book = new RuleBook(draw.Document((Stacking)(seed % 3), limits: false), Books.Goods);
        var member = draw.Member();
        var receipts = Enumerable.Range(0, 6).Select(at => draw.Receipt($"{at}")).ToArray();
        Assert.True(Run(receipts) == Run([.. receipts.OrderBy(_ => draw.Random.Next())]), $"seed {seed}");

        string Run(Receipt[] order)
        {
            var (now, awards) = (member, new SortedDictionary<string, string>(StringComparer.Ordinal));
            foreach (var receipt in order)
            {
                var earned = book.Earn(receipt, now);
                now = now.After(earned.Counts);
                awards.Add(receipt.Key.ToString(), Recorded(earned));
            }

            return string.Join('\n', awards);
        }
    });

    [Fact]
    public void A_rule_that_does_not_match_changes_nothing() => EachSeed((seed, draw) =>
    {
        var document = draw.Document((Stacking)(seed % 3));
        var (receipt, member, grants) = (draw.Receipt(), draw.Member(), draw.Grants());
        var effect = draw.Random.Next(3) switch { 0 => new Multiplier { Factor = 9 }, 1 => new Bonus { Points = 1_000 }, _ => (Effect)new PointsPerSpend { Points = 7, Spend = 350 } };
        var foreign = Books.Rule($"a{seed}", effect) with { When = draw.Random.Next(2) == 0 ? new StoreIs(["NOWHERE"]) : new SpendIs(99_000_000), Campaign = draw.Random.Next(2) == 0 ? "c0" : null };
        var with = new RuleBook(document with { Rules = document.Rules.Add(foreign) }, Books.Goods);
        Assert.True(Recorded(new RuleBook(document, Books.Goods).Earn(receipt, member, grants)) == Recorded(with.Earn(receipt, member, grants)), $"seed {seed}");
    });

    [Fact]
    public void At_every_instant_the_version_that_began_last_decides() => EachSeed((seed, draw) =>
    {
        var start = Receipts.Noon;
        var versions = Enumerable.Range(1, draw.Random.Next(1, 8)).Select(version => Books.Base with
        {
            Version = version,
            Then = [new PointsPerSpend { Points = version, Spend = 100 }],
            EffectiveFrom = start.AddHours(draw.Random.Next(20)),
            EffectiveUntil = draw.Random.Next(3) == 0 ? start.AddHours(draw.Random.Next(20)) : null,
        }).ToArray();
        var book = Books.Of([.. versions.OrderBy(_ => draw.Random.Next())]);
        for (var hour = -1; hour <= 20; hour++)
        {
            var at = start.AddHours(hour);
            EarningRule? current = null;
            foreach (var version in versions)
            {
                if (version.EffectiveFrom > at || version.EffectiveUntil <= version.EffectiveFrom) continue;
                if (current is null || version.EffectiveFrom >= current.EffectiveFrom) current = version;
            }

            var expected = current is null || current.EffectiveUntil <= at ? 0 : current.Version * 10;
            Assert.True(expected == book.Earn(Receipts.Sale("1", 10m).At(at)).Points, $"seed {seed}, hour {hour}");
        }
    });

    private static void EachSeed(Action<int, RandomRules> check)
    {
        for (var seed = 0; seed < Cases; seed++) check(seed, new(seed));
    }

    private static RuleBook Book(int seed, RandomRules draw) => new(draw.Document((Stacking)(seed % 3)), Books.Goods);

    private static IEnumerable<BroughtBack> Sums(IEnumerable<BroughtBack> back) =>
        back.GroupBy(one => one.Sku).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new BroughtBack(group.Key, group.Sum(one => one.Quantity), group.Sum(one => one.Spend)));

    private static string Recorded(Earned earned) =>
        System.Text.Json.JsonSerializer.Serialize(earned with { Lines = [], WhyNot = [] }, EarningJson.Options);

    /// <summary>Fractions of whole numbers, line by line, floored at the end.</summary>
    private static long SlowAward(Stacking stacking, ImmutableArray<EarningRule> rules, Receipt receipt)
    {
        var (above, below, bonus) = (BigInteger.Zero, BigInteger.One, 0L);
        foreach (var line in Books.Basket(receipt).Lines.ToArray())
        {
            var hundredths = rules.Where(rule => Counts(rule, line)).Select(rule => rule.Then[0]).OfType<Multiplier>().Select(effect => (BigInteger)(int)(effect.Factor * 100)).ToArray();
            var (up, down) = stacking switch
            {
                Stacking.Highest => (hundredths.DefaultIfEmpty(100).Max(), (BigInteger)100),
                Stacking.Additive => (100 + hundredths.Aggregate(BigInteger.Zero, (sum, one) => sum + one - 100), (BigInteger)100),
                _ => (hundredths.Aggregate(BigInteger.One, (product, one) => product * one), BigInteger.Pow(100, hundredths.Length)),
            };
            foreach (var rule in rules.Where(rule => Counts(rule, line)))
            {
                if (rule.Then[0] is not PointsPerSpend points) continue;
                var (numerator, denominator) = (line.Spend * points.Points * up, points.Spend * down);
                (above, below) = ((above * denominator) + (numerator * below), below * denominator);
            }
        }

        foreach (var rule in rules)
        {
            if (rule.Then[0] is not Bonus effect) continue;
            var pieces = Books.Basket(receipt).Lines.ToArray().Where(line => Counts(rule, line)).Sum(line => line.Quantity);
            bonus += effect.Points * (effect.PerItem ? (long)decimal.Floor(pieces) : 1);
        }

        return (long)(above / below) + bonus;
    }

    private static bool Counts(EarningRule rule, BasketLine line) => line.Spend > 0 && (rule.Lines is null || Picks(rule.Lines, line.Sku));

    private static bool Picks(Goods goods, string sku)
    {
        var item = Books.Goods.Find(sku, DateOnly.MaxValue);
        return (goods.Skus.IsEmpty || goods.Skus.Contains(sku))
            && (goods.Categories.IsEmpty || goods.Categories.Contains(item?.Category ?? ""))
            && (goods.Families.IsEmpty || goods.Families.Contains(item?.Family ?? ""))
            && (goods.Labels.IsEmpty || goods.Labels.Any(label => item?.Labels.Contains(label) ?? false))
            && (goods.Except is null || !Picks(goods.Except, sku));
    }
}
