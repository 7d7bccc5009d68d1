using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>
/// What may happen to a reward's stock. A reservation that the shelf does not know may be one that it forgot: the caller asks the journal
/// before it believes a refusal, and the reservation's key in the journal keeps it from being made twice.
/// </summary>
public static class Reserving
{
    /// <summary>The code of a step on a reservation that the shelf does not hold.</summary>
    public const string Unknown = "reservation-unknown";

    public static Decision<ShelfEntry, ReserveOutcome> Reserve(Shelf shelf, ReserveReward ask)
    {
        if (Standing(shelf, ask.Id) is { } known) return new([], known);
        if (Objection(shelf, ask) is { } refusal) return new([], new ReserveOutcome.Refused(refusal));
        var (terms, at) = (shelf.Terms!, ask.At.ToUnixTimeMilliseconds());
        if (shelf.Left() is > 0 or null)
        {
            var until = ask.At + terms.HoldFor;
            return new([new ShelfEntry.Reserved(ask.Id, ask.Member, until.ToUnixTimeMilliseconds(), at)], new ReserveOutcome.Reserved(Whole(until)));
        }

        return ask.MayWait && shelf.Waiting.Count < terms.WaitingMax
            ? new([new ShelfEntry.Queued(ask.Id, ask.Member, at)], new ReserveOutcome.Waiting(shelf.Waiting.Count + 1))
            : new([], new ReserveOutcome.Refused(new("sold-out", "/reward", ask.MayWait ? "None is left and nobody more can wait; choose another reward." : "None is left; choose another reward or wait for one.")));
    }

    public static Decision<ShelfEntry, ReservationOutcome> Confirm(Shelf shelf, ReservationId id, DateTimeOffset at) =>
        shelf.Open.ContainsKey(id.Value) ? Now(ReservationState.Confirmed, new ShelfEntry.Confirmed(id, at.ToUnixTimeMilliseconds()))
        : shelf.Booked.ContainsKey(id.Value) ? Now(ReservationState.Confirmed)
        : NotHere;

    /// <summary>Whatever it held goes to whoever waits.</summary>
    public static Decision<ShelfEntry, ReservationOutcome> Release(Shelf shelf, ReservationId id, DateTimeOffset at)
    {
        if (shelf.Booked.ContainsKey(id.Value)) return Refused("reservation-confirmed", "It is confirmed; cancel it.");
        if (!shelf.Open.ContainsKey(id.Value) && !shelf.Waiting.Exists(waiter => waiter.Id == id)) return NotHere;
        return WithPromotions(shelf, new ShelfEntry.Released(id, at.ToUnixTimeMilliseconds()), ReservationState.Released, at);
    }

    /// <param name="shelf">The stock.</param>
    /// <param name="id">A confirmed reservation.</param>
    /// <param name="holder">Whose it is, from the journal, when the shelf has forgotten it.</param>
    /// <param name="at">The real time.</param>
    public static Decision<ShelfEntry, ReservationOutcome> Cancel(Shelf shelf, ReservationId id, MemberId? holder, DateTimeOffset at)
    {
        if (shelf.Open.ContainsKey(id.Value)) return Refused("reservation-open", "It is not confirmed yet; release it.");
        if (shelf.Booked.TryGetValue(id.Value, out var booked)) holder = booked;
        if (holder is not { } member) return NotHere;
        if (shelf.Terms?.CancelUntil is { } until && at >= until) return Refused("too-late-to-cancel", "It can no longer be cancelled.");
        return WithPromotions(shelf, new ShelfEntry.Returned(id, member, at.ToUnixTimeMilliseconds()), ReservationState.Returned, at);
    }

    public static Decision<ShelfEntry, ReservationOutcome> Attend(Shelf shelf, ReservationId id, bool came, DateTimeOffset at) =>
        shelf.Booked.ContainsKey(id.Value)
            ? Now(came ? ReservationState.Attended : ReservationState.NoShow, new ShelfEntry.Attended(id, came, at.ToUnixTimeMilliseconds()))
            : NotHere;

