using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>Where a reservation stands. Only <see cref="Waiting"/> and <see cref="Open"/> are not final; <see cref="Confirmed"/> may still be given back.</summary>
public enum ReservationState
{
    Waiting,
    Open,

    /// <summary>The holder committed: it is his.</summary>
    Confirmed,

    /// <summary>It ended without a commit, or he left the waiting list.</summary>
    Released,

    /// <summary>It was confirmed, then cancelled; there is one more again.</summary>
    Returned,

    /// <summary>A booking whose holder came.</summary>
    Attended,

    /// <summary>A booking whose holder did not come.</summary>
    NoShow,
}

/// <summary>Asks for one of a reward. <see cref="Id"/> must come from <see cref="ReservationId.Of"/>.</summary>
[GenerateSerializer, Immutable, Alias("reserve-reward")]
public sealed record ReserveReward
{
    [Id(0)] public required ReservationId Id { get; init; }

    [Id(1)] public required MemberId Member { get; init; }

    /// <summary>The real time: windows and timeouts go by it.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }

    [Id(3)] public string? Tier { get; init; }

    /// <summary>Whether to join the waiting list when none is left.</summary>
    [Id(4)] public bool MayWait { get; init; }

    /// <summary>Accounts of the same person that are part of this one: what they have had counts for a limit to each member, and who of them did not come is barred.</summary>
    [Id(5)] public ImmutableArray<MemberId> Also { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>The answer to <see cref="ReserveReward"/>, in order of precedence. Whatever was granted is durable and is answered again to a retry.</summary>
[GenerateSerializer, Immutable, Alias("reserve-outcome")]
public abstract record ReserveOutcome
{
    /// <summary>Commit with the id, then confirm; after <paramref name="Until"/> the owner asks <see cref="IReservationHolder"/>, and until that has answered nobody else gets it.</summary>
    [GenerateSerializer, Immutable, Alias("reserve-outcome.reserved")]
    public sealed record Reserved([property: Id(0)] DateTimeOffset Until) : ReserveOutcome;

    /// <summary><paramref name="Place"/> starts at 1. When it is this member's turn, <see cref="IReservationHolder.Offered"/> is called.</summary>
    [GenerateSerializer, Immutable, Alias("reserve-outcome.waiting")]
    public sealed record Waiting([property: Id(0)] int Place) : ReserveOutcome;

    /// <summary>This reservation was made before and is over; another redemption has another cause.</summary>
    [GenerateSerializer, Immutable, Alias("reserve-outcome.ended")]
    public sealed record Ended([property: Id(0)] ReservationState State) : ReserveOutcome;

    /// <summary>Nothing happened. Asking again later may be granted.</summary>
    [GenerateSerializer, Immutable, Alias("reserve-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ReserveOutcome;
}

/// <summary>The answer to a step of a reservation: where it stands now, whoever brought it there, or why the step cannot be taken.</summary>
[GenerateSerializer, Immutable, Alias("reservation-outcome")]
public abstract record ReservationOutcome
{
    [GenerateSerializer, Immutable, Alias("reservation-outcome.now")]
    public sealed record Now([property: Id(0)] ReservationState State) : ReservationOutcome;

    [GenerateSerializer, Immutable, Alias("reservation-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ReservationOutcome;
}
