using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

/// <summary>Valid rule documents, receipts and members drawn by a seed.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Skus = ["BREAD", "MILK", "WINE", "SOAP", "NAILS"];
    private static readonly long[] Spends = [50, 100, 200, 250, 300, 500];

    public Random Random { get; } = new(seed);

    /// <summary>Always with a base rule; at most four multipliers, so that every stacking is allowed.</summary>
    public EarningRules Document(Stacking stacking, bool limits = true, bool conditions = true)
    {
        List<EarningRule> rules = [Books.Base];
        var multipliers = 0;
        for (var at = Random.Next(1, 12); at > 0; at--)
        {
            var effect = Effect();
            if (effect is Multiplier && ++multipliers > 4) effect = new Bonus { Points = 3 };
            rules.Add(Books.Rule($"r{Random.Next(1_000_000)}", effect) with
            {
                When = conditions && Random.Next(2) == 0 ? Condition(depth: 1) : null,
                Lines = Random.Next(2) == 0 ? Goods() : null,
                Cap = limits && Random.Next(3) == 0 ? Cap(effect) : null,
                Campaign = limits && Random.Next(4) == 0 ? $"c{Random.Next(2)}" : null,
                WaitsFor = Random.Next(6) == 0 ? EarningEvent.Sale : null,
            });
            if (Random.Next(4) == 0) rules[^1] = rules[^1] with { Then = rules[^1].Then.Add(new Stamps { Card = "card", Count = 1, PerItem = Random.Next(2) == 0 }) };
        }

        return new()
        {
            Stacking = stacking,
            Zones = [new() { Id = "north", Stores = ["GNT"] }],
            Campaigns = [new() { Id = "c0", Budget = 1_000 }, new() { Id = "c1", Quota = 20, Budget = 2_000 }],
            Rules = [.. rules.DistinctBy(rule => rule.Id)],
        };
    }

    public Receipt Receipt(string number = "1", int linesMax = 8)
    {
        var lines = Enumerable.Range(0, Random.Next(1, linesMax))
            .Select(_ => Receipts.Line(Skus[Random.Next(Skus.Length)], Random.Next(1, 5), Random.Next(0, 4_000) / 100m))
            .ToList();
        if (Random.Next(3) == 0) lines.Add(Receipts.Line("OFF", 1, -Random.Next(1, 1_500) / 100m));
        var receipt = Receipts.Sale(number, [.. lines]).At(Receipts.Noon.AddDays(-Random.Next(40)).AddHours(Random.Next(8)));
        receipt = receipt.In(Random.Next(3) == 0 ? "GNT" : "BRU");
        return Random.Next(4) == 0 ? receipt with { PaidWithPoints = Random.Next(1_000) } : receipt;
    }

    public MemberFacts Member() => new()
    {
        Tier = Random.Next(3) switch { 0 => "gold", 1 => "silver", _ => null },
        Segments = Random.Next(2) == 0 ? ["morning"] : [],
        Firsts = (FirstTime)Random.Next(32),
        JoinedAt = Random.Next(3) == 0 ? null : Receipts.Noon.AddDays(-Random.Next(40)),
    };

    public Grants Grants() => new([new("c0", Random.Next(60), 0), new("c1", Random.Next(60), Random.Next(3))]);

    /// <summary>What comes back in so many steps until nothing is left, or before.</summary>
    public List<BroughtBack> Returns(Basket basket, bool whole)
    {
        List<BroughtBack> back = [];
        foreach (var line in basket.Lines.ToArray())
        {
            if (line.Spend == 0) continue;
            var part = Random.NextInt64(line.Spend + 1);
            back.Add(new(line.Sku, Random.Next(3), part));
            if (whole) back.Add(new(line.Sku, line.Quantity, line.Spend - part));
        }

        return back;
    }

    private Effect Effect() => Random.Next(4) switch
    {
        0 => new PointsPerSpend { Points = Random.Next(1, 4), Spend = Spends[Random.Next(Spends.Length)] },
        1 => new Bonus { Points = Random.Next(1, 40), PerItem = Random.Next(2) == 0 },
        _ => new Multiplier { Factor = Random.Next(101, 401) / 100m },
    };

    private Cap Cap(Effect effect) => new()
    {
        Per = (CapPeriod)Random.Next(4),
        Points = Random.Next(3) > 0 ? Random.Next(1, 60) : null,
        Times = effect is not null && Random.Next(3) > 0 ? Random.Next(1, 4) : 5,
    };

    private Goods Goods() => Random.Next(4) switch
    {
        0 => new() { Labels = ["local"] },
        1 => new() { Categories = ["food"], Except = new() { Families = ["dairy"] } },
        2 => new() { Skus = [Skus[Random.Next(Skus.Length)], "NAILS"] },
        _ => new() { Families = ["bakery", "cellar"] },
    };

    private Condition Condition(int depth) => Random.Next(depth > 2 ? 8 : 12) switch
    {
        0 => new StoreIs([Random.Next(3) == 0 ? "GNT" : "BRU"]),
        1 => new ZoneIs(["north"]),
        2 => new WeekdayIs([DayOfWeek.Saturday, DayOfWeek.Sunday, (DayOfWeek)Random.Next(1, 6)]),
        3 => new TierIs(["gold"]),
        4 => Random.Next(2) == 0 ? new SegmentIs(["morning"]) : new JoinedWithin(Random.Next(1, 800)),
        5 or 6 => Random.Next(2) == 0 ? new SpendIs(Random.Next(1, 10_000)) : new SpendIs(null, Random.Next(1, 20_000)),
        7 => new Contains(Goods(), Random.Next(2) == 0 ? Random.Next(1, 4) : null, Random.Next(2) == 0 ? Random.Next(1, 3_000) : null),
        8 => new Not(Condition(depth + 1)),
        9 => new AnyOf([.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Condition(depth + 1))]),
        _ => new AllOf([.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Condition(depth + 1))]),
    };
}
