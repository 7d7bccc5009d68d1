using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Recognition;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Recognition;

/// <summary>What a member was promised of points that are valid through a day, by its number, and no longer.</summary>
public readonly record struct ExpiryOffer(int On, int Percent);

/// <summary>
/// The bonus that a notice of expiry carries (spec L14). What was told is kept: a member has the bonus of the notice that it was given, whatever the document says
/// by the time it spends.
/// </summary>
internal static class ExpiryOffers
{
    /// <summary>The reason of the bonus in the ledger, and the beginning of its lot's source.</summary>
    private const string Reason = "expiry-bonus";

    /// <summary>The notice to give; only points carry a bonus.</summary>
    public static ExpiryNoticeDue Notice(ExpiryReminder reminder, ExpiryBonus? bonus) =>
        new(reminder.Notice.Unit.Code, reminder.Notice.Amount, reminder.Notice.On, reminder.DaysBefore, reminder.Notice.Unit == Unit.Points && bonus is not null ? bonus.Percent : 0);

    /// <summary>The offers once these notices are given: of one day the greatest, and none whose day is over. In the order of days; null for none.</summary>
    public static ImmutableArray<ExpiryOffer>? After(ImmutableArray<ExpiryOffer>? before, IEnumerable<ExpiryNoticeDue> told, DateOnly today)
    {
        var fresh = told.Where(notice => notice.Bonus > 0).Select(notice => new ExpiryOffer(notice.On.DayNumber, notice.Bonus)).ToArray();
        if (fresh.Length == 0 && before?.Any(offer => offer.On < today.DayNumber) != true) return before;
        ImmutableArray<ExpiryOffer> after = [.. (before ?? []).Concat(fresh).Where(offer => offer.On >= today.DayNumber)
            .GroupBy(offer => offer.On).Select(of => new ExpiryOffer(of.Key, of.Max(offer => offer.Percent))).OrderBy(offer => offer.On)];
        return after.IsEmpty ? null : after;
    }

    /// <summary>Two members are one: what either was promised.</summary>
    public static ImmutableArray<ExpiryOffer>? Merge(ImmutableArray<ExpiryOffer>? into, ImmutableArray<ExpiryOffer>? from) => from is null ? into : [.. (into ?? []).Concat(from)
        .GroupBy(offer => offer.On).Select(of => new ExpiryOffer(of.Key, of.Max(offer => offer.Percent))).OrderBy(offer => offer.On)];

    /// <summary>A redemption with what it brings of the offers: so many percent of the points that were told, floored once, as points that live as an earning's do.</summary>
    public static LedgerDecision Spend(LedgerDecision redeemed, ImmutableArray<ExpiryOffer>? offers, string cause, DateTimeOffset at, UnitTerms terms)
    {
        if (redeemed.Refusal is not null || offers is not { } promised) return redeemed;
        Int128 hundredths = 0;
        foreach (var posting in redeemed.Postings)
        {
            if (posting.To != LedgerAccount.Redeemed) continue;
            foreach (var part in posting.Lots)
            {
                var day = redeemed.Purse.Roll.ExpiryOf(part);
                hundredths += (Int128)part.Remaining * promised.FirstOrDefault(offer => offer.On == day).Percent;
            }
        }

        var bonus = (long)(hundredths / 100);
        if (bonus == 0) return redeemed;
        var granted = Gestures.Grant(redeemed.Purse, SourceOf(cause), bonus, Reason, "programme", at, terms);
        return granted with { Postings = redeemed.Postings.AddRange(granted.Postings) };
    }

    /// <summary>What a redemption had brought of offers.</summary>
    public static long BonusIn(ImmutableArray<Posting>? postings) => (postings ?? []).Where(posting => posting is { Kind: PostingKind.Granted, Reason: Reason }).Sum(posting => posting.Amount);

    /// <summary>The redemption is undone: its bonus goes, of its own lot first, and else of what has come back.</summary>
    public static LedgerDecision Undo(LedgerDecision restored, string cause, long bonus, DateTimeOffset at, UnitTerms terms)
    {
        if (restored.Refusal is not null || bonus == 0) return restored;
        var taken = ClawBacks.Decide(restored.Purse, new() { Source = SourceOf(cause), Cause = cause, Amount = bonus, IssuedInYear = 0 }, at, terms);
        return taken with { Postings = restored.Postings.AddRange(taken.Postings) };
    }

    private static string SourceOf(string cause) => $"{Reason}/{cause}";
}
