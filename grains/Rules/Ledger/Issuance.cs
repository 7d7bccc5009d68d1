using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>What a return needs of a member's past, counted over the postings of one unit, which the journal has.</summary>
public static class Issuance
{
    /// <summary>What was earned and granted, before any return, in the twelve months up to and including the local day of an instant.</summary>
    public static long InYear(IEnumerable<Posting> postings, DateTimeOffset at, LedgerCalendar calendar)
    {
        var today = DateOnly.FromDayNumber(calendar.DayOf(at.ToUnixTimeMilliseconds()));
        var (from, to) = (calendar.EndOf(today.AddMonths(-12).DayNumber), calendar.EndOf(today.DayNumber));
        return postings.Where(posting => posting.From is LedgerAccount.Issued or LedgerAccount.Granted && posting.At >= from && posting.At < to).Sum(posting => posting.Amount);
    }

    /// <summary>How much that a source earned has expired, less what came back to life and what returns took from there since.</summary>
    public static long ExpiredOf(IEnumerable<Posting> postings, string source)
    {
        var expired = 0L;
        foreach (var posting in postings)
        {
            var sign = posting.To == LedgerAccount.Expired ? 1 : posting.From == LedgerAccount.Expired ? -1 : 0;
            if (sign == 0) continue;
            if (posting.Kind == PostingKind.ClawedBack) expired -= posting.Source == source ? posting.Amount : 0;
            else expired += sign * posting.Lots.Where(lot => lot.Source == source).Sum(lot => lot.Remaining);
        }

        return expired;
    }
}
