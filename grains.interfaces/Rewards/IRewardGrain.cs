using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>How much of a reward is where.</summary>
[GenerateSerializer, Immutable, Alias("reward-view")]
public sealed record RewardView
{
    /// <summary>Null before it was first offered.</summary>
    [Id(0)] public RewardTerms? Terms { get; init; }

    /// <summary>Confirmed and not given back.</summary>
    [Id(1)] public required long Taken { get; init; }

    [Id(2)] public required int Open { get; init; }

    [Id(3)] public required int Waiting { get; init; }

    /// <summary>Null for no limit.</summary>
    [Id(4)] public long? Left { get; init; }

    /// <summary>Who has a seat and has not been ticked off, for a booking.</summary>
    [Id(5)] public ImmutableArray<ReservationId> Booked { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>
/// The stock of one reward. The key is <c>programme/reward</c>. Whatever is asked for is durable on return, and asking again with the same
/// reservation gets the same answer however late: the journal's keys remember what this actor forgets.
/// </summary>
[Alias("reward")]
public interface IRewardGrain : IGrainWithStringKey
{
    /// <summary>Sets its terms; the same again changes nothing. What is given out stays so, also when the stock becomes less. Who waits is served from what is more.</summary>
    /// <param name="terms">Checked by <c>RewardValidation</c> with the rest of the catalogue.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">The real time.</param>
    [Alias("offer")]
    Task Offer(RewardTerms terms, string by, DateTimeOffset at);

    [Alias("reserve")]
    Task<ReserveOutcome> Reserve(ReserveReward ask);

    /// <summary>The holder committed. Refused when there is no such reservation or it was released.</summary>
    [Alias("confirm")]
    Task<ReservationOutcome> Confirm(ReservationId id, DateTimeOffset at);

    /// <summary>The holder will never commit: only he may say so. It also leaves the waiting list.</summary>
    [Alias("release")]
    Task<ReservationOutcome> Release(ReservationId id, DateTimeOffset at);

    /// <summary>Gives back what was confirmed, until <see cref="RewardTerms.CancelUntil"/>. The holder undoes his commit first or by the answer, under the same id.</summary>
    [Alias("cancel")]
    Task<ReservationOutcome> Cancel(ReservationId id, DateTimeOffset at);

    /// <summary>Whether the holder of a booking came. Said once; the first answer stands.</summary>
    [Alias("attend")]
    Task<ReservationOutcome> Attend(ReservationId id, bool came, DateTimeOffset at);

    [ReadOnly]
    [Alias("view")]
    Task<RewardView> View();
}
