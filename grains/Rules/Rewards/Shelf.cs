using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>An open reservation; <paramref name="Until"/> in Unix milliseconds. <paramref name="IsOffer"/> when it came from the waiting list.</summary>
public readonly record struct Reservation(MemberId Member, long Until, bool IsOffer);

/// <summary>Somebody who waits.</summary>
public readonly record struct Waiter(ReservationId Id, MemberId Member);

/// <summary>
/// One reward's stock: the fold of its entries, and its snapshot. What ended is a number here and an entry in the journal, so that the state
/// is as large as what is open, waiting, booked or bounded by a limit per member, however many were given out.
/// Invariant: taken and open together are never made more than the stock.
/// </summary>
public sealed record Shelf
{
    public static Shelf Empty { get; } = new();

    public RewardTerms? Terms { get; init; }

    /// <summary>Confirmed and not given back.</summary>
    public long Taken { get; init; }

    /// <summary>Reservations that only the journal remembers.</summary>
    public long Forgotten { get; init; }

    public ImmutableSortedDictionary<Guid, Reservation> Open { get; init; } = ImmutableSortedDictionary<Guid, Reservation>.Empty;

    /// <summary>Whoever waits longest comes first.</summary>
    public ImmutableList<Waiter> Waiting { get; init; } = [];

    /// <summary>Confirmed bookings of which nobody has said yet whether their holders came.</summary>
    public ImmutableSortedDictionary<Guid, MemberId> Booked { get; init; } = ImmutableSortedDictionary<Guid, MemberId>.Empty;

    /// <summary>What each member has open and has had, when there is a limit.</summary>
    public ImmutableSortedDictionary<Guid, int> ByMember { get; init; } = ImmutableSortedDictionary<Guid, int>.Empty;

    /// <summary>Until when, in Unix milliseconds, who did not come may not reserve.</summary>
    public ImmutableSortedDictionary<Guid, long> Barred { get; init; } = ImmutableSortedDictionary<Guid, long>.Empty;

    /// <summary>Null for no limit.</summary>
    public long? Left() => Terms?.Stock is { } stock ? Math.Max(0, stock - Taken - Open.Count) : null;

    public Shelf Apply(ShelfEntry entry) => entry switch
    {
        ShelfEntry.Offered offered => this with { Terms = offered.Terms },
        ShelfEntry.Reserved reserved => Given(reserved.Id, new(reserved.Member, reserved.Until, IsOffer: false)),
        ShelfEntry.Queued queued => Counted(queued.Member, 1) with { Waiting = Waiting.Add(new(queued.Id, queued.Member)) },
        ShelfEntry.Promoted promoted => Served(promoted),
        ShelfEntry.Confirmed confirmed => Confirm(confirmed),
        ShelfEntry.Released released => Let(released.Id),
        ShelfEntry.Returned returned => Counted(returned.Member, -1) with
        {
            Taken = Taken - 1,
            Booked = Booked.Remove(returned.Id.Value),
            Forgotten = Booked.ContainsKey(returned.Id.Value) ? Forgotten + 1 : Forgotten,
        },
        ShelfEntry.Attended attended => Tick(attended),
        _ => this,
    };

    private Shelf Given(ReservationId id, Reservation reservation)
    {
        if (Left() is <= 0) throw new InvalidOperationException($"Reservation {id} would be one more than the stock.");
        return Counted(reservation.Member, 1) with { Open = Open.Add(id.Value, reservation) };
    }

    /// <summary>He was counted when he began to wait.</summary>
    private Shelf Served(ShelfEntry.Promoted promoted)
    {
        if (Left() is <= 0) throw new InvalidOperationException($"Reservation {promoted.Id} would be one more than the stock.");
        var waiter = Waiting.Find(waiter => waiter.Id == promoted.Id);
        return this with { Waiting = Waiting.Remove(waiter), Open = Open.Add(promoted.Id.Value, new(waiter.Member, promoted.Until, IsOffer: true)) };
    }

    private Shelf Confirm(ShelfEntry.Confirmed confirmed)
    {
        var holder = Open[confirmed.Id.Value].Member;
        var next = this with { Open = Open.Remove(confirmed.Id.Value), Taken = Taken + 1 };
        return Terms is { IsBooking: true }
            ? next with { Booked = Booked.Add(confirmed.Id.Value, holder) }
            : next with { Forgotten = Forgotten + 1 };
    }

    private Shelf Let(ReservationId id)
    {
        if (Open.TryGetValue(id.Value, out var open))
            return Counted(open.Member, -1) with { Open = Open.Remove(id.Value), Forgotten = Forgotten + 1 };
        var waiter = Waiting.Find(waiter => waiter.Id == id);
        return waiter == default ? this : Counted(waiter.Member, -1) with { Waiting = Waiting.Remove(waiter), Forgotten = Forgotten + 1 };
    }

    private Shelf Tick(ShelfEntry.Attended attended)
    {
        var holder = Booked[attended.Id.Value];
        var next = this with { Booked = Booked.Remove(attended.Id.Value), Forgotten = Forgotten + 1 };
        return attended.Came || Terms is not { NoShowDays: > 0 and var days }
            ? next
            : next with { Barred = Barred.SetItem(holder.Value, attended.At + (days * 86_400_000L)) };
    }

    private Shelf Counted(MemberId member, int change)
    {
        if (Terms?.PerMember is null) return this;
        var count = ByMember.GetValueOrDefault(member.Value) + change;
        return this with { ByMember = count > 0 ? ByMember.SetItem(member.Value, count) : ByMember.Remove(member.Value) };
    }
}
