using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

/// <summary>Rule documents and books for tests, with only what matters spelled out.</summary>
internal static class Books
{
    public static readonly DateTimeOffset Published = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly EarningRule Base = Rule("base", new PointsPerSpend { Points = 1, Spend = 100 });

    public static readonly Catalogue Goods = new(
    [
        new("BREAD", "food", "bakery", ["local"], DateOnly.MinValue),
        new("MILK", "food", "dairy", ["local", "organic"], DateOnly.MinValue),
        new("WINE", "drinks", "cellar", [], DateOnly.MinValue),
        new("SOAP", "care", null, [], DateOnly.MinValue),
    ]);

    public static ProgrammeSettings Settings => Receipts.Programme();

    public static EarningRule Rule(string id, params Effect[] then) => new()
    {
        Id = id,
        Version = 1,
        On = [EarningEvent.Sale],
        Then = [.. then],
        ValidatedAt = Published,
        PublishedAt = Published,
        EffectiveFrom = Published + EarningRule.Notice,
    };

    public static EarningRule Times(string id, decimal factor, Condition? when = null, Goods? lines = null) =>
        Rule(id, new Multiplier { Factor = factor }) with { When = when, Lines = lines };

    public static Goods Family(string family) => new() { Families = [family] };

    public static EarningRules Document(params EarningRule[] rules) => Document(Stacking.Highest, rules);

    public static EarningRules Document(Stacking stacking, params EarningRule[] rules) => new() { Stacking = stacking, Rules = [.. rules] };

    public static RuleBook Of(params EarningRule[] rules) => new(Document(rules), Goods);

    public static Basket Basket(Receipt receipt) => Gamification.Rules.Earning.Basket.Of(receipt, new());

    public static Earned Earn(this RuleBook book, Receipt receipt, MemberFacts? member = null, Grants? grants = null, EarningDetail detail = EarningDetail.Award) =>
        book.Evaluate(EventFacts.Of(receipt), Basket(receipt), member ?? MemberFacts.Unknown, grants ?? Grants.None, detail);

    public static Earned Earn(this RuleBook book, EarningEvent kind, MemberFacts? member = null, Grants? grants = null) =>
        book.Evaluate(Event(kind), Gamification.Rules.Earning.Basket.Empty, member ?? MemberFacts.Unknown, grants ?? Grants.None);

    public static Earned Rerate(this RuleBook book, Earned sale, Receipt receipt, params BroughtBack[] back) =>
        book.Rerate(sale, EventFacts.Of(receipt), Basket(receipt), Basket(receipt).Less(back));

    public static EventFacts Event(EarningEvent kind) => new()
    {
        Type = kind,
        OccurredAt = Receipts.Noon,
        BusinessDate = DateOnly.FromDateTime(Receipts.Noon.DateTime),
        LocalTime = new(12, 0),
    };

    /// <summary>The member as it is after an award: its counters moved on.</summary>
    public static MemberFacts After(this MemberFacts member, ImmutableArray<CapCount> counts, int sign = 1)
    {
        var all = member.Counts.ToList();
        foreach (var count in counts)
        {
            var at = all.FindIndex(known => (known.Rule, known.Per, known.FromDay) == (count.Rule, count.Per, count.FromDay));
            var (points, times) = at < 0 ? (0, 0) : (all[at].Points, all[at].Times);
            var next = count with { Points = points + (sign * count.Points), Times = times + (sign * count.Times) };
            if (at < 0) all.Add(next);
            else all[at] = next;
        }

        return member with { Counts = [.. all] };
    }
}
