using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>
/// Prizes of challenges in an account (spec §10). Points are lifetime points and can be spent at once; they are on no board, where the challenge has had its
/// own standings. What is taken back goes as a return's points do (spec §8).
/// </summary>
public static class PrizeRule
{
    public static PrizeReceived Receive(AccountState state, Prize prize, AccountContext context)
    {
        var (won, points) = (PrizeWon.Of(prize.Id), prize.Gift.Points ?? 0);
        var booked = points == 0 ? new(null, state.Balance) : context.Scheme is null ? new(null, state.Balance + points) : Booked(Bookkeeping.Of(state, context, (purse, at, terms) =>
            Earnings.Earn(purse, new() { Source = won.Cause, Amount = points, OccurredAt = at, On = DateOnly.FromDayNumber(terms.Calendar.DayOf(at.ToUnixTimeMilliseconds())), PendingDays = 0 }, at, terms)));
        return new()
        {
            Prize = won,
            Certificate = prize.Certificate,
            Reward = prize.Gift.Reward,
            Points = points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + points,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        };
    }

    /// <param name="state">The account.</param>
    /// <param name="prize">Which one.</param>
    /// <param name="received">As it was received; null when it never was.</param>
    /// <param name="reason">Why.</param>
    /// <param name="context">With the whole past where something was received.</param>
    public static PrizeTakenBack TakeBack(AccountState state, PrizeId prize, PrizeReceived? received, string reason, AccountContext context)
    {
        var (won, points) = (PrizeWon.Of(prize), received?.Points ?? 0);
        var booked = points == 0 ? new(null, state.Balance) : context.Scheme is null ? new(null, state.Balance - points) : Booked(Bookkeeping.Of(state, context, (purse, at, terms) =>
            ClawBacks.Decide(purse, ClawBackOf(won, points, at, terms, context), at, terms)));
        return new()
        {
            Prize = won,
            Reason = reason,
            Points = -points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime - points,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        };
    }

    private static ClawBack ClawBackOf(PrizeWon won, long points, DateTimeOffset at, UnitTerms terms, AccountContext context)
    {
        Posting[] past = [.. context.History!.Postings.Where(posting => posting.Unit == Unit.Points)];
        return new()
        {
            Source = won.Cause,
            Cause = $"{won.Cause}/back",
            Amount = points,
            IssuedInYear = Issuance.InYear(past, at, terms.Calendar),
            Expired = Issuance.ExpiredOf(past, won.Cause),
        };
    }

    private static Booked Booked((Booked Booked, Refusal? Refusal) moved) =>
        moved.Refusal is { } refusal ? throw new InvalidOperationException($"The ledger refuses a prize that the challenge's bounds allow: {refusal.Code}.") : moved.Booked;

    /// <summary>Whether the member joined, left or hides, as it asks; null when that is so already.</summary>
    public static ChallengeTaken? Take(AccountState state, Participation part, DateTimeOffset at) =>
        state.Challenges is { } known && known.Contains(part) || !part.Joined && state.Challenges?.Any(one => one.Challenge == part.Challenge) != true ? null : new()
        {
            Part = part,
            Points = 0,
            Balance = state.Balance,
            Lifetime = state.Lifetime,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = at,
        };

    /// <summary>The newest fifty that the member takes part in.</summary>
    internal static ImmutableArray<Participation>? After(ImmutableArray<Participation>? before, Participation part)
    {
        const int Most = 50;
        var others = (before ?? []).RemoveAll(one => one.Challenge == part.Challenge);
        if (part.Joined) others = (others.Length < Most ? others : others.RemoveAt(0)).Add(part);
        return others.IsEmpty ? null : others;
    }
}
