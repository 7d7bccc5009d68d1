using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Lots that expired for want of an activity which had happened and only came late (spec §6, expiry_reversed).</summary>
internal static class Lapses
{
    /// <summary>Brings back what the activity reaches: it happened after the lot was earned and before it expired, and comes within the grace after that.</summary>
    public static void Reverse(ref Draft draft, Roll roll, DateTimeOffset occurredAt, string cause)
    {
        if (draft.Purse.Lapsed.IsEmpty) return;
        var (before, calendar, at) = (draft.Purse.Roll, draft.Terms.Calendar, draft.At);
        var occurred = occurredAt.ToUnixTimeMilliseconds();
        var grace = (long)draft.Terms.Grace.TotalMilliseconds;
        ImmutableArray<Lot> alive = [.. draft.Purse.Lapsed.Where(lot =>
        {
            var day = before.ExpiryOf(lot);
            return lot.EarnedAt <= occurred && roll.ExpiryOf(lot) > day && calendar.EndOf(day) is var end && occurred < end && at <= end + grace;
        })];
        foreach (var lots in alive.GroupBy(lot => lot.IsPending))
        {
            var to = lots.Key ? LedgerAccount.Pending : LedgerAccount.Available;
            draft.Move(draft.Posting(PostingKind.ExpiryReversed, LedgerAccount.Expired, to) with { Cause = cause, Roll = roll }, [.. lots]);
        }
    }
}
