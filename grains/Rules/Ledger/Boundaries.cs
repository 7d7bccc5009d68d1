using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// What time alone does: expiries, activations, holds that time out, debt that is forgiven. Each is posted once, dated at its boundary and in
/// the order of boundaries, before the first decision after it or by a job, whichever comes first: the outcome is the same.
/// </summary>
public static class Boundaries
{
    /// <summary>Everything due by an instant. Nothing when it was asked before.</summary>
    public static LedgerDecision Settle(Purse purse, DateTimeOffset at, UnitTerms terms)
    {
        var draft = Draft.Open(purse, at, terms);
        return new(draft.Purse, draft.Postings, null);
    }

    internal static void Settle(ref Draft draft)
    {
        if (draft.Purse.DueDay >= draft.Today && draft.Purse.DueAt > draft.At) return;
        while (true)
        {
            draft.Purse = draft.Purse.WithDue();
            var (day, at) = (draft.Purse.DueDay, draft.Purse.DueAt);
            var dayIsOver = day < draft.Today;
            if (!dayIsOver && at > draft.At) return;
            if (dayIsOver && draft.Terms.Calendar.EndOf(day) is var end && end <= at) EndDay(ref draft, day, end);
            else PassInstant(ref draft, at);
        }
    }

    private static void EndDay(ref Draft draft, int day, long end)
    {
        var purse = draft.Purse;
        foreach (var lots in purse.Lots.Where(lot => purse.Roll.ExpiryOf(lot) == day).GroupBy(lot => (lot.IsPending, lot.IsRolling)).OrderBy(lots => lots.Key))
        {
            var from = lots.Key.IsPending ? LedgerAccount.Pending : LedgerAccount.Available;
            var expiry = draft.Posting(PostingKind.Expired, from, LedgerAccount.Expired) with
            {
                At = end,
                Until = lots.Key.IsRolling ? end + (long)draft.Terms.Grace.TotalMilliseconds : 0,
            };
            draft.Move(expiry, [.. lots]);
        }

        foreach (var debt in purse.Debts.Where(debt => debt.ForgivenOn == day))
        {
            draft.Post(Debts.Forgiving(draft, debt) with { At = end });
        }
    }

    private static void PassInstant(ref Draft draft, long at)
    {
        if (draft.Purse.Holds.FirstOrDefault(hold => hold.Until == at) is { } hold)
        {
            Holds.Release(ref draft, hold, PostingKind.HoldTimedOut, at);
            return;
        }

        ImmutableArray<Lot> ripe = [.. draft.Purse.Lots.Where(lot => lot.AvailableAt == at).Select(lot => lot with { AvailableAt = 0 })];
        draft.Move(draft.Posting(PostingKind.Activated, LedgerAccount.Pending, LedgerAccount.Available) with { At = at }, ripe);
    }
}
