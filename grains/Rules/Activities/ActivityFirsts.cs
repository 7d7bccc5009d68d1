using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Activities;

/// <summary>Which of a member's firsts an event is, among those of its own kind that stand when it is received, days being business dates.</summary>
internal static class ActivityFirsts
{
    public static bool NeedPast(AccountState state, ReportedActivity activity, Scheme scheme) =>
        scheme.AsksFirsts && state.Activities is { } known && Firsts.FirstDayAsked(activity.BusinessDate) < known.CompleteFrom;

    /// <param name="state">The account before the event.</param>
    /// <param name="activity">The event.</param>
    /// <param name="history">The account's whole past, or null when the counts reach back far enough.</param>
    public static FirstTime Of(AccountState state, ReportedActivity activity, SaleHistory? history)
    {
        var date = activity.BusinessDate;
        ImmutableArray<ActivityCount> counts = history is null ? state.Activities?.Counts ?? [] : [.. history.Activities.Standing.Where(award => award.Counts).SelectMany(award => RowsOf(award.Activity))];
        var firsts = FirstTime.None;
        if (None(0, 1, null)) firsts |= FirstTime.Ever;
        if (activity.Store is { } store && None(0, 1, store)) firsts |= FirstTime.InStore;
        if (None(date.DayNumber, date.DayNumber + 1, null)) firsts |= FirstTime.OfDay;
        if (Containing(BoardPeriod.Week) is var week && None(week.From.DayNumber, week.To.DayNumber, null)) firsts |= FirstTime.OfWeek;
        if (Containing(BoardPeriod.Month) is var month && None(month.From.DayNumber, month.To.DayNumber, null)) firsts |= FirstTime.OfMonth;
        return firsts;

        bool None(int fromDay, int toDay, string? inStore)
        {
            foreach (var count in counts)
            {
                if (count.Type == activity.Type && count.Times > 0 && count.Day >= fromDay && count.Day < toDay && (inStore is null || count.Store == inStore)) return false;
            }

            return true;
        }

        BoardWindow Containing(BoardPeriod period) => BoardWindow.Containing(period, date);
    }

    /// <summary>The counts after this event, or after its removal, as absolute values.</summary>
    public static ImmutableArray<ActivityCount> Counted(AccountState state, ReportedActivity activity, int sign) =>
        [.. RowsOf(activity).Select(row => row with { Times = Math.Max(0, (state.Activities?.TimesOf(row) ?? 0) + sign) })];

    private static ActivityCount[] RowsOf(ReportedActivity activity) =>
        [new(activity.Type, activity.Store ?? "", 0, 1), new(activity.Type, "", activity.BusinessDate.DayNumber, 1)];
}
