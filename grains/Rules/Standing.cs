using System.Collections.Immutable;
using Gamification.Activities;
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
            deeds.Add(new(part.Sale.Digest(), stands ? Of(sale.Receipt, Basket.Of(sale.Receipt, context.Settings.NetSpend).Less(sale.BackWith(part).AsSpan()), sale.Was) : null));
        }

        return deeds.Count == 0 ? null : deeds.DrainToImmutable();
    }

    public static ImmutableArray<DeedNow> Of(ActivityAward award, bool stands) => [new(award.Activity.Key.Digest(), stands ? Of(award.Activity, award.Was) : null)];
}
