using System.Collections.Immutable;
using Gamification.Programmes;

namespace Gamification.Rules;

/// <summary>Which of an account's sales a return looks at, told by memory's marks: those whose entries are to be read.</summary>
internal static class Lookback
{
    /// <summary>
    /// The sales to read next, given those that were: none when what is needed is there, null when marks cannot tell and the whole past is to be
    /// read. Of an unlinked return the newest sales of its goods, until they had as much of them (spec §5); with a sale of a day that memory has
    /// dropped the store's others of that day.
    /// </summary>
    /// <param name="memory">The member's account, whose sales are marked.</param>
    /// <param name="back">A return or a void.</param>
    /// <param name="unlinked">The programme's setting.</param>
    /// <param name="read">What was read so far.</param>
    public static ImmutableArray<SaleMark>? Next(AccountState memory, Receipt back, UnlinkedReturns unlinked, IEnumerable<PastSale> read)
    {
        var marks = memory.Sales ?? throw new ArgumentException("Memory has no marks of sales.", nameof(memory));
        var known = read.ToDictionary(sale => SaleMark.HashOf(sale.Receipt.Key));
        if (back.Original is { } original)
            return marks.Find(original) is { } sale ? WithTheirDays([sale], memory, marks).RemoveAll(mark => known.ContainsKey(mark.Sale)) : null;
        return unlinked == UnlinkedReturns.MatchBySku && Matching(marks, back, known) is var next ? next is { } some ? WithTheirDays(some, memory, marks) : null : [];
    }

    private static ImmutableArray<SaleMark> WithTheirDays(ImmutableArray<SaleMark> sales, AccountState memory, SaleMarks marks) =>
        sales.All(sale => sale.Day >= memory.Tallies.CompleteFrom)
            ? sales
            : [.. sales.Union(marks.Rows.Where(mark => mark.Day < memory.Tallies.CompleteFrom && sales.Any(sale => sale.Day == mark.Day && sale.Store == mark.Store)))];

    private static ImmutableArray<SaleMark>? Matching(SaleMarks marks, Receipt back, Dictionary<long, PastSale> known)
    {
        var at = back.OccurredAt.ToUnixTimeMilliseconds();
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

            if (left > 0 && marks.Dropped.MayHaveSold(goods)) return null;
        }

        return next;
    }
}
