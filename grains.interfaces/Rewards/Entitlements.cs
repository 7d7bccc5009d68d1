using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>Where a reward on an account stands. The first five are open, the others are for ever.</summary>
public enum EntitlementState
{
    /// <summary>On the waiting list of a booking.</summary>
    Waiting,

    /// <summary>A seat came free and is kept until he confirms it or the time is over.</summary>
    Offered,

    /// <summary>Its points are set aside; confirm it, use it, or it ends by itself.</summary>
    Held,

    /// <summary>His: paid for or given, and not used yet.</summary>
    Ready,

    /// <summary>A seat that is his.</summary>
    Booked,

    Used,

    /// <summary>Not used in time; its points are gone.</summary>
    Expired,

    /// <summary>It ended before it was confirmed: called off or timed out. Its points are back.</summary>
    Abandoned,

    /// <summary>It was confirmed and then given back, with its points.</summary>
    Returned,

    /// <summary>A seat that stayed empty.</summary>
    NoShow,
}

/// <summary>One reward on an account, as it stands now.</summary>
[GenerateSerializer, Immutable, Alias("entitlement-view")]
public sealed record EntitlementView
{
    [Id(0)] public required EntitlementId Id { get; init; }

    /// <summary>As it was when it was promised: what the catalogue says since changes nothing of it.</summary>
    [Id(1)] public required CatalogueReward Reward { get; init; }

    /// <summary>How many steps of a payment with points; 1 for everything else.</summary>
    [Id(2)] public int Steps { get; init; } = 1;

    [Id(3)] public required EntitlementState State { get; init; }

    /// <summary>What it cost; 0 for what was given.</summary>
    [Id(4)] public long Points { get; init; }

    /// <summary>Held or offered until then, exclusive.</summary>
    [Id(5)] public DateTimeOffset? Until { get; init; }

    /// <summary>The last day on which it can be used, in the programme's zone; null for none.</summary>
    [Id(6)] public DateOnly? ValidThrough { get; init; }

    /// <summary>On the waiting list, from 1.</summary>
    [Id(7)] public int? Place { get; init; }

    /// <summary>Why it was given; null when it was redeemed.</summary>
    [Id(8)] public string? Cause { get; init; }

    [Id(9)] public required ReservationId Reservation { get; init; }
}

/// <summary>Asks for a reward. The same <see cref="Key"/> again is the same redemption; with another reward or steps it is a conflict.</summary>
[GenerateSerializer, Immutable, Alias("redeem-reward")]
public sealed record RedeemReward
{
    /// <summary>The caller's own, 1 to 100 printable characters.</summary>
    [Id(0)] public required string Key { get; init; }

    [Id(1)] public required string Reward { get; init; }

    [Id(2)] public int Steps { get; init; } = 1;

    /// <summary>Pays at once, for later; otherwise the points are held for a few minutes. A seat, a gift to a cause and a status are always at once.</summary>
    [Id(3)] public bool Keep { get; init; }

    /// <summary>Joins the waiting list when all seats are taken.</summary>
    [Id(4)] public bool MayWait { get; init; }

    /// <summary>The price that was shown, so that nobody pays another; null not to ask.</summary>
    [Id(5)] public long? Points { get; init; }

    /// <summary>Who asks.</summary>
    [Id(6)] public required string By { get; init; }
}

/// <summary>Something that was given: by a badge, a full card, a level, on joining. One for each cause.</summary>
[GenerateSerializer, Immutable, Alias("reward-gift")]
public sealed record RewardGift
{
    public const int CauseMax = 140;

    /// <summary>1 to 140 printable characters; names what it is for, once on this account.</summary>
    [Id(0)] public required string Cause { get; init; }

    [Id(1)] public required string Reward { get; init; }

    [Id(2)] public required string By { get; init; }
}

/// <summary>A voucher that is taken at a till.</summary>
[GenerateSerializer, Immutable, Alias("entitlement-use")]
public sealed record EntitlementUse
{
    [Id(0)] public required string Store { get; init; }

    /// <summary>The till's own name for this use, as its receipt: the same again is the same use, another is a second one. 1 to 100 printable characters.</summary>
    [Id(1)] public required string Key { get; init; }

    /// <summary>The local date at the till when it was taken; a till without a network may report a week late.</summary>
    [Id(2)] public required DateOnly Date { get; init; }

    [Id(3)] public required string By { get; init; }
}

