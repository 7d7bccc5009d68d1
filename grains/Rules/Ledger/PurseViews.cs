using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>What a purse looks like at an instant: pure functions of time, the same whether or not a job ran by then (spec §6).</summary>
public static class PurseViews
{
    public static PurseView At(Purse purse, DateTimeOffset at, UnitTerms terms)
    {
        var settled = Boundaries.Settle(purse, at, terms).Purse;
        var debt = settled.Debts.IsEmpty ? null : settled.Debts[0];
        return new()
        {
            Unit = settled.Unit,
            Available = settled.Available,
            Pending = settled.Pending,
            Held = settled.Held,
            Owed = settled.Owed,
            OwedFor = debt?.Cause,
            ForgivenOn = debt is null ? null : DateOnly.FromDayNumber(debt.ForgivenOn),
            NextExpiry = Notices(settled) is [var first, ..] ? first : null,
        };
    }

    /// <summary>What expires at the end of each day from today's through a day, earliest first, unless it is spent or prolonged. Held points are not in it.</summary>
    public static ImmutableArray<ExpiryNotice> ExpiringThrough(Purse purse, DateOnly through, DateTimeOffset at, UnitTerms terms) =>
        [.. Notices(Boundaries.Settle(purse, at, terms).Purse).TakeWhile(notice => notice.On <= through)];

    private static ExpiryNotice[] Notices(Purse settled) =>
        [.. settled.Lots
            .GroupBy(settled.Roll.ExpiryOf)
            .Where(lots => lots.Key != Lot.Never)
            .OrderBy(lots => lots.Key)
            .Select(lots => new ExpiryNotice(settled.Unit, lots.Sum(lot => lot.Remaining), DateOnly.FromDayNumber(lots.Key)))];
}
