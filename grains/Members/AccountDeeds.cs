using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Members;

/// <summary>
/// Members' accounts as challenges read them: what was sold to a member, claimed and done without a purchase, as it stands after each entry. Goods are told by
/// the catalogue of the sale's date. Unclaimed receipts of tills and cards that are held are nobody's deeds.
/// </summary>
public sealed class AccountDeeds(ProgrammeCatalog programmes) : IDeedReader
{
    public MemberDeeds? Read(StoredEntry entry)
    {
        if (entry.Actor.Kind != "member" || !MayTell(entry.Type) || AccountEntryJson.Read(entry) is not { } read) return null;
        var changes = ChangesIn(read, entry.Actor.Programme);
        return changes.IsEmpty ? null : new(MemberId.Parse(entry.Actor.Key), entry.Version, changes);
    }

    private static bool MayTell(string type) => type is ReceiptPosted.Type or ReturnSettled.Type or SaleAttributed.Type
        or ActivityPosted.Type or ActivityRevised.ReversedType or ActivityRevised.RestoredType or ChallengeTaken.Type
        or MemberJoined.Type or MemberParted.Type;

    private ImmutableArray<DeedChange> ChangesIn(AccountEntry entry, string programme)
    {
        var settings = programmes.Of(programme).NetSpend;
        return entry switch
        {
            ReceiptPosted { Receipt: { Type: ReceiptType.Sale } sale, Treatment: Treatment.Earned } posted =>
                [new(sale.Key.Digest(), DeedOf(Standing.Of(sale, Basket.Of(sale, settings), posted.Was) with { Impacts = Standing.ImpactsOf(posted.Earned) }, programme))],
            SaleAttributed attributed => [new(attributed.Receipt.Key.Digest(), DeedOf(Standing.Of(attributed, settings) with { Impacts = ImpactsOf(attributed, programme) }, programme))],
            ActivityPosted { Treatment: ActivityTreatment.Earned } posted =>
                [new(posted.Activity.Key.Digest(), DeedOf(Standing.Of(posted.Activity, posted.Was) with { Impacts = Standing.ImpactsOf(posted.Earned) }, programme))],
            ChallengeTaken taken => [new(Guid.Empty, Participation: taken.Part)],
            MemberJoined { Challenges: { } joined } => [.. joined.Select(part => new DeedChange(Guid.Empty, Participation: part))],
            MemberParted { Challenges: { } parted } => [.. parted.Select(part => new DeedChange(Guid.Empty, Participation: part))],
            _ => [.. (entry.Deeds ?? []).Select(now => new DeedChange(now.Key, now.Deed is { } deed ? DeedOf(deed, programme) : null) { IsRevision = true })],
        };
    }

    private Deed DeedOf(StandingDeed deed, string programme) => new()
    {
        Type = deed.Type,
        OccurredAt = deed.OccurredAt,
        Date = deed.Date,
        Store = deed.Store,
        Spend = deed.Spend,
        Goods = deed.Left is { } left ? GoodsOf(left, deed.Date, programmes.SchemeOf(programme).Goods) : [],
        Subject = deed.Subject,
        Tier = deed.Was?.Tier,
        Segments = deed.Was?.Segments ?? [],
        Impacts = deed.Impacts ?? [],
    };

    /// <summary>Published versions of rules never change, so that what stands of an award that came late reads the same for ever.</summary>
    private ImmutableArray<ImpactAdded>? ImpactsOf(SaleAttributed attributed, string programme)
    {
        if (attributed.Left is not { } left || Standing.ImpactsOf(attributed.Earned) is null) return Standing.ImpactsOf(attributed.Earned);
        var scheme = programmes.SchemeOf(programme);
        var back = SaleHistory.BackOf(left, Basket.Of(attributed.Receipt, programmes.Of(programme).NetSpend).Spend);
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
