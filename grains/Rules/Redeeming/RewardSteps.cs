using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Redeeming;

/// <summary>What a rule answers: the entries to make durable, or a refusal.</summary>
public readonly record struct RewardDecision(ImmutableArray<AccountEntry> Entries, Refusal? Refusal)
{
    public static RewardDecision Refused(string code, string field, string remedy) => new([], new(code, field, remedy));
}

/// <summary>A reservation that the reward's owner has granted, or a gift.</summary>
public sealed record Reserved
{
    public required EntitlementId Id { get; init; }

    public required ReservationId Reservation { get; init; }

    public required CatalogueReward Reward { get; init; }

    public int Steps { get; init; } = 1;

    /// <summary>On the real clock, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    public bool WasWaiting { get; init; }

    /// <summary>Why it is given: then it costs nothing. Null when it was asked for.</summary>
    public string? Cause { get; init; }

    public required string By { get; init; }

    public long Price => Cause is null ? Reward.Points * Steps : 0;
}

/// <summary>
/// What may happen to a member's rewards (spec B6, §6): pure rules over the account. Stock is another actor's: whoever calls these has its word.
/// <see cref="AccountContext.ReceivedAt"/> is the real clock, by which holds time out and vouchers end; points live on the business clock.
/// </summary>
public static class RewardSteps
{
    /// <summary>For so many days after its last one a till may still report that it took a voucher while it had no network.</summary>
    public const int LateDays = 7;

    /// <summary>Who is said to have done what time alone did.</summary>
    public const string Programme = "programme";

    /// <summary>In a replay or a sandbox fifteen minutes may pass in a blink: there a hold ends by the real clock alone.</summary>
    private static readonly TimeSpan ByRealClock = TimeSpan.FromDays(36_500);

    private static readonly RewardDecision TimedOut = RewardDecision.Refused("hold-timed-out", "/redemption", "Its time was over and its points are back; redeem it again.");

    /// <summary>Reserved: the points are set aside until then.</summary>
    public static RewardDecision Hold(AccountState state, Reserved ask, AccountContext context)
    {
        var (booked, refusal) = ask.Price == 0 ? (default, null) : Bookkeeping.Of(state, context, (purse, at, terms) =>
            Holds.Hold(purse, ask.Id.ToString(), ask.Price, at, terms with { HoldFor = HoldFor(ask.Until, context) }));
        if (refusal is not null) return new([], refusal);
        return new([new RewardHeld(new(state, ask.Id, ask.Reservation, NameOf(ask.Reward), ask.By, context.ReceivedAt) { Postings = booked.Postings, Balance = booked.Postings is null ? null : booked.Balance }, ask.Reward)
        {
            Steps = ask.Steps,
            Price = ask.Price,
            Until = ask.Until.ToUnixTimeMilliseconds(),
            WasWaiting = ask.WasWaiting,
            Cause = ask.Cause,
        }], null);
    }

    /// <summary>Holds and commits at once, in one append.</summary>
    public static RewardDecision Take(AccountState state, Reserved ask, AccountContext context)
    {
        var held = Hold(state, ask, context);
        if (held.Refusal is not null) return held;
        var after = state.Apply(held.Entries[0]);
        var taken = Commit(after, after.Wallet!.Find(ask.Id)!, ask.By, context);
        return taken.Refusal is null ? new([.. held.Entries, .. taken.Entries], null) : taken;
    }

    /// <summary>Pays for what is held, with the bonus that points bring whose expiry was told. A gift to a cause and a status are used by that.</summary>
    public static RewardDecision Commit(AccountState state, Entitlement held, string by, AccountContext context)
    {
        if (held.HasTimedOut(context.ReceivedAt)) return TimedOut;
        var (booked, refusal) = held.Price == 0 ? (default, null) : Bookkeeping.Of(state, context, (purse, at, terms) =>
            ExpiryOffers.Spend(Holds.Confirm(purse, held.Id.ToString(), at, terms), state.Recognition?.Offers, held.Id.ToString(), at, terms));
        if (refusal is not null) return TimedOut;
        var today = Today(context);
        var committed = new RewardCommitted(Moment(state, held, by, context, booked))
        {
            ValidThrough = RewardDays.LastDay(held.Reward, today, context.Settings.TimeZone),
            IsSeat = held.Reward.Gives is WorkshopReward,
        };
        return held.Reward.Gives is DonationReward or StatusReward
            ? new([committed, new RewardUsed(Moment(state.Apply(committed), held, by, context)) { Date = today }], null)
            : new([committed], null);
    }

