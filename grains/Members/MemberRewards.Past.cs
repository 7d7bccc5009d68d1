using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rewards;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.Redeeming;

namespace Gamification.Members;

/// <summary>What the account no longer carries: the journal's keys remember it.</summary>
internal sealed partial class MemberRewards
{
    /// <summary>An entitlement that is over: as it was, how it ended, and by which use.</summary>
    private sealed record PastReward(Entitlement One, EntitlementView View, RewardUsed? Used);

    /// <summary>What this very key brought before, or that it was used for something else; null for a new one.</summary>
    private async Task<RedeemOutcome?> Before(EntitlementId id, string reward, int steps)
    {
        var (known, view) = Wallet.Find(id) is { } open ? (open, View(open)) : await Past(id) is { } past ? (past.One, past.View) : (null, null);
        if (known is null) return null;
        return known.Reward.Id == reward && known.Steps == steps ? Stands(view!, replayed: true) : new RedeemOutcome.Conflict(id);
    }

    private async Task<PastReward?> Past(EntitlementId id)
    {
        if (await Find(RewardKeys.Begun(id)) is not RewardEntry begun) return null;
        var ended = await Find(RewardKeys.Ended(id));
        var committed = await Decided(begun.Reservation) as RewardCommitted;
        var state = await Find(RewardKeys.Returned(id)) is not null ? EntitlementState.Returned
            : ended is RewardUsed ? EntitlementState.Used
            : ended is RewardExpired expired ? expired.IsNoShow ? EntitlementState.NoShow : EntitlementState.Expired
            : EntitlementState.Abandoned;
        var one = Wallet.After(null, begun)!.Open[0] with { State = state, Until = 0, ValidThrough = committed?.ValidThrough };
        if (begun is RewardWaiting && committed is not null) one = one with { Price = one.Reward.Points };
        return new(one, View(one), ended as RewardUsed);
    }

    /// <summary>Whether a reservation was committed or abandoned here, for ever; null when neither.</summary>
    private async Task<RewardEntry?> Decided(ReservationId reservation) => await Find(RewardKeys.Decided(reservation)) as RewardEntry;

    /// <summary>The lots that paid for it.</summary>
    private async Task<(ImmutableArray<Lot> Spent, long Bonus)> SpentOn(Entitlement one)
    {
        var postings = (await Decided(one.Reservation))?.Postings;
        return (postings?.FirstOrDefault(posting => posting.Kind == PostingKind.HoldConfirmed)?.Lots ?? [], ExpiryOffers.BonusIn(postings));
    }

    private async Task<AccountEntry?> Find(BusinessKey key) =>
        await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } stored && account.IsOwn(stored.Actor) ? AccountEntryJson.Read(stored) : null;
}
