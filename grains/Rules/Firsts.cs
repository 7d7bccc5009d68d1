using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes.Earning;

namespace Gamification.Rules;

/// <summary>Which of a member's firsts a sale is, by the sales that stand when it is received, days being business dates.</summary>
internal static class Firsts
{
    /// <summary>The first day that an answer looks at, besides totals since ever.</summary>
    public static int FirstDayAsked(DateOnly date) =>
        Math.Min(Containing(BoardPeriod.Week, date).FromDay, Containing(BoardPeriod.Month, date).FromDay);

    /// <param name="state">The account before the sale is credited.</param>
    /// <param name="sale">The sale; it may be held here already.</param>
    /// <param name="history">The account's whole past, or null when the tallies reach back far enough.</param>
    public static FirstTime Of(AccountState state, Receipt sale, SaleHistory? history)
    {
        var (store, date) = (sale.Key.Store, sale.Key.BusinessDate);
        var firsts = FirstTime.None;
        if (None(TallyRow.AllDays, int.MaxValue, null)) firsts |= FirstTime.Ever;
        if (None(TallyRow.AllDays, int.MaxValue, store)) firsts |= FirstTime.InStore;
        if (None(date.DayNumber, date.DayNumber + 1, null)) firsts |= FirstTime.OfDay;
        if (Containing(BoardPeriod.Week, date) is var week && None(week.FromDay, week.ToDay, null)) firsts |= FirstTime.OfWeek;
        if (Containing(BoardPeriod.Month, date) is var month && None(month.FromDay, month.ToDay, null)) firsts |= FirstTime.OfMonth;
        return firsts;

        bool None(int fromDay, int toDay, string? inStore)
        {
            if (history is not null) return !history.Sales.Any(before => IsBefore(before) && IsIn(before.Receipt.Key, fromDay, toDay, inStore));
            var all = fromDay == TallyRow.AllDays;
            foreach (var row in state.Tallies.Rows)
            {
                if (row.Tally.Receipts > 0 && (inStore is null || row.Store == inStore) && (all ? row.Day == TallyRow.AllDays : row.Day >= fromDay && row.Day < toDay)) return false;
            }

            return true;
        }

        // What is held still waits to be credited, the oldest first: the first of them is a first.
        bool IsBefore(PastSale before) => before is { Counted: true, Credited: true } && before.Receipt.Key != sale.Key;
    }

    private static bool IsIn(ReceiptKey key, int fromDay, int toDay, string? store) =>
        (store is null || key.Store == store) && key.BusinessDate.DayNumber >= fromDay && key.BusinessDate.DayNumber < toDay;

    private static (int FromDay, int ToDay) Containing(BoardPeriod period, DateOnly date)
    {
        var window = BoardWindow.Containing(period, date);
        return (window.From.DayNumber, window.To.DayNumber);
    }
}
