using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Activities;
using Gamification.Rules.Badges;

namespace Gamification.Rules.Recognition;

/// <summary>What an entry did to events as badges count them, whether or not recognition was asked when it was recorded.</summary>
internal static class Happened
{
    /// <param name="entry">The entry.</param>
    /// <param name="history">The account's past before it.</param>
    /// <param name="scheme">By which activities are measured.</param>
    /// <param name="netSpend">The programme's.</param>
    public static IEnumerable<ActivityChange> In(AccountEntry entry, SaleHistory history, Scheme scheme, NetSpendSettings netSpend) => entry switch
    {
        ReceiptPosted { Treatment: Treatment.Earned } posted => [new(null, scheme.ActivityOf(posted.Receipt, posted.Earned, posted.Points, []))],
        ReceiptPosted posted => Taken(posted.Taken, history, scheme),
        ReturnSettled settled => Taken(settled.Taken, history, scheme),
        SaleAttributed attributed => [new(null, scheme.ActivityOf(attributed.Receipt, attributed.Earned, attributed.Points, BackOf(attributed, netSpend)))],
        ActivityPosted { Treatment: ActivityTreatment.Earned } posted => [new(null, Scheme.ActivityOf(posted.Activity, posted.Earned, posted.Points))],
        ActivityPosted { Treatment: ActivityTreatment.Regranted, Award: { } first } => [new(null, ActivityOf(history.Activities.Find(first)))],
        ActivityRevised { Treatment: ActivityTreatment.Regranted } revised => [new(null, ActivityOf(history.Activities.Find(revised.Revision.Original)))],
        ActivityRevised { Treatment: ActivityTreatment.TakenBack } revised => [new(ActivityOf(history.Activities.Find(revised.Revision.Original)), null)],
        _ => [],
    };

    private static IEnumerable<ActivityChange> Taken(ImmutableArray<TakenBack> taken, SaleHistory history, Scheme scheme)
    {
        foreach (var part in taken)
        {
            if (history.Find(part.Sale) is not { Credited: true, Counted: true } sale) continue;
            yield return new(
                scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points, sale.Back),
                part.Whole ? null : scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points - part.Points, sale.BackWith(part)));
        }
    }

    private static ImmutableArray<BroughtBack> BackOf(SaleAttributed attributed, NetSpendSettings netSpend) =>
        attributed.Left is { } left ? SaleHistory.BackOf(left, NetSpend.Of(attributed.Receipt, netSpend)) : [];

    private static Activity? ActivityOf(ActivityAward? award) => award is null ? null : Scheme.ActivityOf(award.Activity, award.Earned, award.Points);
}
