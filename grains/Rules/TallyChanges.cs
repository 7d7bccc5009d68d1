using System.Collections.Immutable;
using Gamification.Members;

namespace Gamification.Rules;

/// <summary>Where and when an event counts: its store, the number of its business date, and its instant in Unix milliseconds.</summary>
internal readonly record struct TallyPlace(string Store, int Day, long At);

/// <summary>The tally rows that an entry changes: the store's business date and the store's total, as absolute values.</summary>
internal static class TallyChanges
{
    /// <summary>One event at the receipt's own store and business date.</summary>
    public static ImmutableArray<TallyRow> Adding(AccountState state, SaleHistory? history, Receipt receipt, long points, long receipts, long spend) =>
        Adding(state, history, new TallyPlace(receipt.Key.Store, receipt.Key.BusinessDate.DayNumber, receipt.OccurredAt.ToUnixTimeMilliseconds()), points, receipts, spend);

    public static ImmutableArray<TallyRow> Adding(AccountState state, SaleHistory? history, TallyPlace place, long points, long receipts, long spend)
    {
        var (store, day, at) = place;
        return
        [
            new(store, day, Row(state, history, store, day).Plus(points, receipts, spend, at)),
            new(store, TallyRow.AllDays, Row(state, history, store, TallyRow.AllDays).Plus(points, receipts, spend, at)),
        ];
    }

    /// <summary>
    /// What was taken from sales, in the sales' own stores and dates (spec §5), with the instants looked up anew among what still contributes.
    /// </summary>
    public static ImmutableArray<TallyRow> Taking(SaleHistory history, ImmutableArray<TakenBack> taken)
    {
        var rows = ImmutableArray.CreateBuilder<TallyRow>();
        foreach (var place in taken.SelectMany(Places).Distinct())
        {
            var row = history.Row(place.Store, place.Day);
            foreach (var part in taken.Where(part => Places(part).Contains(place)))
            {
                row = row with
                {
                    Points = row.Points - part.Points,
                    Receipts = row.Receipts - (part.Whole ? 1 : 0),
                    Spend = row.Spend - part.Spend,
                };
            }

            var (pointsAt, receiptsAt) = history.ReachedAt(place.Store, place.Day, taken);
            rows.Add(new(place.Store, place.Day, row with { PointsAt = pointsAt, ReceiptsAt = receiptsAt }));
        }

        return rows.DrainToImmutable();
    }

    private static (string Store, int Day)[] Places(TakenBack part) =>
        [(part.Sale.Store, part.Sale.BusinessDate.DayNumber), (part.Sale.Store, TallyRow.AllDays)];

    /// <summary>Memory knows the days it has kept; only a dropped one takes the past, which may begin later than the account.</summary>
    private static Tally Row(AccountState state, SaleHistory? history, string store, int day) =>
        history is null || day == TallyRow.AllDays || day >= state.Tallies.CompleteFrom ? state.Tallies.Of(store, day) : history.Row(store, day);
}
