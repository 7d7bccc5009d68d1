using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Members;

/// <summary>The member's rewards and gestures: see <see cref="MemberRewards"/>. Whoever watches the account is told of each change.</summary>
internal sealed partial class MemberGrain : IRewardAccount, IReservationHolder, IGestureReceiver
{
    private MemberRewards _rewards = null!;

    public Task<RedeemOutcome> Redeem(RedeemReward ask) => Told(() => _rewards.Redeem(ask));

    public Task<RedeemOutcome> Keep(EntitlementId id, string by) => Told(() => _rewards.Keep(id, by));

    public Task<RedeemOutcome> Cancel(EntitlementId id, string by) => Told(() => _rewards.Cancel(id, by));

    public Task<RedeemOutcome> Use(EntitlementId id, EntitlementUse use) => Told(() => _rewards.Use(id, use));

    public Task<RedeemOutcome> Void(EntitlementId id, EntitlementUse undo) => Told(() => _rewards.Void(id, undo));

    public Task<RedeemOutcome> Attend(ReservationId reservation, bool came, string by) => Told(() => _rewards.Attend(reservation, came, by));

    public Task<RedeemOutcome> Give(RewardGift gift) => Told(() => _rewards.Give(gift));

    public Task<ImmutableArray<EntitlementView>> Entitlements() => Told(async () =>
    {
        await _rewards.PickUp();
        return _rewards.Open();
    });

    public Task<EntitlementView?> Entitlement(EntitlementId id) => _rewards.Find(id);

    public Task<ImmutableArray<RewardOffer>> Offers() => _rewards.Offers();

    public Task<ReservationFate> Settle(ReservationAsk ask) => Told(() => _rewards.Settle(ask));

    public Task<ReservationFate> Offered(ReservationAsk ask) => Told(() => _rewards.Offered(ask));

    public Task<Refusal?> Receive(Gesture gesture, string by) => Told(() => _rewards.Receive(gesture, by));
}