    /// <summary>All seats are taken, and he waits for one.</summary>
    public static RewardDecision Wait(AccountState state, Reserved ask, AccountContext context) =>
        new([new RewardWaiting(new(state, ask.Id, ask.Reservation, NameOf(ask.Reward), ask.By, context.ReceivedAt), ask.Reward)], null);

    /// <summary>The seat came free. Nothing when he was told before.</summary>
    public static RewardDecision Offer(AccountState state, Entitlement waiting, DateTimeOffset until, AccountContext context) => waiting.State == EntitlementState.Waiting
        ? new([new RewardOffered(Moment(state, waiting, Programme, context)) { Until = until.ToUnixTimeMilliseconds() }], null)
        : new([], null);

    /// <summary>Never to be committed. The points come back; what expired meanwhile remains for seven more days (spec §6).</summary>
    public static RewardEntry Abandon(AccountState state, Entitlement open, string by, AccountContext context)
    {
        if (open is not { State: EntitlementState.Held, Price: > 0 }) return new RewardAbandoned(Moment(state, open, by, context));
        var (booked, refusal) = Bookkeeping.Of(state, context, (purse, at, terms) => Holds.Void(purse, open.Id.ToString(), at, terms));

        // Where the hold timed out by itself the ledger has given it back already, or does so now.
        if (refusal is not null) (booked, _) = Bookkeeping.Of(state, context, Boundaries.Settle);
        return new RewardAbandoned(Moment(state, open, by, context, booked));
    }

    /// <summary>The end of a reservation that this account has not heard of.</summary>
    public static RewardEntry Disown(AccountState state, ReservationId reservation, AccountContext context) =>
        new RewardAbandoned(new(state, default, reservation, Name: null, Programme, context.ReceivedAt));

    /// <summary>Everything whose time is over, or whose cause is undone, and that nobody has noted yet. An expired voucher is kept a week longer, for tills that report late.</summary>
    public static ImmutableArray<AccountEntry> Lapses(AccountState state, AccountContext context)
    {
        if (state.Wallet is not { } wallet) return [];
        var entries = ImmutableArray.CreateBuilder<AccountEntry>();
        var lastReport = Today(context).AddDays(-LateDays);
        foreach (var open in wallet.Open)
        {
            RewardEntry? lapse = open is { IsRecalled: true, State: EntitlementState.Ready } ? new RewardReturned(Moment(state, open, Programme, context))
                : open.HasTimedOut(context.ReceivedAt) ? Abandon(state, open, Programme, context)
                : open.HasExpired(lastReport) ? new RewardExpired(Moment(state, open, Programme, context))
                : null;
            if (lapse is null) continue;
            state = state.Apply(lapse);
            entries.Add(lapse);
        }

        return entries.DrainToImmutable();
    }

    /// <summary>A real date: vouchers are dated as people at a till read them.</summary>
    internal static DateOnly Today(AccountContext context) => RewardDays.DayOf(context.ReceivedAt, context.Settings.TimeZone);

    internal static RewardName NameOf(CatalogueReward reward) => new(reward.Id, reward.Fr, reward.Nl, reward.En);

    internal static RewardMoment Moment(AccountState state, Entitlement one, string by, AccountContext context, Booked booked = default) =>
        new(state, one.Id, one.Reservation, NameOf(one.Reward), by, context.ReceivedAt) { Postings = booked.Postings, Balance = booked.Postings is null ? null : booked.Balance };

    private static TimeSpan HoldFor(DateTimeOffset until, AccountContext context) =>
        context.Settings.Clock == BusinessClockKind.Live ? until - context.ReceivedAt : ByRealClock;
}
