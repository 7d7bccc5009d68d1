using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Impacts;

/// <summary>
/// What was done, as factors multiply it: so much of a basis, in thousandths, on one business date under one factor. It holds no result, so that a corrected
/// factor restates everything exactly, from the same quantities.
/// </summary>
public readonly record struct ImpactQuantity(string Factor, int Day, long Thousandths);

/// <summary>A counter's total and the factor versions that are in it: the sources to be shown with it. There is no total without one.</summary>
public sealed record ImpactTotal(string Counter, Int128 Billionths, ImmutableArray<(string Factor, int Version)> By)
{
    /// <summary>In the counter's unit, rounded down to whole ones: nothing is claimed that was not reached.</summary>
    public long Whole => (long)(Billionths / 1_000_000_000);

    /// <summary>In thousandths of the counter's unit, rounded down.</summary>
    public long Thousandths => long.CreateSaturating(Billionths / 1_000_000);
}

/// <summary>A counter before and after a correction.</summary>
public readonly record struct Restatement(string Counter, Int128 Before, Int128 After);

/// <summary>The factors of a programme, prepared for counting.</summary>
public sealed class ImpactBook
{
    private readonly FrozenDictionary<string, ImmutableArray<ImpactFactor>> _versions;
    private readonly FrozenDictionary<(string, int), GoodsTest> _goods;
    private readonly Lazy<FrozenDictionary<string, string>> _marks;

    public ImpactBook(ImpactFactors factors)
    {
        Counters = factors.Counters;
        _versions = factors.Factors.GroupBy(factor => factor.Id).ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(factor => factor.Version).ToImmutableArray());
        _goods = factors.Factors.Where(factor => factor.Goods is not null).ToFrozenDictionary(factor => (factor.Id, factor.Version), factor => new GoodsTest(factor.Goods!));
        _marks = new(() => _versions.Keys.ToFrozenDictionary(factor => factor, factor => ImpactSelection.Of(this, factor)));
    }

    public ImmutableArray<ImpactCounter> Counters { get; }

    /// <summary>The versions by factor, newest first.</summary>
    internal IReadOnlyDictionary<string, ImmutableArray<ImpactFactor>> Versions => _versions;

    /// <summary>The factors of one counter, in ordinal order; none for one that is not in the document.</summary>
    public IEnumerable<string> FactorsOf(string counter) =>
        _versions.Where(one => one.Value[0].Counter == counter).Select(one => one.Key).Order(StringComparer.Ordinal);

    /// <summary>The factor and which quantities it counts: the same for every version of the document that only values them otherwise.</summary>
    public string MarkOf(string factor) => _marks.Value[factor];

    /// <summary>The newest version that holds on a business date; null for none.</summary>
    public ImpactFactor? InForceOn(string factor, int day)
    {
        if (!_versions.TryGetValue(factor, out var newestFirst)) return null;
        var date = DateOnly.FromDayNumber(day);
        foreach (var version in newestFirst)
        {
            if (version.From <= date && (version.Until is null || date < version.Until)) return version;
        }

        return null;
    }

    /// <summary>
    /// What a deed brings, as it stands. A return is the same deed with less of it, so that taking the old quantities and adding the new is exact. What it
    /// selects is decided by the version in force when it is asked: after a correction of the selection deeds are read again.
    /// </summary>
    public IEnumerable<ImpactQuantity> Of(Deed deed)
    {
        foreach (var factor in _versions.Keys)
        {
            if (InForceOn(factor, deed.Date.DayNumber) is not { } version || !version.On.Contains(deed.Type)) continue;
            if (QuantityOf(deed, version) is > 0 and var quantity) yield return new(factor, deed.Date.DayNumber, quantity);
        }
    }

    /// <summary>Totals of a member, a store or everybody: whoever's quantities these are. Counters in ordinal order.</summary>
    public ImmutableArray<ImpactTotal> Totals(IEnumerable<ImpactQuantity> quantities) =>
    [
        .. quantities.Select(quantity => (quantity, Version: InForceOn(quantity.Factor, quantity.Day))).Where(one => one.Version is not null)
            .GroupBy(one => one.Version!.Counter).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ImpactTotal(
                group.Key,
                group.Aggregate((Int128)0, (sum, one) => sum + ((Int128)one.quantity.Thousandths * one.Version!.Millionths)),
                [.. group.Select(one => (one.Version!.Id, one.Version.Version)).Distinct().Order()])),
    ];

    /// <summary>What changes when this book takes the place of another, for the public record of corrections. Only counters that move.</summary>
    public ImmutableArray<Restatement> Restated(ImpactBook before, IReadOnlyCollection<ImpactQuantity> quantities) => Compare(before.Totals(quantities), Totals(quantities));

    /// <summary>The same where the quantities differ too, because another selection was counted. Only counters that move, in ordinal order.</summary>
    public static ImmutableArray<Restatement> Compare(ImmutableArray<ImpactTotal> before, ImmutableArray<ImpactTotal> after)
    {
        var (old, now) = (before.ToDictionary(total => total.Counter, total => total.Billionths), after.ToDictionary(total => total.Counter, total => total.Billionths));
        return
        [
            .. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                .Select(counter => new Restatement(counter, old.GetValueOrDefault(counter), now.GetValueOrDefault(counter)))
                .Where(restatement => restatement.Before != restatement.After),
        ];
    }

    private long QuantityOf(Deed deed, ImpactFactor factor)
    {
        if (factor.Per == ImpactBasis.Rules) return deed.Impacts.Where(added => added.Counter == factor.Counter).Sum(added => added.Thousandths);
        if (deed.Type != EarningEvent.Sale) return 1_000;
        var goods = _goods.GetValueOrDefault((factor.Id, factor.Version));
        var lines = deed.Goods.Where(line => line.Spend > 0 && (goods is null || goods.Picks(new(line.Sku, line.Spend, line.Quantity, new(line.Category, line.Family, line.Labels)), null))).ToArray();
        return factor.Per switch
        {
            ImpactBasis.Items => (long)decimal.Floor(lines.Sum(line => line.Quantity) * 1_000),
            ImpactBasis.Spend => (goods is null ? deed.Spend : lines.Sum(line => line.Spend)) * 10,
            _ => goods is null ? deed.Spend > 0 ? 1_000 : 0 : lines.Length > 0 ? 1_000 : 0,
        };
    }
}
