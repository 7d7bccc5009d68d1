using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Redeeming;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>
/// The member's side of redeeming. The stock's owner grants a reservation; this account commits or abandons it, which its journal lets happen
/// once; then the owner hears. What is not heard it asks for itself (<see cref="IReservationHolder"/>), so that no step here needs finishing by anybody
/// but a seat or voucher that goes back. Everything runs in the member's turn.
/// </summary>
internal sealed partial class MemberRewards(
    ActorId actor, AccountLedger account, IJournal journal, IGrainFactory grains, RewardBook book, BusinessClock clock, bool isTimeMoved, TimeProvider time, Grain grain, ILogger log)
{
    private const int TriesMax = 5;
    private static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(15);

    /// <summary>What was given back to its owner and is not yet given back here; and holds that no ledger ends by itself, since the time of a replay or sandbox is not theirs.</summary>
    private readonly NamedReminders _returns = new(grain, "reward-return/", log);
    private readonly NamedReminders _holds = new(grain, "reward-hold/", log);

    private MemberId Member { get; } = MemberId.Parse(actor.Key);

    private Wallet Wallet => account.State.Wallet ?? Wallet.Empty;

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<RedeemOutcome> Redeem(RedeemReward ask) => Insist(async () =>
    {
        var id = EntitlementId.Of(actor.Programme, Member, ask.Key);
        if (await Before(id, ask.Reward, ask.Steps) is { } before) return before;
        var reward = (await book.Of(actor.Programme)).Find(ask.Reward);
        await Lapse();
        if (Asking.Objection(account.State, ask, reward, Context()) is { } refusal) return new RedeemOutcome.Refused(refusal);
        var isAtOnce = ask.Keep || reward!.Gives is WorkshopReward or DonationReward or StatusReward;
        return await Reserve(
            new() { Id = id, Reservation = id.Reservation(actor.Programme, ask.Reward, Member), Reward = reward!, Steps = ask.Steps, Until = Now + HoldFor, By = ask.By },
            isAtOnce,
            ask.MayWait);
    });

    public Task<RedeemOutcome> Give(RewardGift gift) => Insist(async () =>
    {
        if ((await book.Of(actor.Programme)).Find(gift.Reward) is not { } reward) return new RedeemOutcome.Refused(new("reward-unknown", "/reward", "Give a reward of the catalogue."));
        var given = Gifts.Of(actor.Programme, Member, reward, gift.Cause, gift.By, Now);
        if (await Before(given.Id, gift.Reward, 1) is { } before) return before;
        await Lapse();
        return await Reserve(given, isAtOnce: true, mayWait: false);
    });

    public Task<RedeemOutcome> Keep(EntitlementId id, string by) => Insist(async () => Wallet.Find(id) switch
    {
        null => await Past(id) is not { } past ? new RedeemOutcome.Unknown()
            : past.View.State == EntitlementState.Abandoned ? Refused("hold-timed-out", "/redemption", "Its time was over or it was called off; redeem it again.")
            : Stands(past.View, replayed: true),
        { State: EntitlementState.Held } held => await Pay(held, by, (state, context) => RewardSteps.Commit(state, held, by, context)),
        { State: EntitlementState.Waiting or EntitlementState.Offered } waiting => await TakeSeat(waiting, by),
        var his => Stands(his, replayed: true),
    });

    public Task<RedeemOutcome> Cancel(EntitlementId id, string by) => Insist(async () => Wallet.Find(id) switch
    {
        null => await Past(id) is not { } past ? new RedeemOutcome.Unknown()
            : past.View.State is EntitlementState.Abandoned or EntitlementState.Returned ? Stands(past.View, replayed: true)
            : Refused("over", "/redemption", "It is over and cannot be called off."),
        { State: EntitlementState.Ready } => Refused("already-paid", "/redemption", "It is paid for and its voucher may be on paper; show it at a till to give it back."),
        { State: EntitlementState.Booked } seat => await GiveBack(seat, by),
        var open => await CallOff(open, by),
    });

    public Task<RedeemOutcome> Use(EntitlementId id, EntitlementUse use) => Insist(async () =>
    {
        if (Wallet.Find(id) is { } one) return await Pay(one, use.By, (state, context) => Using.Use(state, one, use, context));
        return await Past(id) switch
        {
            null => new RedeemOutcome.Unknown(),
            { Used: { } used, View.State: EntitlementState.Used } past => used.Store == use.Store && used.Key == use.Key
                ? Stands(past.View, replayed: true)
                : Refused("voucher-used", "/voucher", $"It was taken on {used.Date:yyyy-MM-dd}{(used.Store is { } store ? $" at {store}" : "")}; a voucher is taken once."),
            { View.State: EntitlementState.Expired } => Refused("voucher-expired", "/voucher", "Its last day is over."),
            { View.State: EntitlementState.Returned } => Refused("voucher-returned", "/voucher", "It was given back and its points with it."),
            _ => Refused("hold-timed-out", "/voucher", "Its time was over or it was called off, and its points are back; redeem it again."),
        };
    });

    public Task<RedeemOutcome> Void(EntitlementId id, EntitlementUse undo) => Insist(async () =>
    {
        switch (Wallet.Find(id))
        {
            case { State: EntitlementState.Held } held:
                return await CallOff(held, undo.By);
            case { State: EntitlementState.Ready } ready:
                return await Revoked(await GiveBack(ready, undo.By), ready.ValidThrough);
            case not null:
                return Refused("not-at-a-till", "/voucher", "A seat is given back by its holder.");
        }

        if (await Past(id) is not { } past) return new RedeemOutcome.Unknown();
        if (past.View.State is EntitlementState.Abandoned or EntitlementState.Returned) return await Revoked(Stands(past.View, replayed: true), past.View.ValidThrough);
        if (past.Used is not { } used) return Refused("over", "/voucher", "Its last day is over.");
        if (Using.ObjectionToUndo(used, undo) is { } refusal) return new RedeemOutcome.Refused(refusal);
        return await Revoked(await GiveBack(past.One, undo.By), past.One.ValidThrough);
    });

    public Task<RedeemOutcome> Attend(ReservationId reservation, bool came, string by) => Insist(async () =>
    {
        if (Wallet.Find(reservation) is not { State: EntitlementState.Booked } seat)
        {
            return await Decided(reservation) is { } decided && await Past(decided.Entitlement) is { } past ? Stands(past.View, replayed: true) : new RedeemOutcome.Unknown();
        }

        if (await Owner(seat.Reward.Id).Attend(reservation, came, Now) is ReservationOutcome.Refused { Refusal: var refusal }) return new RedeemOutcome.Refused(refusal);
        return await Decide((state, context) => Using.Attend(state, seat, came, by, context)) is null ? null : await Standing(seat.Id);
    });

    public ImmutableArray<EntitlementView> Open()
    {
        var (now, today) = (Now, RewardSteps.Today(Context()));
        return [.. Wallet.Open.Select(one => one.At(now, today)).Where(one => one.State <= EntitlementState.Booked)];
    }

    /// <summary>As it stands; whoever waits learns its place from the seat's owner.</summary>
    public async Task<EntitlementView?> Find(EntitlementId id)
    {
        if (Wallet.Find(id) is not { } one) return (await Past(id))?.View;
        var view = View(one);
        if (view.State != EntitlementState.Waiting) return view;
        return await Owner(one.Reward.Id).Reserve(AskOf(one.Reservation, mayWait: true)) switch
        {
            ReserveOutcome.Waiting waiting => view with { Place = waiting.Place },
            ReserveOutcome.Reserved reserved => view with { State = EntitlementState.Offered, Until = reserved.Until },
            _ => view,
        };
    }

    public async Task<ImmutableArray<RewardOffer>> Offers()
    {
        var rewards = (await book.Of(actor.Programme)).Rewards;
        var context = Context();
        return [.. rewards.Select(one => Asking.Offer(account.State, one.Reward, context))];
    }

    /// <summary>Everything whose time is over, made durable.</summary>
    public async Task Lapse()
    {
        if (account.State.Wallet is not null) await Decide((state, context) => new(RewardSteps.Lapses(state, context), null));
    }

    /// <summary>What joining brings, to be made durable together with it.</summary>
    public async ValueTask<ImmutableArray<AccountEntry>> Welcome(AccountState enrolled, AccountContext context) =>
        Gifts.Welcome(enrolled, actor.Programme, Member, await Catalogue(), context);

    /// <summary>The rewards on offer, as this node knows them.</summary>
    public async ValueTask<ImmutableArray<CatalogueReward>> Catalogue() => [.. (await book.Of(actor.Programme)).Rewards.Select(one => one.Reward)];

    private async Task<RedeemOutcome?> Reserve(Reserved ask, bool isAtOnce, bool mayWait)
    {
        if (RewardList.HasStock(ask.Reward))
        {
            switch (await Owner(ask.Reward.Id).Reserve(AskOf(ask.Reservation, mayWait)))
            {
                case ReserveOutcome.Reserved reserved:
                    ask = ask with { Until = reserved.Until };
                    break;
                case ReserveOutcome.Waiting waiting:
                    return await Decide((state, context) => RewardSteps.Wait(state, ask, context)) is null ? null : Stands(View(Wallet.Find(ask.Id)!) with { Place = waiting.Place }, replayed: false);
                case ReserveOutcome.Refused refused:
                    return new RedeemOutcome.Refused(refused.Refusal);
                default:
                    return Refused("over", "/id", "A redemption with this id ended before; use a new id.");
            }

            // The owner may have asked meanwhile, and been told for ever that it is abandoned.
            if (await Decided(ask.Reservation) is not null || ask.Until <= Now) return Refused("hold-timed-out", "/id", "Its time was over; redeem it again with a new id.");
        }

        return await Record(ask, isAtOnce);
    }

    private async Task<RedeemOutcome?> Record(Reserved ask, bool isAtOnce)
    {
        if (await Decide((state, context) => isAtOnce ? RewardSteps.Take(state, ask, context) : RewardSteps.Hold(state, ask, context)) is not { } decision) return null;
        if (decision.Refusal is { } refusal)
        {
            if (!ask.WasWaiting) await Release(ask.Reward, ask.Reservation);
            return new RedeemOutcome.Refused(refusal);
        }

        if (isAtOnce) await Confirm(ask.Reward, ask.Reservation);
        else if (isTimeMoved && !RewardList.HasStock(ask.Reward)) await _holds.Set(ask.Id.ToString(), HoldFor);
        return Stands((await Find(ask.Id))!, replayed: false);
    }

    private async Task<RedeemOutcome?> TakeSeat(Entitlement waiting, string by)
    {
        var answer = await Owner(waiting.Reward.Id).Reserve(AskOf(waiting.Reservation, mayWait: true));
        if (answer is ReserveOutcome.Waiting { Place: var place }) return Refused("still-waiting", "/redemption", FormattableString.Invariant($"No seat is free yet; {place - 1} come before."));
        if (answer is not ReserveOutcome.Reserved reserved || reserved.Until <= Now) return await CallOff(waiting, by) is null ? null : Refused("hold-timed-out", "/redemption", "The offer is over; wait again.");
        return await Record(
            new() { Id = waiting.Id, Reservation = waiting.Reservation, Reward = waiting.Reward, Until = reserved.Until, WasWaiting = true, By = by }, isAtOnce: true);
    }

    /// <summary>A commit, then the owner hears of it. What has timed out is abandoned instead.</summary>
    private async Task<RedeemOutcome?> Pay(Entitlement one, string by, Func<AccountState, AccountContext, RewardDecision> rule)
    {
        if (await Decide(rule) is not { } decision) return null;
        if (decision.Refusal is { Code: "hold-timed-out" }) return await CallOff(one, by) is null ? null : new RedeemOutcome.Refused(decision.Refusal);
        if (decision.Refusal is { } refusal) return new RedeemOutcome.Refused(refusal);
        if (one.State == EntitlementState.Held) await Confirm(one.Reward, one.Reservation);
        return await Standing(one.Id);
    }

    private async Task<RedeemOutcome?> CallOff(Entitlement open, string by)
    {
        if (await Decide((state, context) => new([RewardSteps.Abandon(state, open, by, context)], null)) is null) return null;
        await Release(open.Reward, open.Reservation);
        return await Standing(open.Id);
    }

    private async Task<RedeemOutcome?> Standing(EntitlementId id) => Stands((await Find(id))!, replayed: false);

    private async Task<RedeemOutcome> Insist(Func<Task<RedeemOutcome?>> attempt)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (await attempt() is { } outcome) return outcome;
        }

        throw new JournalUnavailableException($"Other activations of {actor} keep writing first; nothing was written. Ask again.");
    }

    /// <summary>A rule decides, the journal makes it durable. Null when another activation was first: then everything is to be looked at again.</summary>
    private async Task<RewardDecision?> Decide(Func<AccountState, AccountContext, RewardDecision> rule)
    {
        var decision = rule(account.State, Context());
        if (decision.Refusal is not null || decision.Entries.IsEmpty) return decision;
        var outcome = await account.Commit(decision.Entries, key: null);
        if (outcome is AppendOutcome.KeyTaken) await account.Load(CancellationToken.None);
        return outcome is AppendOutcome.Appended ? decision : null;
    }

    private AccountContext Context() => account.Context(AccountKind.Member, Now, clock.Now(actor.Programme) ?? Now, history: null);

    private EntitlementView View(Entitlement one) => one.At(Now, RewardSteps.Today(Context()));

    private RedeemOutcome.Stands Stands(Entitlement one, bool replayed) => Stands(View(one), replayed);

    private static RedeemOutcome.Stands Stands(EntitlementView view, bool replayed) => new(view, replayed);

    private static RedeemOutcome.Refused Refused(string code, string field, string remedy) => new(new(code, field, remedy));
}
