using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rewards;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Redeeming;

/// <summary>Vouchers at a till: taken once, given back by a till that has them in hand; seats that were filled or not.</summary>
public static class Using
{
    /// <summary>Takes it. What is held is paid with it. Refused, in order: not for a till, a date out of bounds, expired, timed out.</summary>
    public static RewardDecision Use(AccountState state, Entitlement one, EntitlementUse use, AccountContext context)
    {
        if (one.State is not (EntitlementState.Held or EntitlementState.Ready)) return RewardDecision.Refused("not-at-a-till", "/voucher", "A seat is not taken at a till; it is ticked off when its holder comes.");
        if (one.IsRecalled) return RewardDecision.Refused("voucher-returned", "/voucher", "What it was given for was undone.");
        var today = RewardSteps.Today(context);
        if (use.Date > today.AddDays(1) || use.Date < today.AddDays(-RewardSteps.LateDays))
            return RewardDecision.Refused("out-of-bounds", "/date", FormattableString.Invariant($"Report a voucher at most {RewardSteps.LateDays} days after it was taken."));
        if (one.HasExpired(use.Date)) return RewardDecision.Refused("voucher-expired", "/voucher", $"It was valid through {one.ValidThrough:yyyy-MM-dd}.");
        ImmutableArray<AccountEntry> paid = [];
        if (one.State == EntitlementState.Held)
        {
            var commit = RewardSteps.Commit(state, one, use.By, context);
            if (commit.Refusal is not null) return commit;
            paid = commit.Entries;
            foreach (var entry in paid) state = state.Apply(entry);
        }

        return new([.. paid, new RewardUsed(RewardSteps.Moment(state, one, use.By, context)) { Store = use.Store, Key = use.Key, Date = use.Date }], null);
    }

    /// <summary>Gives back what was committed: its points return to their lots, what expired meanwhile for 30 days (spec §5).</summary>
    /// <param name="state">The account.</param>
    /// <param name="one">As it is in the wallet, or as it was.</param>
    /// <param name="spent">The lots that paid for it; empty for what was given.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="context">When.</param>
    /// <param name="bonus">What spending them had brought, see <see cref="ExpiryOffers"/>; it goes again.</param>
    public static RewardDecision Return(AccountState state, Entitlement one, ImmutableArray<Lot> spent, string by, AccountContext context, long bonus = 0)
    {
        var price = spent.Sum();
        var (booked, refusal) = price == 0 ? (default, null) : Bookkeeping.Of(state, context, (purse, at, terms) =>
            ExpiryOffers.Undo(Redemptions.Restore(purse, spent, restored: 0, price, one.Id.ToString(), at, terms), one.Id.ToString(), bonus, at, terms));
        return refusal is null ? new([new RewardReturned(RewardSteps.Moment(state, one, by, context, booked))], null) : new([], refusal);
    }

    /// <summary>Whether what was used may still be given back: at the store that took it, while the day lasts.</summary>
    public static Refusal? ObjectionToUndo(RewardUsed used, EntitlementUse undo) => used switch
    {
        { Store: null } => new("not-at-a-till", "/voucher", "It was used by being redeemed."),
        { Store: var store } when store != undo.Store => new("another-store", "/voucher", "Only the store that took it gives it back."),
        { Date: var date } when date != undo.Date => new("another-day", "/voucher", "What was taken can be given back on the same day only."),
        _ => null,
    };

    /// <summary>The seat's holder came, or did not.</summary>
    public static RewardDecision Attend(AccountState state, Entitlement seat, bool came, string by, AccountContext context) => new(
        [came
            ? new RewardUsed(RewardSteps.Moment(state, seat, by, context)) { Date = RewardSteps.Today(context) }
            : new RewardExpired(RewardSteps.Moment(state, seat, by, context)) { IsNoShow = true }],
        null);
}
