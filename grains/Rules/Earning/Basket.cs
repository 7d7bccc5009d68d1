using System.Collections.Immutable;
using Gamification.Programmes;

namespace Gamification.Rules.Earning;

/// <summary>What a line says of its goods itself. Where it says nothing the catalogue does (spec §13).</summary>
public readonly record struct OwnGoods(string? Category, string? Family, ImmutableArray<string> Labels);

/// <summary>
/// One line as rules count it: net spend in minor units after its share of the receipt's deductions, never negative, and the goods' quantity.
/// A line without net spend has quantity 0: what was free earns nothing.
/// </summary>
public readonly record struct BasketLine(string Sku, long Spend, decimal Quantity, OwnGoods Own);

/// <summary>
/// A receipt as rules count it. The lines' spend adds up to the net spend (spec §13): discounts and what was paid with points are spread
/// over the lines in proportion, by largest remainder. What returns leave of it depends on all that came back, not on the order.
/// </summary>
public sealed class Basket
{
    private readonly Receipt? _receipt;
    private readonly NetSpendSettings? _settings;
    private readonly ImmutableArray<OwnGoods> _own;
    private BasketLine[]? _lines;

    private Basket(long spend, BasketLine[] lines) => (Spend, _lines) = (spend, lines);

    private Basket(Receipt receipt, NetSpendSettings settings, ImmutableArray<OwnGoods> own) =>
        (_receipt, _settings, _own, Spend) = (receipt, settings, own, Math.Max(0, NetSpend.Of(receipt, settings)));

    /// <summary>Nothing: the basket of an event that is no sale, and what a void leaves.</summary>
    public static Basket Empty { get; } = new(0, []);

    /// <summary>Net spend in minor units, never negative.</summary>
    public long Spend { get; }

    /// <summary>In the receipt's order. Made when first asked for: a programme whose only rule counts the whole receipt never asks.</summary>
    public ReadOnlySpan<BasketLine> Lines => _lines ??= Net(_receipt!, _settings!, _own, Spend);

    /// <param name="receipt">A sale.</param>
    /// <param name="settings">What counts towards net spend.</param>
    /// <param name="own">What the lines say of their goods, one entry a line; default for nothing.</param>
    public static Basket Of(Receipt receipt, NetSpendSettings settings, ImmutableArray<OwnGoods> own = default) => new(receipt, settings, own);

    /// <summary>
    /// What is left when all this has come back. Money of a stock code is taken from its own lines, first to last; what exceeds them, and
    /// <paramref name="money"/> that came back for no goods, from the basket's end. Quantities beyond those sold are passed over.
    /// </summary>
    public Basket Less(ReadOnlySpan<BroughtBack> goods, long money = 0)
    {
        var left = Lines.ToArray();
        foreach (var back in goods)
        {
            var (spend, quantity) = (back.Spend, back.Quantity);
            for (var at = 0; at < left.Length; at++)
            {
                if (left[at].Sku != back.Sku) continue;
                var taken = Math.Min(left[at].Spend, spend);
                var pieces = Math.Min(left[at].Quantity, quantity);
                left[at] = left[at] with { Spend = left[at].Spend - taken, Quantity = left[at].Quantity - pieces };
                spend -= taken;
                quantity -= pieces;
            }

            money += spend;
        }

        for (var at = left.Length - 1; at >= 0 && money > 0; at--)
        {
            var taken = Math.Min(left[at].Spend, money);
            left[at] = left[at] with { Spend = left[at].Spend - taken };
            money -= taken;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (left[at].Spend == 0) left[at] = left[at] with { Quantity = 0 };
        }

        return new(left.Sum(line => line.Spend), left);
    }

    private static BasketLine[] Net(Receipt receipt, NetSpendSettings settings, ImmutableArray<OwnGoods> own, long spend)
    {
        var stated = receipt.Lines.AsSpan();
        var lines = new BasketLine[stated.Length];
        long positive = 0;
        for (var at = 0; at < stated.Length; at++)
        {
            var money = Math.Max(0, NetSpend.Of(stated[at], settings));
            positive += money;
            lines[at] = new(stated[at].Sku, money, money > 0 ? Math.Max(0, stated[at].Quantity) : 0, own.IsDefault ? default : own[at]);
        }

        if (positive == spend) return lines;
        var shares = Apportionment.Spread(spend, Array.ConvertAll(lines, line => (Int128)line.Spend));
        for (var at = 0; at < lines.Length; at++)
            lines[at] = lines[at] with { Spend = shares[at], Quantity = shares[at] > 0 ? lines[at].Quantity : 0 };
        return lines;
    }
}
