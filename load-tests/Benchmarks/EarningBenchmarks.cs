using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What a receipt of ten lines costs in rules alone, on one thread: time by the wall clock, the best of five runs, and bytes allocated.
/// The plain award that the engine had before rules is the yardstick.
/// </summary>
internal static class EarningBenchmarks
{
    private const int Rounds = 5;
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly NetSpendSettings Net = new();

    public static void Run(string[] args)
    {
        var count = args is [var first, ..] ? int.Parse(first, null) : 200_000;
        if (args is [_, var file, ..]) Import(File.ReadAllText(file));
        var receipts = Enumerable.Range(0, 64).Select(Receipt).ToArray();
        var catalogue = new Catalogue(Enumerable.Range(0, 4_000).Select(at =>
            new CatalogueItem($"SKU{at}", $"category-{at % 10}", $"family-{at % 40}", at % 5 == 0 ? ["local"] : [], DateOnly.MinValue)));
        var member = new MemberFacts { Tier = "gold", Segments = ["morning"], Counts = [new("cap-0", CapPeriod.Day, Noon.DayOfYear, 10, 1)] };
        var (plain, busy) = (new RuleBook(EarningRules.OnePointAUnit(100), catalogue), new RuleBook(Twenty(), catalogue));
        var grants = new Grants([new("spring", 1_000_000, 0)]);
        var sales = Array.ConvertAll(receipts, receipt => Earn(busy, receipt, member, grants, EarningDetail.Award));
        Console.WriteLine($"  twenty rules: {sales.Average(sale => sale.Applied.Length):N1} apply to a receipt, {sales.Average(sale => sale.Points):N0} points");

        Time("plain award, no rules", count, at => Award.PointsFor(NetSpend.Of(receipts[at & 63], Net), 100));
        Time("the base rule", count, at => Earn(plain, receipts[at & 63], member, Grants.None, EarningDetail.Award).Points);
        Time("twenty rules", count, at => Earn(busy, receipts[at & 63], member, grants, EarningDetail.Award).Points);
        Time("twenty rules, by line", count / 4, at => Earn(busy, receipts[at & 63], member, grants, EarningDetail.Lines).Points);
        Time("twenty rules, why not", count / 4, at => Earn(busy, receipts[at & 63], member, grants, EarningDetail.WhyNot).Points);
        Time("re-rating a return", count / 4, at =>
        {
            var receipt = receipts[at & 63];
            var sold = Basket.Of(receipt, Net);
            return busy.Rerate(sales[at & 63], EventFacts.Of(receipt), sold, sold.Less([new(receipt.Lines[0].Sku, 1, receipt.Lines[0].Amount)])).Points;
        });
        Time("preparing twenty rules", 200, _ => new RuleBook(Twenty(), catalogue).InForceAt(Noon).Length);
    }

    /// <summary>A shop's own file, its kinds taken for categories.</summary>
    private static void Import(string csv)
    {
        var start = Stopwatch.GetTimestamp();
        var (imported, errors) = CatalogueCsv.Read(csv, new() { Category = "kind" });
        Console.WriteLine($"  catalogue: {imported?.Count ?? 0:N0} stock codes, {errors.Length} errors, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms {errors.FirstOrDefault()}");
    }

    private static Earned Earn(RuleBook book, Receipt receipt, MemberFacts member, Grants grants, EarningDetail detail) =>
        book.Evaluate(EventFacts.Of(receipt), Basket.Of(receipt, Net), member, grants, detail);

    private static EarningRules Twenty()
    {
        List<EarningRule> rules = [Rule("base", new PointsPerSpend { Points = 1, Spend = 100 })];
        for (var at = 0; at < 5; at++)
        {
            rules.Add(Rule($"family-{at}", new Multiplier { Factor = 2 }) with { Lines = new() { Families = [$"family-{at}", $"family-{at + 7}"] } });
            rules.Add(Rule($"hour-{at}", new Multiplier { Factor = 1.5m }) with { When = new AllOf([new WeekdayIs([DayOfWeek.Saturday]), new Daypart(new(10 + at, 0), new(12 + at, 30))]) });
            rules.Add(Rule($"cap-{at}", new Bonus { Points = 5, PerItem = true }) with { Lines = new() { Labels = ["local"] }, Cap = new() { Per = CapPeriod.Day, Points = 50 }, Campaign = "spring" });
        }

        rules.Add(Rule("gold", new Multiplier { Factor = 1.25m }) with { When = new TierIs(["gold", "platinum"]) });
        rules.Add(Rule("big", new Bonus { Points = 20 }) with { When = new SpendIs(10_000) });
        rules.Add(Rule("elsewhere", new Bonus { Points = 20 }) with { When = new StoreIs(["GNT"]) });
        rules.Add(Rule("stamps", new Stamps { Card = "c", Count = 1 }) with { When = new Contains(new() { Categories = ["category-3"] }, 2) });
        return new() { Campaigns = [new() { Id = "spring", Budget = 1_000_000 }], Rules = [.. rules] };
    }

    private static EarningRule Rule(string id, Effect then) => new()
    {
        Id = id, Version = 1, On = [EarningEvent.Sale], Then = [then], ValidatedAt = Noon.AddDays(-2), PublishedAt = Noon.AddDays(-2), EffectiveFrom = Noon.AddDays(-1),
    };

    private static Receipt Receipt(int seed)
    {
        var random = new Random(seed);
        ImmutableArray<ReceiptLine> lines = [.. Enumerable.Range(0, 10).Select(_ => new ReceiptLine { Sku = $"SKU{random.Next(4_000)}", Quantity = random.Next(1, 4), UnitPrice = 1, Amount = random.Next(50, 1_500) })];
        return new()
        {
            Key = new("BRU", "1", new(2026, 11, 21), $"{seed}"), Type = ReceiptType.Sale, OccurredAt = Noon, Currency = "EUR", Total = lines.Sum(line => line.Amount), Lines = lines, Content = default,
        };
    }

    private static void Time(string name, int count, Func<int, long> act)
    {
        var best = double.MaxValue;
        long sum = 0, bytes = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var at = 0; at < count; at++) sum += act(at);
            if (round > 0) best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }

        Console.WriteLine($"  {name,-24} {best / 1000,10:N3} µs   {bytes,8:N0} B   (checksum {sum})");
    }
}
