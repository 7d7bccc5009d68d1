using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules.Earning;

namespace Gamification.Rules;

/// <summary>
/// Goods and money coming back (spec §5). A return that names its sale re-rates it: the award of what is left, less the award
/// as it stood, never above zero, so that a sale returned piece by piece ends at exactly nothing.
/// A return that comes before its sale waits in the account it was posted to, and only a sale of that account lets it go through:
/// when the sale then comes with another card, the return expires where it waits and takes nothing.
/// </summary>
internal static class Returns
{
    /// <summary>More parked returns than this on one account are counted and not parked.</summary>
    private const int ParkedMax = 64;

    public static ReceiptPosted Decide(AccountState state, Receipt receipt, AccountContext context)
    {
        var spend = Math.Abs(NetSpend.Of(receipt, context.Settings.NetSpend));
        if (receipt.Original is { } original)
        {
            return context.History!.Find(original) is { } sale
                ? Taken(state, receipt, Treatment.TakenBack, [Rerate(sale, receipt.Type, spend, Skus(receipt), Goods(receipt, spend, context), context)], null, context)
                : Park(state, receipt, spend, context);
        }

        return (context.Kind, context.Settings.UnlinkedReturns) switch
        {
            (AccountKind.Till, _) => Counted(state, receipt, Treatment.Anonymous, points: 0, context),
            (AccountKind.Member, UnlinkedReturns.ByAmount) => Counted(state, receipt, Treatment.TakenByAmount, -Award.PointsFor(spend, Currency.MinorPerUnit(receipt.Currency)), context),
            (_, UnlinkedReturns.MatchBySku) => MatchBySku(state, receipt, context),
            _ => Counted(state, receipt, Treatment.Audited, points: 0, context),
        };
    }

    /// <summary>A void of a receipt that this account knows, and knows not to be a sale: waiting for one would be for nothing.</summary>
    public static Refusal? Refuse(Receipt receipt, AccountContext context) =>
        receipt is { Type: ReceiptType.Void, Original: { } original } && context.History!.HasReturn(original)
            ? new("void-of-a-return", "/original", "Only a sale can be voided; send the goods of a mistaken return as a sale.")
            : null;

    /// <summary>Whether a parked return of this account waits for this sale.</summary>
    public static bool Await(AccountState state, Receipt sale) => state.Parked.Any(parked => Awaits(parked, sale));

    /// <summary>The entries of parked returns that a sale lets go through, in the order they were parked. <paramref name="entry"/> is what counted the sale.</summary>
    public static IEnumerable<AccountEntry> Settle(AccountState state, AccountEntry entry, Receipt sale, AccountContext context)
    {
        var history = context.History!;
        history.Fold(entry, context.Settings.NetSpend);
        foreach (var parked in state.Parked.Where(parked => Awaits(parked, sale)))
        {
            var (taken, rest) = Meet(parked, history.Find(sale.Key)!, context);
            if (taken.IsEmpty) continue;
            var points = taken.Sum(part => part.Points);
            var booked = Bookkeeping.TakeBack(state, parked.Return, taken, context);
            var settled = new ReturnSettled
            {
                Return = parked.Return,
                Taken = taken,
                Parked = rest,
                Points = -points,
                Balance = booked.Balance,
                Lifetime = state.Lifetime - points + booked.Gifts,
                Receipts = state.Receipts - taken.Count(part => part.Whole),
                Tallies = TallyChanges.Taking(history, taken),
                ReceivedAt = context.ReceivedAt,
                Postings = booked.Postings,
                Counters = CapRoom.FreedBy(taken, state, context),
                GivenBack = CampaignRoom.FreedBy(taken, context),
                Recognised = booked.Recognised,
                Deeds = Standing.After(taken, context),
            };
            history.Fold(settled, context.Settings.NetSpend);
            state = state.Apply(settled);
            yield return settled;
        }
    }

    private static bool Awaits(ParkedReturn parked, Receipt sale)
    {
        if (parked.HasExpiredAt(sale.OccurredAt)) return false;
        return parked.Original is { } original
            ? original == sale.Key
            : sale.OccurredAt <= parked.OccurredAt && sale.Lines.Any(line => line.Quantity > 0 && parked.Skus.Any(sku => sku.Sku == line.Sku));
    }

    private static (ImmutableArray<TakenBack> Taken, ParkedReturn? Waiting) Meet(ParkedReturn parked, PastSale sale, AccountContext context)
    {
        if (parked.Original is not null) return ([Rerate(sale, parked.ReturnType, parked.Spend, parked.Skus, parked.Goods, context)], null);
        var (taken, left) = SkuMatching.Match(parked.Skus, parked.OccurredAt, [sale], context);
        return (taken, left.IsEmpty ? null : parked with { Skus = left });
    }

    private static ReceiptPosted MatchBySku(AccountState state, Receipt receipt, AccountContext context)
    {
        var newestFirst = context.History!.Read.OrderByDescending(sale => sale.Receipt.OccurredAt).ThenByDescending(sale => sale.Receipt.Key.ToString(), StringComparer.Ordinal);
        var (taken, left) = SkuMatching.Match(Skus(receipt), receipt.OccurredAt, newestFirst, context);
        var rest = left.IsEmpty || IsFull(state, receipt) ? null : Parking(receipt, spend: 0, left, context);
        return Taken(state, receipt, Treatment.TakenBySku, taken, rest, context);
    }

