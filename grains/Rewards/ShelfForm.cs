using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>
/// A stock's entries and snapshots, to and from durable bytes. What begins a reservation, what ends it and what gives it back each carry a key
/// of the reservation, so that none of the three can happen twice and a retry after years finds what happened.
/// </summary>
internal static class ShelfForm
{
    public static JsonForm<Shelf, ShelfEntry> Json { get; } = new JsonForm<Shelf, ShelfEntry>(Shelf.Empty, static (state, entry) => state.Apply(entry), RewardJson.Default.Shelf)
        .With(ShelfEntry.Offered.Type, RewardJson.Default.ShelfOffered)
        .With(ShelfEntry.Reserved.Type, RewardJson.Default.ShelfReserved, reserved => KeyOf(reserved.Id, "begun"))
        .With(ShelfEntry.Queued.Type, RewardJson.Default.ShelfQueued, queued => KeyOf(queued.Id, "begun"))
        .With(ShelfEntry.Promoted.Type, RewardJson.Default.ShelfPromoted)
        .With(ShelfEntry.Confirmed.Type, RewardJson.Default.ShelfConfirmed, confirmed => KeyOf(confirmed.Id, "ended"))
        .With(ShelfEntry.Released.Type, RewardJson.Default.ShelfReleased, released => KeyOf(released.Id, "ended"))
        .With(ShelfEntry.Returned.Type, RewardJson.Default.ShelfReturned, returned => KeyOf(returned.Id, "used"))
        .With(ShelfEntry.Attended.Type, RewardJson.Default.ShelfAttended, attended => KeyOf(attended.Id, "used"));

    /// <summary>A reservation has no business date: these keys lie together without a month.</summary>
    public static BusinessKey KeyOf(ReservationId id, string step) => BusinessKey.Undated($"reservation-{step}\n{id}\n", id.Value);
}
