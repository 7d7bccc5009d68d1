namespace Gamification.Rewards;

/// <summary>What a holder has done with a reservation.</summary>
public enum ReservationFate
{
    /// <summary>Neither yet: the member has been told and may still say yes. Not an answer to <see cref="IReservationHolder.Settle"/>.</summary>
    Undecided,

    /// <summary>Durably committed with the reservation's id.</summary>
    Committed,

    /// <summary>Not committed, and durably never will be.</summary>
    Abandoned,
}

/// <summary>One reservation, as its holder is asked about it.</summary>
[GenerateSerializer, Immutable, Alias("reservation-ask")]
public sealed record ReservationAsk(
    [property: Id(0)] string Reward,
    [property: Id(1)] ReservationId Id,
    [property: Id(2)] DateTimeOffset Until);

/// <summary>
/// Whoever reserves: a member's account. The key is <c>programme/member</c>. A commit and an abandonment take the same business key, derived
/// from the reservation's id, so that the journal itself lets only one of the two happen.
/// </summary>
[Alias("reservation-holder")]
public interface IReservationHolder : IGrainWithStringKey
{
    /// <summary>
    /// The owner wants the reservation ended: committed or abandoned, durable on return and the same for ever. A holder that has not heard of it
    /// abandons it.
    /// </summary>
    [Alias("settle-reservation")]
    Task<ReservationFate> Settle(ReservationAsk ask);

    /// <summary>What he waited for came free and is his until <see cref="ReservationAsk.Until"/>. Told at least once, so that a holder must bear hearing it again.</summary>
    [Alias("reservation-offered")]
    Task<ReservationFate> Offered(ReservationAsk ask);
}
