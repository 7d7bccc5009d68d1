using System.Collections.Immutable;
using Gamification.Activities;

namespace Gamification.Rules.Activities;

/// <summary>What boards count of an event: its points on its own business date, in its store, or in none (the empty one).</summary>
internal static class ActivityTallies
{
    public static ImmutableArray<TallyRow> Adding(AccountState state, SaleHistory? history, ReportedActivity activity, long points)
    {
        var place = new TallyPlace(activity.Store ?? "", activity.BusinessDate.DayNumber, activity.OccurredAt.ToUnixTimeMilliseconds());
        return points == 0 ? [] : TallyChanges.Adding(state, history, place, points, receipts: 0, spend: 0);
    }

    /// <summary>Without the award, with the instant looked up anew among what still contributes.</summary>
    public static ImmutableArray<TallyRow> Taking(SaleHistory history, ActivityAward award)
    {
        if (award.Points == 0) return [];
        var store = award.Activity.Store ?? "";
        return [Without(award.Activity.BusinessDate.DayNumber), Without(TallyRow.AllDays)];

        TallyRow Without(int day)
        {
            var row = history.Row(store, day);
            return new(store, day, row with { Points = row.Points - award.Points, PointsAt = history.ReachedAt(store, day, [], award).PointsAt });
        }
    }
}
