using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules;

/// <summary>
/// Prizes of challenges in an account (spec §10). Points are lifetime points and can be spent at once; they are on no board, where the challenge has had its
/// own standings. What is taken back goes as a return's points do (spec §8).
/// </summary>
public static class PrizeRule
{
    private const string By = "challenge";
    private const int OnlyLevel = 1;

    /// <summary>The prize, and the entry of the badge that comes with it.</summary>
    /// <param name="state">The account.</param>
    /// <param name="prize">What was won.</param>
    /// <param name="context">With the whole past where it is a badge.</param>
    public static ImmutableArray<AccountEntry> Win(AccountState state, Prize prize, AccountContext context)
    {
        var received = Receive(state, prize, context);
        return prize.Gift.Badge is { } badge ? With(state, received, new GiveBadge(badge, received.Prize.Scope, received.Prize.Cause), context) : [received];
    }

    /// <summary>The same taken back.</summary>
    /// <param name="state">The account.</param>
    /// <param name="prize">Which one.</param>
    /// <param name="received">As it was received; null when it never was.</param>
    /// <param name="reason">Why.</param>
    /// <param name="context">With the whole past where something was received.</param>
    public static ImmutableArray<AccountEntry> Lose(AccountState state, PrizeId prize, PrizeReceived? received, string reason, AccountContext context)
    {
        var taken = TakeBack(state, prize, received, reason, context);
        return received?.Badge is { } badge ? With(state, taken, new TakeBadge(new(badge, OnlyLevel, taken.Prize.Scope), taken.Prize.Cause), context) : [taken];
    }

    /// <summary>A badge that the programme has no more, or that another prize of the run brought, changes nothing.</summary>
    private static ImmutableArray<AccountEntry> With(AccountState state, AccountEntry first, RecognitionCommand command, AccountContext context)
    {
        var (entry, _) = Commanding.Decide(state.Apply(first), command, By, context);
        return entry is { Recognised.Changes.IsEmpty: false } ? [first, entry] : [first];
    }

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
            Badge = prize.Gift.Badge,
            Points = points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + points,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        };
    }

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
