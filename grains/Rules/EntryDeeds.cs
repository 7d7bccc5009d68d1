using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules;

/// <summary>
/// What an account's entry says of deeds, as they stand after it: what was sold to a member, claimed and done without a purchase. Goods are told by the catalogue
/// of the sale's date. Unclaimed receipts of tills and cards that are held are nobody's deeds.
/// </summary>
internal static class EntryDeeds
{
    public static ImmutableArray<DeedChange> Of(AccountEntry entry, Scheme scheme, NetSpendSettings settings) => entry switch
    {
        ReceiptPosted { Receipt: { Type: ReceiptType.Sale } sale, Treatment: Treatment.Earned } posted =>
            [new(sale.Key.Digest(), DeedOf(Standing.Of(sale, Basket.Of(sale, settings), posted.Was) with { Impacts = Standing.ImpactsOf(posted.Earned) }, scheme.Goods))],
        SaleAttributed attributed => [new(attributed.Receipt.Key.Digest(), DeedOf(Standing.Of(attributed, settings) with { Impacts = ImpactsOf(attributed, scheme, settings) }, scheme.Goods))],
        ActivityPosted { Treatment: ActivityTreatment.Earned } posted =>
            [new(posted.Activity.Key.Digest(), DeedOf(Standing.Of(posted.Activity, posted.Was) with { Impacts = Standing.ImpactsOf(posted.Earned) }, scheme.Goods))],
        ChallengeTaken taken => [new(Guid.Empty, Participation: taken.Part)],
        MemberJoined { Challenges: { } joined } => [.. joined.Select(part => new DeedChange(Guid.Empty, Participation: part))],
        MemberParted { Challenges: { } parted } => [.. parted.Select(part => new DeedChange(Guid.Empty, Participation: part))],
        _ => [.. (entry.Deeds ?? []).Select(now => new DeedChange(now.Key, now.Deed is { } deed ? DeedOf(deed, scheme.Goods) : null) { IsRevision = true })],
    };

    private static Deed DeedOf(StandingDeed deed, Catalogue goods) => new()
    {
        Type = deed.Type,
        OccurredAt = deed.OccurredAt,
        Date = deed.Date,
        Store = deed.Store,
        Spend = deed.Spend,
        Goods = deed.Left is { } left ? GoodsOf(left, deed.Date, goods) : [],
        Subject = deed.Subject,
        Tier = deed.Was?.Tier,
        Segments = deed.Was?.Segments ?? [],
        Impacts = deed.Impacts ?? [],
    };

    /// <summary>Published versions of rules never change, so that what stands of an award that came late reads the same for ever.</summary>
    private static ImmutableArray<ImpactAdded>? ImpactsOf(SaleAttributed attributed, Scheme scheme, NetSpendSettings settings)
    {
        if (attributed.Left is not { } left || Standing.ImpactsOf(attributed.Earned) is null) return Standing.ImpactsOf(attributed.Earned);
        var back = SaleHistory.BackOf(left, Basket.Of(attributed.Receipt, settings).Spend);
        return Standing.ImpactsOf(scheme.Standing(attributed.Earned!, attributed.Receipt, back.AsSpan()));
    }

    private static ImmutableArray<DeedGoods> GoodsOf(ImmutableArray<BroughtBack> lines, DateOnly date, Catalogue catalogue)
    {
        var goods = ImmutableArray.CreateBuilder<DeedGoods>(lines.Length);
        foreach (var line in lines)
        {
            if (line.Spend <= 0) continue;
            var item = catalogue.Find(line.Sku, date);
            goods.Add(new() { Sku = line.Sku, Category = item?.Category, Family = item?.Family, Labels = item?.Labels ?? [], Spend = line.Spend, Quantity = line.Quantity });
        }

        return goods.DrainToImmutable();
    }
}
