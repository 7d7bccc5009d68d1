using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Ledger;

namespace Gamification.Members;

/// <summary>A reward as statements name it, at the time.</summary>
public sealed record RewardName(string Id, string Fr, string Nl, string En);

/// <summary>
/// The durable facts of a member's rewards. They move no lifetime points: those are earned. What begins an entitlement, what decides it, what
/// ends it and what gives it back each carry a business key, so that none of the four can happen twice and a retry after years finds what happened.
/// </summary>
public abstract record RewardEntry : AccountEntry
{
    protected RewardEntry()
    {
    }

    [SetsRequiredMembers]
    protected RewardEntry(RewardMoment moment)
    {
        (Entitlement, Reservation, Name, By) = (moment.Entitlement, moment.Reservation, moment.Name, moment.By);
        (Points, Balance, Lifetime, Receipts) = (0, moment.Balance ?? moment.State.Balance, moment.State.Lifetime, moment.State.Receipts);
        (Tallies, ReceivedAt, Postings) = ([], moment.At, moment.Postings);
    }

    public required EntitlementId Entitlement { get; init; }

    /// <summary>At the reward's stock. A commit and an abandonment take the same key, derived from it.</summary>
    public required ReservationId Reservation { get; init; }

    /// <summary>Null for the end of a reservation that this account had never heard of.</summary>
    public RewardName? Name { get; init; }

    public required string By { get; init; }
}

/// <summary>What every entry about a reward has in common: of what, by whom, and what it leaves of the account.</summary>
public sealed record RewardMoment(AccountState State, EntitlementId Entitlement, ReservationId Reservation, RewardName? Name, string By, DateTimeOffset At)
{
    /// <summary>What it moves in the ledger, and the balance after it; null for the state's own.</summary>
    public ImmutableArray<Posting>? Postings { get; init; }

    public long? Balance { get; init; }
}

/// <summary>Reserved, and its points set aside.</summary>
public sealed record RewardHeld : RewardEntry
{
    public const string Type = "entitlement.held";

    public RewardHeld()
    {
    }

    [SetsRequiredMembers]
    public RewardHeld(RewardMoment moment, CatalogueReward reward)
        : base(moment) => Reward = reward;

    public required CatalogueReward Reward { get; init; }

    public required int Steps { get; init; }

    public required long Price { get; init; }

    /// <summary>On the real clock, Unix milliseconds, exclusive.</summary>
    public required long Until { get; init; }

    /// <summary>Whether a seat was waited for: then <see cref="RewardWaiting"/> began it.</summary>
    public bool WasWaiting { get; init; }

    /// <summary>Why it was given; null when it was asked for.</summary>
    public string? Cause { get; init; }
}

public sealed record RewardWaiting : RewardEntry
{
    public const string Type = "entitlement.waiting";

    public RewardWaiting()
    {
    }

    [SetsRequiredMembers]
    public RewardWaiting(RewardMoment moment, CatalogueReward reward)
        : base(moment) => Reward = reward;

    public required CatalogueReward Reward { get; init; }
}

/// <summary>The seat that was waited for came free.</summary>
public sealed record RewardOffered : RewardEntry
{
    public const string Type = "entitlement.offered";

    public RewardOffered()
    {
    }

    [SetsRequiredMembers]
    public RewardOffered(RewardMoment moment)
        : base(moment)
    {
    }

    public required long Until { get; init; }
}

/// <summary>Paid, or given: it is the member's.</summary>
public sealed record RewardCommitted : RewardEntry
{
    public const string Type = "entitlement.committed";

    public RewardCommitted()
    {
    }

    [SetsRequiredMembers]
    public RewardCommitted(RewardMoment moment)
        : base(moment)
    {
    }

    /// <summary>The last day on which it can be used; null for none.</summary>
    public DateOnly? ValidThrough { get; init; }

    /// <summary>A seat: somebody says whether its holder came.</summary>
    public bool IsSeat { get; init; }
}

/// <summary>Never to be committed: called off, timed out, or refused on the way.</summary>
public sealed record RewardAbandoned : RewardEntry
{
    public const string Type = "entitlement.abandoned";

    public RewardAbandoned()
    {
    }

    [SetsRequiredMembers]
    public RewardAbandoned(RewardMoment moment)
        : base(moment)
    {
    }
}

public sealed record RewardUsed : RewardEntry
{
    public const string Type = "entitlement.used";

    public RewardUsed()
    {
    }

    [SetsRequiredMembers]
    public RewardUsed(RewardMoment moment)
        : base(moment)
    {
    }

    /// <summary>Null for what is used by being taken: a gift to a cause, a status.</summary>
    public string? Store { get; init; }

    /// <summary>The till's own name for the use.</summary>
    public string? Key { get; init; }

    public required DateOnly Date { get; init; }
}

/// <summary>Not used in time, or a seat left empty.</summary>
public sealed record RewardExpired : RewardEntry
{
    public const string Type = "entitlement.expired";

    public RewardExpired()
    {
    }

    [SetsRequiredMembers]
    public RewardExpired(RewardMoment moment)
        : base(moment)
    {
    }

    public bool IsNoShow { get; init; }
}

/// <summary>Given back after it was committed, with its points.</summary>
public sealed record RewardReturned : RewardEntry
{
    public const string Type = "entitlement.returned";

    public RewardReturned()
    {
    }

    [SetsRequiredMembers]
    public RewardReturned(RewardMoment moment)
        : base(moment)
    {
    }
}

/// <summary>An agent's gesture as the account took it, or refused it: both are final.</summary>
public sealed record GestureTaken : AccountEntry
{
    public const string Type = "gesture.taken";

    public required Gesture Gesture { get; init; }

    public required string By { get; init; }

    public Refusal? Refusal { get; init; }
}
