using System.Collections.Immutable;
using Gamification.Programmes;

namespace Gamification.Rules;

/// <summary>Which of an account's sales a return looks at, told by memory's marks: those whose entries are to be read.</summary>
internal static class Lookback
{
    /// <summary>
    /// The sales to read next, given those that were: none when what is needed is there, null when marks cannot tell and the whole past is to be
    /// read. Of an unlinked return the newest sales of its goods, until they had as much of them (spec §5).
    /// </summary>
    /// <param name="marks">Of the member's account.</param>
    /// <param name="back">A return or a void.</param>
    /// <param name="unlinked">The programme's setting.</param>
    /// <param name="read">What was read so far.</param>
    public static ImmutableArray<SaleMark>? Next(SaleMarks marks, Receipt back, UnlinkedReturns unlinked, IReadOnlyCollection<PastSale> read)
    {
        if (back.Original is { } original)
            return marks.Find(original) is not { } sale ? null : read.Count == 0 ? [sale] : [];
        return unlinked == UnlinkedReturns.MatchBySku ? Matching(marks, back, read) : [];
    }

    private static ImmutableArray<SaleMark>? Matching(SaleMarks marks, Receipt back, IReadOnlyCollection<PastSale> read)
    {
        var at = back.OccurredAt.ToUnixTimeMilliseconds();
        var known = read.ToDictionary(sale => SaleMark.HashOf(sale.Receipt.Key));
        ImmutableArray<SaleMark> next = [];
        foreach (var wanted in Returns.Skus(back))
        {
            var (left, goods) = (wanted.Quantity, SaleMark.HashOf(wanted.Sku));

            // Sales of one instant are matched in the order of their keys, which marks do not know.
            foreach (var together in marks.Rows.Where(mark => mark.At <= at && mark.Sold(goods)).GroupBy(mark => mark.At).OrderByDescending(marks => marks.Key))
            {
                if (left <= 0) break;
                SaleMark[] unread = [.. together.Where(mark => !known.ContainsKey(mark.Sale))];
                if (unread.Length > 0)
                {
                    next = [.. next.Union(unread)];
                    left = 0;
                    break;
                }

                left -= together.Select(mark => known[mark.Sale]).Where(sale => sale.Receipt.OccurredAt <= back.OccurredAt).Sum(sale => sale.QuantityLeft(wanted.Sku));
            }

            if (left > 0 && marks.Floor != 0) return null;
        }

        return next;
    }
}
