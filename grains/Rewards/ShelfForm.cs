using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>
/// A stock's entries and snapshots, to and from durable bytes. What begins a reservation, what ends it and what gives it back each carry a key
/// of the reservation, so that none of the three can happen twice and a retry after years finds what happened.
/// </summary>
internal sealed class ShelfForm : IDurableForm<Shelf, ShelfEntry>
{
    public static ShelfForm Json { get; } = new();

    public Shelf Empty => Shelf.Empty;

    public Shelf Apply(Shelf state, ShelfEntry entry) => state.Apply(entry);

    /// <summary>A reservation has no business date: these keys lie together without a month.</summary>
    public static BusinessKey KeyOf(ReservationId id, string step) => BusinessKey.Undated($"reservation-{step}\n{id}\n", id.Value);

    public NewEntry Write(ShelfEntry entry) => entry switch
    {
        ShelfEntry.Offered offered => new(ShelfEntry.Offered.Type, JsonSerializer.SerializeToUtf8Bytes(offered, RewardJson.Default.ShelfOffered)),
        ShelfEntry.Reserved reserved => new(ShelfEntry.Reserved.Type, JsonSerializer.SerializeToUtf8Bytes(reserved, RewardJson.Default.ShelfReserved), KeyOf(reserved.Id, "begun")),
        ShelfEntry.Queued queued => new(ShelfEntry.Queued.Type, JsonSerializer.SerializeToUtf8Bytes(queued, RewardJson.Default.ShelfQueued), KeyOf(queued.Id, "begun")),
        ShelfEntry.Promoted promoted => new(ShelfEntry.Promoted.Type, JsonSerializer.SerializeToUtf8Bytes(promoted, RewardJson.Default.ShelfPromoted)),
        ShelfEntry.Confirmed confirmed => new(ShelfEntry.Confirmed.Type, JsonSerializer.SerializeToUtf8Bytes(confirmed, RewardJson.Default.ShelfConfirmed), KeyOf(confirmed.Id, "ended")),
        ShelfEntry.Released released => new(ShelfEntry.Released.Type, JsonSerializer.SerializeToUtf8Bytes(released, RewardJson.Default.ShelfReleased), KeyOf(released.Id, "ended")),
        ShelfEntry.Returned returned => new(ShelfEntry.Returned.Type, JsonSerializer.SerializeToUtf8Bytes(returned, RewardJson.Default.ShelfReturned), KeyOf(returned.Id, "used")),
        ShelfEntry.Attended attended => new(ShelfEntry.Attended.Type, JsonSerializer.SerializeToUtf8Bytes(attended, RewardJson.Default.ShelfAttended), KeyOf(attended.Id, "used")),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public ShelfEntry? Read(StoredEntry stored) => stored.Type switch
    {
        ShelfEntry.Offered.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfOffered),
        ShelfEntry.Reserved.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfReserved),
        ShelfEntry.Queued.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfQueued),
        ShelfEntry.Promoted.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfPromoted),
        ShelfEntry.Confirmed.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfConfirmed),
        ShelfEntry.Released.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfReleased),
        ShelfEntry.Returned.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfReturned),
        ShelfEntry.Attended.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.ShelfAttended),
        _ => null,
    };

    public byte[] WriteState(Shelf state) => JsonSerializer.SerializeToUtf8Bytes(state, RewardJson.Default.Shelf);

    public Shelf ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, RewardJson.Default.Shelf)!;
}
