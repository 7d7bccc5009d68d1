using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Measures;

/// <summary>A member's sale as it stands: what returns have left of it.</summary>
/// <param name="Receipt">All of it.</param>
/// <param name="Left">Its basket without what came back.</param>
/// <param name="Points">What stands of its award.</param>
/// <param name="Counts">False once the whole of it came back, and before it is credited to its member.</param>
internal readonly record struct MeasuredSale(Receipt Receipt, Basket Left, long Points, bool Counts)
{
    /// <summary>The sale of this entry, nothing of which has come back.</summary>
    public static MeasuredSale Of(ReceiptPosted posted, NetSpendSettings settings) =>
        new(posted.Receipt, Basket.Of(posted.Receipt, settings), posted.Points, Counts: true);

    public static MeasuredSale Of(PastSale sale, NetSpendSettings settings)
    {
        var sold = Basket.Of(sale.Receipt, settings);
        return new(sale.Receipt, sale.Back.IsEmpty ? sold : LeftOf(sale, sold), sale.Points, sale is { Counted: true, Credited: true });
    }

    /// <summary>The sales that an entry left otherwise than they stood.</summary>
    public static ImmutableArray<ReceiptKey> ChangedBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => [.. posted.Taken.Select(part => part.Sale).Distinct()],
        ReturnSettled settled => [.. settled.Taken.Select(part => part.Sale).Distinct()],
        SaleAttributed attributed => [attributed.Receipt.Key],
        _ => [],
    };

    /// <summary>Where returns told no money by goods, pieces take their share of their line's.</summary>
    private static Basket LeftOf(PastSale sale, Basket sold)
    {
        if (sale.Left.Back is { } known) return sold.Less(known.AsSpan());
        var money = sale.Back.Sum(one => one.Spend);
        var goods = ImmutableArray.CreateBuilder<BroughtBack>();
        foreach (var line in sold.Lines.ToArray().GroupBy(line => line.Sku))
        {
            var (pieces, spend) = (line.Sum(one => one.Quantity), line.Sum(one => one.Spend));
            var back = pieces - Math.Min(pieces, sale.QuantityLeft(line.Key));
            if (back <= 0) continue;
            var share = Math.Min(money, (long)(spend * back / pieces));
            goods.Add(new(line.Key, back, share));
            money -= share;
        }

        return sold.Less(goods.ToArray(), money);
    }
}
