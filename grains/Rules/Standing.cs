using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;

namespace Gamification.Rules;

/// <summary>Events as they stand: what challenges and whoever else counts deeds are told of an account.</summary>
internal static class Standing
{
    public static StandingDeed Of(Receipt sale, Basket left, MemberWas? was)
    {
        var goods = ImmutableArray.CreateBuilder<BroughtBack>(left.Lines.Length);
        foreach (ref readonly var line in left.Lines) goods.Add(new(line.Sku, line.Quantity, line.Spend));
        return new()
        {
            Type = EarningEvent.Sale,
            OccurredAt = sale.OccurredAt,
            Date = sale.Key.BusinessDate,
            Store = sale.Key.Store,
            Spend = left.Spend,
            Left = goods.MoveToImmutable(),
            Was = was,
        };
    }

    public static StandingDeed Of(ReportedActivity activity, MemberWas? was) => new()
    {
        Type = activity.Type,
        OccurredAt = activity.OccurredAt,
        Date = activity.BusinessDate,
        Store = activity.Store,
        Subject = activity.Subject,
        Was = was,
    };

    /// <summary>What a sale was credited for when it came late: what returns had left of it by then.</summary>
    public static StandingDeed Of(SaleAttributed attributed, NetSpendSettings settings)
    {
        var whole = Basket.Of(attributed.Receipt, settings);
        var left = attributed.Left is { } known ? whole.Less(SaleHistory.BackOf(known, whole.Spend).AsSpan()) : whole;
        return Of(attributed.Receipt, left, attributed.Was);
    }

    /// <summary>What is left of the sales that something is taken from; null where nobody was credited for them.</summary>
    public static ImmutableArray<DeedNow>? After(ImmutableArray<TakenBack> taking, AccountContext context)
    {
        if (context.Kind != AccountKind.Member || taking.IsEmpty) return null;
        var deeds = ImmutableArray.CreateBuilder<DeedNow>();
        foreach (var part in taking)
        {
            if (context.History!.Find(part.Sale) is not { Credited: true } sale) continue;
            var stands = sale.Counted && !part.Whole;
            deeds.Add(new(part.Sale.Digest(), stands ? Left(sale, part, context) : null));
        }

        return deeds.Count == 0 ? null : deeds.DrainToImmutable();
    }

    public static ImmutableArray<DeedNow> Of(ActivityAward award, bool stands) =>
        [new(award.Activity.Key.Digest(), stands ? Of(award.Activity, award.Was) with { Impacts = ImpactsOf(award.Earned) } : null)];

    /// <summary>What of an award goes to impact counters, by counter; null for nothing.</summary>
    public static ImmutableArray<ImpactAdded>? ImpactsOf(Earned? earned) =>
        earned is null || !earned.Effects.Any(effect => effect.Kind == NamedKind.Impact) ? null
        :
        [
            .. earned.Effects.Where(effect => effect.Kind == NamedKind.Impact).GroupBy(effect => effect.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ImpactAdded(group.Key, (long)(group.Sum(effect => effect.Quantity) * 1_000))),
        ];

    private static StandingDeed Left(PastSale sale, TakenBack part, AccountContext context)
    {
        var back = sale.BackWith(part);
        var left = Of(sale.Receipt, Basket.Of(sale.Receipt, context.Settings.NetSpend).Less(back.AsSpan()), sale.Was);
        return ImpactsOf(sale.Earned) is null || context.Scheme is not { } scheme ? left : left with { Impacts = ImpactsOf(sale.StandingWithout(part, scheme)) };
    }
}
