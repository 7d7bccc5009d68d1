using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Rules.Redeeming;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>Between this account and the owners of stock, and the agents who give.</summary>
internal sealed partial class MemberRewards
{
    /// <summary>The owner wants an end: what is committed stays so, everything else is abandoned for ever.</summary>
    public async Task<ReservationFate> Settle(ReservationAsk ask)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (Wallet.Find(ask.Id) is { } one)
            {
                if (one.State is EntitlementState.Ready or EntitlementState.Booked) return ReservationFate.Committed;
                if (await Decide((state, context) => new([RewardSteps.Abandon(state, one, RewardSteps.Programme, context)], null)) is not null) return ReservationFate.Abandoned;
            }
            else if (await Decided(ask.Id) is { } decided)
            {
                return decided is RewardCommitted ? ReservationFate.Committed : ReservationFate.Abandoned;
            }
            else if (await Decide((state, context) => new([RewardSteps.Disown(state, ask.Id, context)], null)) is not null)
            {
                return ReservationFate.Abandoned;
            }
        }

        throw new JournalUnavailableException($"Other activations of {actor} keep writing first; nothing was written. Ask again.");
    }

    /// <summary>The member is told, and may say yes until the offer ends. A seat that the account has not heard of it does not want.</summary>
    public async Task<ReservationFate> Offered(ReservationAsk ask)
    {
        if (Wallet.Find(ask.Id) is not { State: EntitlementState.Waiting or EntitlementState.Offered or EntitlementState.Held } waiting) return await Settle(ask);
        return await Decide((state, context) => RewardSteps.Offer(state, waiting, ask.Until, context)) is not null ? ReservationFate.Undecided : await Offered(ask);
    }

    /// <summary>Once for each gesture, taken or refused for ever. A reward is a gift whose cause is the gesture.</summary>
    public async Task<Refusal?> Receive(Gesture gesture, string by)
    {
        if (gesture.Reward is { } reward)
            return await Give(new() { Cause = GestureRule.CauseOf(gesture), Reward = reward, By = by }) is RedeemOutcome.Refused { Refusal: var refused } ? refused : null;
        if (await Find(RewardKeys.Gesture(gesture.Id)) is GestureTaken before) return before.Refusal;
        GestureTaken? taken = null;
        return await Decide((state, context) => new([taken = GestureRule.Take(state, gesture, by, context)], null)) is not null ? taken!.Refusal : await Receive(gesture, by);
    }

    /// <summary>
    /// Gives back what was committed: the owner first, who may say no, then the points. What ends between the two is finished by
    /// <see cref="Remind"/>.
    /// </summary>
    private async Task<RedeemOutcome?> GiveBack(Entitlement one, string by)
    {
        if (RewardList.HasStock(one.Reward))
        {
            await _returns.Set(one.Id.ToString(), TimeSpan.FromMinutes(1));
            if (await Owner(one.Reward.Id).Cancel(one.Reservation, Now) is ReservationOutcome.Refused { Refusal: var refusal })
            {
                await _returns.Forget(one.Id.ToString());
                return new RedeemOutcome.Refused(refusal);
            }
        }

        var (spent, bonus) = await SpentOn(one);
        if (await Decide((state, context) => Using.Return(state, one, spent, by, context, bonus)) is not { } decision) return null;
        if (decision.Refusal is { } refused) return new RedeemOutcome.Refused(refused);
        if (RewardList.HasStock(one.Reward)) await _returns.Forget(one.Id.ToString());
        return await Standing(one.Id);
    }

    /// <summary>Gives what recognition owes. What cannot be given now, since the catalogue lacks it or none is left, is tried again at the next look.</summary>
    public async Task PickUp()
    {
        foreach (var owed in Wallet.Owed)
        {
            try
            {
                if (await Give(new() { Cause = owed.Cause, Reward = owed.Reward, By = RewardSteps.Programme }) is RedeemOutcome.Refused { Refusal: var refusal })
                    log.LogInformation("{Reward} is owed to {Member} for {Cause} and cannot be given yet: {Code}.", owed.Reward, actor, owed.Cause, refusal.Code);
            }
            catch (Exception fault)
            {
                log.LogWarning(fault, "{Reward} is owed to {Member} for {Cause}; it is tried again at the next look.", owed.Reward, actor, owed.Cause);
            }
        }
    }

    /// <summary>Finishes what a reminder of this account speaks of. Others are not its business.</summary>
    public async Task Remind(string reminder)
    {
        if (_holds.NameIn(reminder) is { } held)
        {
            await Lapse();
            if (Wallet.Find(EntitlementId.Parse(held)) is not { State: EntitlementState.Held }) await _holds.Forget(held);
        }
        else if (_returns.NameIn(reminder) is { } name)
        {
            var id = EntitlementId.Parse(name);
            var one = Wallet.Find(id) ?? (await Past(id) is { View.State: EntitlementState.Used } past ? past.One : null);
            if (one is null) await _returns.Forget(name);
            else await Insist(() => GiveBack(one, RewardSteps.Programme));
        }
    }

    /// <summary>Tills without a network hear of it with their next list.</summary>
    private async Task<RedeemOutcome?> Revoked(RedeemOutcome? outcome, DateOnly? through)
    {
        if (outcome is RedeemOutcome.Stands { Entitlement: { State: EntitlementState.Returned } one } && through is { } day)
            await grains.GetGrain<IVoucherKeysGrain>(actor.Programme).Revoke(one.Id, day, "account", Now);
        return outcome;
    }

    /// <summary>The owner asks by itself when it has heard nothing for as long as the hold lasts.</summary>
    private Task Confirm(CatalogueReward reward, ReservationId reservation) => Say(reward, reservation, owner => owner.Confirm(reservation, Now));

    private Task Release(CatalogueReward reward, ReservationId reservation) => Say(reward, reservation, owner => owner.Release(reservation, Now));

    private async Task Say(CatalogueReward reward, ReservationId reservation, Func<IRewardGrain, Task<ReservationOutcome>> say)
    {
        if (!RewardList.HasStock(reward)) return;
        try
        {
            await say(Owner(reward.Id));
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The stock of {Reward} has not heard how reservation {Reservation} ended; it will ask.", reward.Id, reservation);
        }
    }

    private IRewardGrain Owner(string reward) => grains.GetGrain<IRewardGrain>($"{actor.Programme}/{reward}");

    private string? Tier => Context() is var context ? context.Scheme?.TierOf(account.State, context.At) : null;

    private ReserveReward AskOf(ReservationId reservation, bool mayWait) => new() { Id = reservation, Member = Member, At = Now, MayWait = mayWait, Tier = Tier, Also = [.. (account.State.Merged ?? []).Select(part => part.From)] };
}