    public static ImmutableArray<ShelfEntry> Offer(Shelf shelf, RewardTerms terms, string by, DateTimeOffset at)
    {
        var offered = new ShelfEntry.Offered(terms, by, at.ToUnixTimeMilliseconds());
        return [offered, .. Promotions(shelf.Apply(offered), at)];
    }

    /// <summary>Open reservations whose time is over, and offers that their holders may not have heard of.</summary>
    public static (ImmutableArray<ReservationAsk> Due, ImmutableArray<ReservationAsk> Offers) Asks(Shelf shelf, string reward, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var asks = shelf.Open.ToLookup(open => open.Value.Until <= at ? 1 : open.Value.IsOffer ? 2 : 0, open => AskOf(reward, open.Key, open.Value));
        return ([.. asks[1]], [.. asks[2]]);
    }

    public static ReservationAsk AskOf(string reward, Guid id, Reservation reservation) =>
        new(reward, new(id), DateTimeOffset.FromUnixTimeMilliseconds(reservation.Until));

    private static ReserveOutcome? Standing(Shelf shelf, ReservationId id)
    {
        if (shelf.Open.TryGetValue(id.Value, out var open)) return new ReserveOutcome.Reserved(DateTimeOffset.FromUnixTimeMilliseconds(open.Until));
        if (shelf.Booked.ContainsKey(id.Value)) return new ReserveOutcome.Ended(ReservationState.Confirmed);
        return shelf.Waiting.FindIndex(waiter => waiter.Id == id) is >= 0 and var place ? new ReserveOutcome.Waiting(place + 1) : null;
    }

    /// <summary>Listed in order of precedence.</summary>
    private static Refusal? Objection(Shelf shelf, ReserveReward ask)
    {
        if (shelf.Terms is not { } terms) return new("reward-unknown", "/reward", "Name a reward that is offered.");
        if (ask.At < terms.From) return new("too-early", "/reward", "It is not offered yet.");
        if (ask.At >= terms.Until) return new("too-late", "/reward", "It is no longer offered.");
        if (!terms.Tiers.IsEmpty && (ask.Tier is null || !terms.Tiers.Contains(ask.Tier))) return new("tier-needed", "/reward", $"It is for {string.Join(", ", terms.Tiers)}.");
        if (ask.Also.Append(ask.Member).Any(member => shelf.Barred.TryGetValue(member.Value, out var until) && ask.At.ToUnixTimeMilliseconds() < until))
            return new("no-show", "/member", "A seat was booked and left empty; try again later.");
        if (terms.PerMember is { } most && ask.Also.Append(ask.Member).Sum(member => (long)shelf.ByMember.GetValueOrDefault(member.Value)) >= most)
            return new("member-limit", "/member", FormattableString.Invariant($"At most {most} for each member."));
        return shelf.Open.Count >= RewardTerms.OpenMax ? new("too-many-open", "/reward", "Too many are being redeemed; try again in a minute.") : null;
    }

    private static Decision<ShelfEntry, ReservationOutcome> WithPromotions(Shelf shelf, ShelfEntry entry, ReservationState state, DateTimeOffset at) =>
        new([entry, .. Promotions(shelf.Apply(entry), at)], new ReservationOutcome.Now(state));

    private static IEnumerable<ShelfEntry> Promotions(Shelf shelf, DateTimeOffset at)
    {
        if (shelf.Terms is not { } terms || at >= terms.Until) return [];
        var served = shelf.Left() is { } left ? Math.Min(left, shelf.Waiting.Count) : shelf.Waiting.Count;
        return shelf.Waiting.Take((int)served)
            .Select(waiter => new ShelfEntry.Promoted(waiter.Id, (at + terms.OfferFor).ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds()));
    }

    private static Decision<ShelfEntry, ReservationOutcome> NotHere => Refused(Unknown, "There is no such reservation; reserve first.");

    private static Decision<ShelfEntry, ReservationOutcome> Refused(string code, string remedy) =>
        new([], new ReservationOutcome.Refused(new(code, "/reservation", remedy)));

    private static Decision<ShelfEntry, ReservationOutcome> Now(ReservationState state, params ImmutableArray<ShelfEntry> entries) =>
        new(entries, new ReservationOutcome.Now(state));

    private static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
