using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Rewards;

namespace Gamification.Rules.Redeeming;

/// <summary>A reward on an account that is not over: what was promised, as it was promised.</summary>
public sealed record Entitlement
{
    public required EntitlementId Id { get; init; }

    public required ReservationId Reservation { get; init; }

    public required CatalogueReward Reward { get; init; }

    public required EntitlementState State { get; init; }

    public int Steps { get; init; } = 1;

    /// <summary>What was set aside or paid for it.</summary>
    public long Price { get; init; }

    /// <summary>Held or offered until then: the real clock's Unix milliseconds, exclusive; 0 for always.</summary>
    public long Until { get; init; }

    public DateOnly? ValidThrough { get; init; }

    public string? Cause { get; init; }

    /// <summary>Whether its time to be confirmed is over, whether or not anybody has noticed.</summary>
    public bool HasTimedOut(DateTimeOffset now) => State is EntitlementState.Held or EntitlementState.Offered && Until != 0 && Until <= now.ToUnixTimeMilliseconds();

    /// <summary>Whether it is too late to use it.</summary>
    public bool HasExpired(DateOnly today) => State is EntitlementState.Ready or EntitlementState.Booked && ValidThrough < today;

    public EntitlementView At(DateTimeOffset now, DateOnly today) => new()
    {
        Id = Id,
        Reservation = Reservation,
        Reward = Reward,
        Steps = Steps,
        State = HasTimedOut(now) ? EntitlementState.Abandoned : HasExpired(today) ? EntitlementState.Expired : State,
        Points = Price,
        Until = Until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Until),
        ValidThrough = ValidThrough,
        Cause = Cause,
    };
}

/// <summary>A member's open rewards, oldest first: a fold over entries. What is over is in the journal, under its keys.</summary>
public sealed record Wallet(ImmutableArray<Entitlement> Open)
{
    /// <summary>How many may be open at once.</summary>
    public const int Max = 100;

    public static Wallet Empty { get; } = new([]);

    public Entitlement? Find(EntitlementId id) => Open.FirstOrDefault(one => one.Id == id);

    public Entitlement? Find(ReservationId reservation) => Open.FirstOrDefault(one => one.Reservation == reservation);

    public Wallet Apply(RewardEntry entry) => entry switch
    {
        RewardWaiting waiting => With(new()
        {
            Id = waiting.Entitlement,
            Reservation = waiting.Reservation,
            Reward = waiting.Reward,
            State = EntitlementState.Waiting,
        }),
        RewardOffered offered => Changed(offered, one => one with { State = EntitlementState.Offered, Until = offered.Until }),
        RewardHeld held => With(new()
        {
            Id = held.Entitlement,
            Reservation = held.Reservation,
            Reward = held.Reward,
            State = EntitlementState.Held,
            Steps = held.Steps,
            Price = held.Price,
            Until = held.Until,
            Cause = held.Cause,
        }),
        RewardCommitted committed => Changed(committed, one => one with
        {
            State = committed.IsSeat ? EntitlementState.Booked : EntitlementState.Ready,
            Until = 0,
            ValidThrough = committed.ValidThrough,
        }),
        RewardAbandoned or RewardUsed or RewardExpired or RewardReturned => new(Open.RemoveAll(one => one.Id == entry.Entitlement)),
        _ => this,
    };

    /// <summary>In the place of what is known under its id, as of a seat that was waited for.</summary>
    private Wallet With(Entitlement one) => new(Open.RemoveAll(known => known.Id == one.Id).Add(one));

    private Wallet Changed(RewardEntry entry, Func<Entitlement, Entitlement> change) =>
        Find(entry.Entitlement) is { } one ? new(Open.Replace(one, change(one))) : this;
}
