using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Members;

/// <summary>The member's rewards and gestures: see <see cref="MemberRewards"/>. Whoever watches the account is told of each change.</summary>
internal sealed partial class MemberGrain : IRewardAccount, IReservationHolder, IGestureReceiver
{
    private MemberRewards _rewards = null!;

    public Task<RedeemOutcome> Redeem(RedeemReward ask) => Kept<IRewardAccount>() is { } kept ? RedeemThere(kept, ask) : Told(() => _rewards.Redeem(ask));

    public Task<RedeemOutcome> Keep(EntitlementId id, string by) => Kept<IRewardAccount>()?.Keep(id, by) ?? Told(() => _rewards.Keep(id, by));

    public Task<RedeemOutcome> Cancel(EntitlementId id, string by) => Kept<IRewardAccount>()?.Cancel(id, by) ?? Told(() => _rewards.Cancel(id, by));

    public Task<RedeemOutcome> Use(EntitlementId id, EntitlementUse use) => Kept<IRewardAccount>()?.Use(id, use) ?? Told(() => _rewards.Use(id, use));

    public Task<RedeemOutcome> Void(EntitlementId id, EntitlementUse undo) => Kept<IRewardAccount>()?.Void(id, undo) ?? Told(() => _rewards.Void(id, undo));

    public Task<RedeemOutcome> Attend(ReservationId reservation, bool came, string by) => Kept<IRewardAccount>()?.Attend(reservation, came, by) ?? Told(() => _rewards.Attend(reservation, came, by));

    public Task<RedeemOutcome> Give(RewardGift gift) => Kept<IRewardAccount>()?.Give(gift) ?? Told(() => _rewards.Give(gift));

    public Task<ImmutableArray<EntitlementView>> Entitlements() => Kept<IRewardAccount>()?.Entitlements() ?? Told(async () =>
    {
        await _rewards.PickUp();
        return _rewards.Open();
    });

    public Task<EntitlementView?> Entitlement(EntitlementId id) => Kept<IRewardAccount>()?.Entitlement(id) ?? _rewards.Find(id);

    public Task<ImmutableArray<RewardOffer>> Offers() => Kept<IRewardAccount>()?.Offers() ?? _rewards.Offers();

    public Task<ReservationFate> Settle(ReservationAsk ask) => Kept<IReservationHolder>()?.Settle(ask) ?? Told(() => _rewards.Settle(ask));

    public Task<ReservationFate> Offered(ReservationAsk ask) => Kept<IReservationHolder>()?.Offered(ask) ?? Told(() => _rewards.Offered(ask));

    public Task<Refusal?> Receive(Gesture gesture, string by) => Kept<IGestureReceiver>()?.Receive(gesture, by) ?? Told(() => _rewards.Receive(gesture, by));

    /// <summary>A redemption from before the merge has this account's name in its id.</summary>
    private async Task<RedeemOutcome> RedeemThere(IRewardAccount kept, RedeemReward ask)
    {
        var own = EntitlementId.Of(_actor.Programme, Member, ask.Key);
        if (await journal.FindKey(_actor.Programme, RewardKeys.Begun(own), CancellationToken.None) is null || await kept.Entitlement(own) is not { } known) return await kept.Redeem(ask);
        return known.Reward.Id == ask.Reward && known.Steps == ask.Steps ? new RedeemOutcome.Stands(known, Replayed: true) : new RedeemOutcome.Conflict(own);
    }
}