/// <summary>The answer to a step of a redemption, in order of precedence.</summary>
[GenerateSerializer, Immutable, Alias("redeem-outcome")]
public abstract record RedeemOutcome
{
    /// <summary>Durable. <paramref name="Replayed"/> when this very step was taken before.</summary>
    [GenerateSerializer, Immutable, Alias("redeem-outcome.stands")]
    public sealed record Stands([property: Id(0)] EntitlementView Entitlement, [property: Id(1)] bool Replayed) : RedeemOutcome;

    /// <summary>The key was used for something else.</summary>
    [GenerateSerializer, Immutable, Alias("redeem-outcome.conflict")]
    public sealed record Conflict([property: Id(0)] EntitlementId Id) : RedeemOutcome;

    /// <summary>The account has no such reward.</summary>
    [GenerateSerializer, Immutable, Alias("redeem-outcome.unknown")]
    public sealed record Unknown : RedeemOutcome;

    /// <summary>Nothing changed, but that what had timed out is over.</summary>
    [GenerateSerializer, Immutable, Alias("redeem-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : RedeemOutcome;
}

/// <summary>One reward of the catalogue as one member sees it now.</summary>
[GenerateSerializer, Immutable, Alias("reward-offer")]
public sealed record RewardOffer
{
    [Id(0)] public required CatalogueReward Reward { get; init; }

    /// <summary>What stands in the way before the stock is asked; null when nothing does.</summary>
    [Id(1)] public Refusal? Refusal { get; init; }

    /// <summary>Points that are lacking; 0 when it can be paid.</summary>
    [Id(2)] public long Missing { get; init; }

    /// <summary>The reward as a sentence.</summary>
    [Id(3)] public required RewardText Text { get; init; }
}

[GenerateSerializer, Immutable, Alias("reward-text")]
public sealed record RewardText([property: Id(0)] string Fr, [property: Id(1)] string Nl, [property: Id(2)] string En);

/// <summary>A member's rewards. The key is <c>programme/member</c>. Every step is durable on return and safe to repeat.</summary>
[Alias("reward-account")]
public interface IRewardAccount : IGrainWithStringKey
{
    /// <summary>
    /// Reserves one at the reward's stock and sets its points aside until <see cref="EntitlementView.Until"/>, or takes them at once. Never more
    /// than can be spent. Whoever dies on the way, stock and points agree in the end: either both are taken or neither.
    /// </summary>
    [Alias("redeem")]
    Task<RedeemOutcome> Redeem(RedeemReward ask);

    /// <summary>Pays for what is held, or takes the seat that is offered. Refused when it timed out.</summary>
    [Alias("keep")]
    Task<RedeemOutcome> Keep(EntitlementId id, string by);

    /// <summary>The member calls off what is held, leaves the waiting list, or gives a seat back in time. What was paid for is not taken back: its voucher may be on paper.</summary>
    [Alias("cancel")]
    Task<RedeemOutcome> Cancel(EntitlementId id, string by);

    /// <summary>A till takes the voucher, once: what was held is paid with it.</summary>
    [Alias("use")]
    Task<RedeemOutcome> Use(EntitlementId id, EntitlementUse use);

    /// <summary>
    /// A till that has the voucher in hand gives everything back: what is held, what is unused, and what was used at the same store on the same day.
    /// </summary>
    [Alias("void")]
    Task<RedeemOutcome> Void(EntitlementId id, EntitlementUse undo);

    /// <summary>Whether the holder of a seat came. The first answer stands.</summary>
    [Alias("attend")]
    Task<RedeemOutcome> Attend(ReservationId reservation, bool came, string by);

    /// <summary>Puts a reward on the account for a cause, once.</summary>
    [Alias("give")]
    Task<RedeemOutcome> Give(RewardGift gift);

    /// <summary>What is open, oldest first, with what recognition has given since somebody looked last.</summary>
    [Alias("entitlements")]
    Task<ImmutableArray<EntitlementView>> Entitlements();

    /// <summary>One, also when it is over; null when the account never had it.</summary>
    [Alias("entitlement")]
    Task<EntitlementView?> Entitlement(EntitlementId id);

    /// <summary>The whole catalogue, in its order, as this member may have it. What is left of a stock is the reward's own to say.</summary>
    [Alias("offers")]
    Task<ImmutableArray<RewardOffer>> Offers();
}