    /// <summary>
    /// Takes money from one sale, at most what is left of it and all of it in a void, and the points that this money had earned.
    /// The sale stops counting with its last goods: money alone cannot tell, since what was paid with points has none to give back.
    /// </summary>
    internal static TakenBack Rerate(
        PastSale sale, ReceiptType by, long spend, ImmutableArray<SkuQuantity> skus, ImmutableArray<BroughtBack>? goods, AccountContext context)
    {
        var taken = Math.Max(0, by == ReceiptType.Void ? sale.Spend : Math.Min(spend, sale.Spend));
        var left = sale.Spend - taken;
        var isWhole = sale.Counted && left <= 0 && (by == ReceiptType.Void || sale.IsEmptiedBy(skus));
        var part = new TakenBack(sale.Receipt.Key, taken, Points: 0, isWhole) { Skus = skus, Goods = goods };
        return sale.Credited ? part with { Points = sale.Points - Math.Min(sale.Points, WorthAfter(sale, part, left, context)) } : part;
    }

    /// <summary>The award of what is left: by what was recorded with the sale, or of a sale from before there were rules by the plain award.</summary>
    private static long WorthAfter(PastSale sale, TakenBack part, long left, AccountContext context)
    {
        if (sale.Earned is null || context.Scheme is not { } scheme) return Award.PointsFor(left, Currency.MinorPerUnit(sale.Receipt.Currency));
        return left <= 0 ? 0 : sale.StandingWithout(part, scheme).Points;
    }

    private static ReceiptPosted Taken(AccountState state, Receipt receipt, Treatment treatment, ImmutableArray<TakenBack> taken, ParkedReturn? rest, AccountContext context)
    {
        var points = taken.Sum(part => part.Points);
        var booked = Bookkeeping.TakeBack(state, receipt.Key, taken, context);
        return new()
        {
            Receipt = receipt,
            Treatment = treatment,
            Taken = taken,
            Parked = rest,
            Points = -points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime - points + booked.Gifts,
            Receipts = state.Receipts - taken.Count(part => part.Whole),
            Tallies = TallyChanges.Taking(context.History!, taken),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = CapRoom.FreedBy(taken, state, context),
            GivenBack = CampaignRoom.FreedBy(taken, context),
            Recognised = booked.Recognised,
            Deeds = Standing.After(taken, context),
        };
    }

    /// <summary>A return that stands on its own date: its money leaves the store's spend, and by-amount its points too.</summary>
    private static ReceiptPosted Counted(AccountState state, Receipt receipt, Treatment treatment, long points, AccountContext context)
    {
        var booked = Bookkeeping.TakeAmount(state, receipt.Key, -points, context);
        return new()
        {
            Receipt = receipt,
            Treatment = treatment,
            Points = points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + points + booked.Gifts,
            Receipts = state.Receipts,
            Tallies = TallyChanges.Adding(state, context.History, receipt, points, receipts: 0, -Math.Abs(NetSpend.Of(receipt, context.Settings.NetSpend))),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Recognised = booked.Recognised,
        };
    }

    private static ReceiptPosted Park(AccountState state, Receipt receipt, long spend, AccountContext context) =>
        IsFull(state, receipt)
            ? Counted(state, receipt, Treatment.Audited, points: 0, context)
            : Taken(state, receipt, Treatment.Parked, [], Parking(receipt, spend, Skus(receipt), context) with { Goods = Goods(receipt, spend, context) }, context);

    private static bool IsFull(AccountState state, Receipt receipt) => state.ParkedAt(receipt.OccurredAt).Length >= ParkedMax;

    private static ParkedReturn Parking(Receipt receipt, long spend, ImmutableArray<SkuQuantity> skus, AccountContext context) => new()
    {
        Return = receipt.Key,
        Original = receipt.Original,
        ReturnType = receipt.Type,
        OccurredAt = receipt.OccurredAt,
        ReceivedAt = context.ReceivedAt,
        Spend = spend,
        Skus = skus,
    };

    /// <summary>The return's net money by stock code, with what it deducts spread over its lines as a sale's is; null where no rule could ask.</summary>
    private static ImmutableArray<BroughtBack>? Goods(Receipt receipt, long spend, AccountContext context)
    {
        if (context.Scheme is null || receipt.Lines.IsEmpty) return null;
        var lines = receipt.Lines.GroupBy(line => line.Sku).ToArray();
        var shares = Apportionment.Spread(spend, Array.ConvertAll(lines, of => (Int128)of.Sum(line => Math.Max(0, -NetSpend.Of(line, context.Settings.NetSpend)))));
        return [.. lines.Select((of, at) => new BroughtBack(of.Key, of.Sum(line => Math.Abs(line.Quantity)), shares[at]))];
    }

    internal static ImmutableArray<SkuQuantity> Skus(Receipt receipt) =>
        [.. receipt.Lines.Where(line => line.Quantity != 0).GroupBy(line => line.Sku).Select(group => new SkuQuantity(group.Key, group.Sum(line => Math.Abs(line.Quantity))))];
}
