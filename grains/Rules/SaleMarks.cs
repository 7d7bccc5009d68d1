using System.Collections.Immutable;
using Gamification.Members;

namespace Gamification.Rules;

/// <summary>
/// The sales of a member's account, so that a return reads the entries of the sales it takes from and not the account's whole
/// past. Bounded: of the oldest the account's past alone knows.
/// </summary>
/// <param name="Rows">In the order in which they were recorded.</param>
/// <param name="Dropped">What is known of those that are not here: they occurred before all that are.</param>
/// <param name="Elsewhere">The stores whose tallies other events than sales and returns of sales have moved.</param>
public sealed record SaleMarks(ImmutableArray<SaleMark> Rows, DroppedSales Dropped, ImmutableArray<string> Elsewhere)
{
    /// <summary>Two or three years of a weekly customer.</summary>
    private const int RowsMax = 128;

    public static SaleMarks Empty { get; } = new([], DroppedSales.None, []);

    /// <summary>Null for a sale that is not the account's, or too old to be marked.</summary>
    public SaleMark? Find(ReceiptKey sale)
    {
        var hash = SaleMark.HashOf(sale);
        foreach (var row in Rows)
        {
            if (row.Sale == hash) return row;
        }

        return null;
    }

    /// <summary>
    /// The marks after one more entry; null once the account has been merged with another, whose past is then its own too and is read whole.
    /// </summary>
    /// <param name="marks">Those before it.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="version">Its version.</param>
    public static SaleMarks? After(SaleMarks? marks, AccountEntry entry, long version) => entry switch
    {
        _ when marks is null => null,
        MemberLeft or MemberJoined or MemberParted or MemberRevived => null,
        ReceiptPosted { Receipt: { Type: ReceiptType.Sale } sale, Treatment: not Treatment.Anonymous } posted =>
            marks.With(Of(sale, sale.Lines.Where(line => line.Quantity > 0).Select(line => line.Sku), posted.Points, posted.Treatment == Treatment.Earned ? MarkedAs.Credited : MarkedAs.Held, version)),
        ReceiptPosted { Receipt.Type: not ReceiptType.Sale, Treatment: Treatment.TakenByAmount or Treatment.Audited } posted => marks.Stirred(posted.Receipt.Key.Store),
        ReceiptPosted posted => marks.Less(posted.Taken, version),
        ReturnSettled settled => marks.Less(settled.Taken, version),
        SaleAttributed attributed => marks.Credit(attributed, version),
        ActivityPosted { Activity.Store: { } store } => marks.Stirred(store),
        _ => marks,
    };

    private static SaleMark Of(Receipt sale, IEnumerable<string> skus, long points, MarkedAs what, long version) => new(
        SaleMark.HashOf(sale.Key), [version], sale.OccurredAt.ToUnixTimeMilliseconds(), sale.Key.Store, sale.Key.BusinessDate.DayNumber, points, what, SaleMark.HashesOf(skus));

    private SaleMarks With(SaleMark mark)
    {
        if (mark.At <= Dropped.Until) return this with { Dropped = Dropped.With(mark) };
        if (Rows.Length < RowsMax) return this with { Rows = Rows.Add(mark) };
        var oldest = Rows.Min(row => row.At);
        if (mark.At <= oldest) return this with { Dropped = Dropped.With(mark) };
        var dropped = Rows.Where(row => row.At <= oldest).Aggregate(Dropped, (dropped, row) => dropped.With(row));
        return this with { Rows = Rows.RemoveAll(row => row.At <= oldest).Add(mark), Dropped = dropped };
    }

    private SaleMarks Less(ImmutableArray<TakenBack> taken, long version)
    {
        var marks = this;
        foreach (var part in taken)
        {
            if (marks.Find(part.Sale) is not { } mark) continue;
            var less = mark with { Points = mark.Points - part.Points, Entries = mark.Entries.Add(version) };
            marks = marks with { Rows = marks.Rows.Replace(mark, part.Whole ? less with { Is = MarkedAs.Undone, Goods = [] } : less) };
        }

        return marks;
    }

    private SaleMarks Credit(SaleAttributed attributed, long version)
    {
        if (Find(attributed.Receipt.Key) is { } held)
            return this with { Rows = Rows.Replace(held, held with { Points = attributed.Points, Is = MarkedAs.Credited, Entries = held.Entries.Add(version) }) };
        var goods = attributed.Left?.Skus.Select(sku => sku.Sku) ?? attributed.Receipt.Lines.Where(line => line.Quantity > 0).Select(line => line.Sku);
        return With(Of(attributed.Receipt, goods, attributed.Points, MarkedAs.Credited, version));
    }

    private SaleMarks Stirred(string store) => Elsewhere.Contains(store) ? this : this with { Elsewhere = Elsewhere.Add(store) };
}
