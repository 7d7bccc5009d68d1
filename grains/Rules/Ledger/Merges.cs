using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Both sides of a merge, or of its undoing: durable together, or not at all. Refusals are on both.</summary>
public readonly record struct MergeDecision(LedgerDecision From, LedgerDecision Into)
{
    public Refusal? Refusal => From.Refusal;
}

/// <summary>Two accounts of one person become one (spec §12), and for some days can become two again.</summary>
public static class Merges
{
    /// <summary>
    /// Moves every lot with its dates and every debt with its day of forgiveness. Refused while anything is held in the purse that goes, since
    /// whoever holds knows it by that purse.
    /// </summary>
    public static MergeDecision Merge(Purse from, Purse into, string cause, DateTimeOffset at, UnitTerms terms)
    {
        if (LedgerChecks.Name(cause, "/cause") is { } refusal) return Refused(from, into, refusal);
        var (giver, taker) = (Draft.Open(from, at, terms), Draft.Open(into, at, terms));
        if (!giver.Purse.Holds.IsEmpty) return Refused(from, into, HoldsOpen);
        foreach (var lots in giver.Purse.Lots.GroupBy(lot => lot.IsPending).ToArray())
        {
            var account = lots.Key ? LedgerAccount.Pending : LedgerAccount.Available;
            var leaving = lots.ToImmutableArray();
            var roll = giver.Purse.Roll;
            var arriving = ImmutableArray.CreateBuilder<Lot>(leaving.Length);
            foreach (var lot in leaving) arriving.Add(lot with { Id = taker.NextId(), ExpiresOn = roll.ExpiryOf(lot), Initial = lot.Remaining });
            giver.Move(giver.Posting(PostingKind.MergedOut, account, LedgerAccount.Merged) with { Cause = cause }, leaving);
            taker.Move(taker.Posting(PostingKind.MergedIn, LedgerAccount.Merged, account) with { Cause = cause }, arriving.DrainToImmutable());
        }

        foreach (var debt in giver.Purse.Debts)
        {
            giver.Post(Owing(giver, PostingKind.MergedOut, LedgerAccount.Merged, LedgerAccount.Debt, debt, cause));
            taker.Post(Owing(taker, PostingKind.MergedIn, LedgerAccount.Debt, LedgerAccount.Merged, debt with { Id = taker.NextId() }, cause));
        }

        return new(giver.Close(), taker.Close());
    }

    /// <summary>
    /// Gives back what is left of the lots and debts that a merge moved, with their expiry as it is by now; what was spent meanwhile stays spent.
    /// Refused when the merge's day lies further back than <see cref="UnitTerms.UnmergeDays"/>, or while anything is held.
    /// </summary>
    /// <param name="kept">The purse that was merged into.</param>
    /// <param name="revived">The purse that it came from.</param>
    /// <param name="left">The merge's postings of <paramref name="revived"/>, those of its kind only.</param>
    /// <param name="arrived">The merge's postings of <paramref name="kept"/>, in the same order.</param>
    /// <param name="cause">What undoes the merge.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms">The unit's terms.</param>
    public static MergeDecision Unmerge(
        Purse kept, Purse revived, ImmutableArray<Posting> left, ImmutableArray<Posting> arrived, string cause, DateTimeOffset at, UnitTerms terms)
    {
        if (LedgerChecks.Name(cause, "/cause") is { } refusal) return Refused(kept, revived, refusal);
        var (giver, taker) = (Draft.Open(kept, at, terms), Draft.Open(revived, at, terms));
        if (arrived.Any(posting => terms.Calendar.DayOf(posting.At) + terms.UnmergeDays < giver.Today))
            return Refused(kept, revived, new("unmerge-too-late", "/merge", $"A merge can be undone for {terms.UnmergeDays} days; correct by hand."));
        if (!giver.Purse.Holds.IsEmpty) return Refused(kept, revived, HoldsOpen);
        foreach (var (gone, come) in left.SelectMany(posting => posting.Lots).Zip(arrived.SelectMany(posting => posting.Lots)))
        {
            if (giver.Purse.Lots.FirstOrDefault(lot => lot.Id == come.Id && lot.Source == come.Source) is not { } live) continue;
            var amount = Math.Min(live.Remaining, come.Remaining);
            var account = live.IsPending ? LedgerAccount.Pending : LedgerAccount.Available;
            var back = live with { Id = taker.Purse.Lots.Any(lot => lot.Id == gone.Id) ? taker.NextId() : gone.Id, ExpiresOn = giver.Purse.Roll.ExpiryOf(live), Remaining = amount };
            giver.Move(giver.Posting(PostingKind.UnmergedOut, account, LedgerAccount.Merged) with { Cause = cause }, [live with { Remaining = amount }]);
            taker.Move(taker.Posting(PostingKind.UnmergedIn, LedgerAccount.Merged, account) with { Cause = cause }, [back]);
        }

        foreach (var come in arrived.SelectMany(posting => posting.Debts))
        {
            if (giver.Purse.Debts.FirstOrDefault(debt => debt.Id == come.Id) is not { } live) continue;
            var debt = live with { Amount = Math.Min(live.Amount, come.Amount) };
            giver.Post(Owing(giver, PostingKind.UnmergedOut, LedgerAccount.Merged, LedgerAccount.Debt, debt, cause));
            taker.Post(Owing(taker, PostingKind.UnmergedIn, LedgerAccount.Debt, LedgerAccount.Merged, debt with { Id = taker.NextId() }, cause));
        }

        return new(giver.Close(), taker.Close());
    }

    private static Refusal HoldsOpen { get; } = new("holds-open", "/member", "Confirm or void the open holds, or wait until they time out.");

    private static Posting Owing(Draft draft, PostingKind kind, LedgerAccount from, LedgerAccount to, Debt debt, string cause) =>
        draft.Posting(kind, from, to) with { Amount = debt.Amount, Debts = [debt], Cause = cause };

    private static MergeDecision Refused(Purse from, Purse into, Refusal refusal) =>
        new(LedgerDecision.Refused(from, refusal), LedgerDecision.Refused(into, refusal));
}
