using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Ledger;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>What a member has, down to the lots. A pure function of time, as <see cref="PurseViews"/> is: no job need have run (spec §6).</summary>
public static class HoldingsList
{
    /// <summary>
    /// The units of the scheme, points first, then the stamps on each card that has some, as they are at an instant, or for null as the newest posting left
    /// them. Without a ledger there are no lots: points have no origin, and what lies below zero is owed to no return in particular.
    /// </summary>
    public static ImmutableArray<UnitHoldings> At(AccountState state, Scheme? scheme, DateTimeOffset? at) =>
    [
        .. PurseList.At(state, scheme, at).Select(purse => scheme is null || state.Ledger is not { } ledger
            ? new() { Purse = purse }
            : Of(purse, ledger.Of(purse.Unit), scheme.Units.First(terms => terms.Unit == purse.Unit), at)),
        .. Stamps(state, scheme, at),
    ];

    private static IEnumerable<UnitHoldings> Stamps(AccountState state, Scheme? scheme, DateTimeOffset? at)
    {
        if (scheme?.Recognition is not { } book || state.Ledger is not { } ledger) yield break;
        foreach (var card in book.Rules.Cards)
        {
            var terms = book.CardOf(card.Id)!.Stamps;
            var purse = ledger.Of(terms.Unit);
            if (!purse.Lots.IsEmpty) yield return Of(PurseViews.At(purse, at ?? DateTimeOffset.FromUnixTimeMilliseconds(purse.SettledAt), terms), purse, terms, at);
        }
    }

    private static UnitHoldings Of(PurseView view, Purse purse, UnitTerms terms, DateTimeOffset? at)
    {
        var instant = at ?? DateTimeOffset.FromUnixTimeMilliseconds(purse.SettledAt);
        var settled = Boundaries.Settle(purse, instant, terms).Purse;
        var lots = Fefo.Order(settled.Lots, settled.Roll);
        return new()
        {
            Purse = view,
            Lots = [.. lots.Take(UnitHoldings.LotsMax).Select(lot => View(lot, settled.Roll))],
            MoreLots = Math.Max(0, lots.Length - UnitHoldings.LotsMax),
            Expiries = [.. PurseViews.ExpiringThrough(purse, DateOnly.MaxValue, instant, terms).Take(UnitHoldings.LotsMax)],
            Arrivals = [.. Arrivals(settled).Take(UnitHoldings.LotsMax)],
            Debts = [.. settled.Debts.Select(View)],
            Origin = terms.IsTraced ? HoldingsWords.Origin(settled.Unit, [.. lots.Where(lot => !lot.IsPending)]) : null,
        };
    }

    private static LotView View(Lot lot, Roll roll) => new(
        lot.Source,
        lot.Remaining,
        lot.Initial,
        DateTimeOffset.FromUnixTimeMilliseconds(lot.EarnedAt),
        lot.IsPending,
        InstantOf(lot.AvailableAt),
        roll.ExpiryOf(lot) is var day && day == Lot.Never ? null : DateOnly.FromDayNumber(day));

    private static IEnumerable<Arrival> Arrivals(Purse settled) => settled.Lots
        .Where(lot => lot.IsPending)
        .GroupBy(lot => lot.AvailableAt)
        .OrderBy(lots => lots.Key)
        .Select(lots => new Arrival(lots.Sum(lot => lot.Remaining), InstantOf(lots.Key)));

    private static DebtView View(Debt debt)
    {
        var day = DateOnly.FromDayNumber(debt.ForgivenOn);
        return new(debt.Cause, debt.Amount, day, HoldingsWords.Debt(debt.Cause, debt.Amount, day));
    }

    private static DateTimeOffset? InstantOf(long availableAt) => availableAt is 0 or Lot.OnAction ? null : DateTimeOffset.FromUnixTimeMilliseconds(availableAt);
}
