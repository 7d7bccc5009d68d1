using System.Collections.Immutable;
using Gamification.Programmes;

namespace Gamification.Rules;

/// <summary>
/// Finds the sales that an unlinked return most likely undoes (spec §5): sales of the same stock codes that occurred no later
/// than the return, in the order given. What a match takes is the sale's own price of the goods, and it is final.
/// </summary>
internal static class SkuMatching
{
    public static (ImmutableArray<TakenBack> Taken, ImmutableArray<SkuQuantity> Left) Match(
        ImmutableArray<SkuQuantity> wanted, DateTimeOffset returnedAt, IEnumerable<PastSale> sales, AccountContext context)
    {
        var left = wanted.ToDictionary(want => want.Sku, want => want.Quantity);
        var taken = ImmutableArray.CreateBuilder<TakenBack>();
        foreach (var sale in sales)
        {
            if (left.Count == 0) break;
            if (sale.Receipt.OccurredAt > returnedAt) continue;
            var matched = Allocate(sale, left);
            if (matched.IsEmpty) continue;
            // When the last goods come back, so does the last cent that rounding left.
            ImmutableArray<BroughtBack> goods = [.. matched.Select(match => new BroughtBack(match.Sku, match.Quantity, PriceOf(sale.Receipt, match, context.Settings.NetSpend)))];
            var spend = sale.IsEmptiedBy(matched) ? sale.Spend : goods.Sum(match => match.Spend);
            taken.Add(Returns.Rerate(sale, ReceiptType.Return, spend, matched, context.Scheme is null ? null : goods, context));
        }

        return (taken.DrainToImmutable(), [.. wanted.Where(want => left.ContainsKey(want.Sku)).Select(want => want with { Quantity = left[want.Sku] })]);
    }

    private static ImmutableArray<SkuQuantity> Allocate(PastSale sale, Dictionary<string, decimal> left)
    {
        var matched = ImmutableArray.CreateBuilder<SkuQuantity>();
        foreach (var sku in left.Keys.ToArray())
        {
            var quantity = Math.Min(left[sku], sale.QuantityLeft(sku));
            if (quantity <= 0) continue;
            matched.Add(new(sku, quantity));
            left[sku] -= quantity;
            if (left[sku] == 0) left.Remove(sku);
        }

        return matched.DrainToImmutable();
    }

    /// <summary>The sale's net money for so many of these goods: their share of what all lines of this code cost, half away from zero.</summary>
    private static long PriceOf(Receipt sale, SkuQuantity match, NetSpendSettings settings)
    {
        long money = 0;
        decimal quantity = 0;
        foreach (var line in sale.Lines)
        {
            if (line.Sku != match.Sku || line.Quantity <= 0) continue;
            money += NetSpend.Of(line, settings);
            quantity += line.Quantity;
        }

        return (long)Math.Round(money * match.Quantity / quantity, MidpointRounding.AwayFromZero);
    }
}
