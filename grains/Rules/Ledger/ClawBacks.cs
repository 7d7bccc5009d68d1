using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>What a return takes back of what its sale had earned.</summary>
public readonly record struct ClawBack
{
    /// <summary>The sale, as the earning named it.</summary>
    public required string Source { get; init; }

    /// <summary>The return.</summary>
    public required string Cause { get; init; }

    public required long Amount { get; init; }

    /// <summary>What the member was issued in the twelve months before: the measure of the debt's floor. <see cref="Issuance"/> counts it.</summary>
    public required long IssuedInYear { get; init; }

    /// <summary>
    /// How much of what the sale had earned expired unspent, less what was taken from there before: <see cref="Issuance.ExpiredOf"/>. The member lost
    /// it already, so it is taken from breakage, or a full return would end below zero. Pooled units name no source: there it is
    /// all of the amount once the sale's last valid day is over.
    /// </summary>
    public long Expired { get; init; }
}

/// <summary>Points taken back by returns (spec §5, §8).</summary>
public static class ClawBacks
{
    /// <summary>
    /// Takes the amount from the sale's own lots, pending ones first and of them those that wait longest, then what of them had expired, then from other available lots, earliest
    /// expiry first, then as debt down to the floor; what remains is written off, as a posting that the operator sees. What is held is not
    /// touched. Refused when the amount or a name is out of bounds.
    /// </summary>
    public static LedgerDecision Decide(Purse purse, in ClawBack clawBack, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Amount(clawBack.Amount) ?? LedgerChecks.Name(clawBack.Source, "/source") ?? LedgerChecks.Name(clawBack.Cause, "/cause")) is { } refusal)
            return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        var source = clawBack.Source;
        var left = clawBack.Amount;
        left -= TakePending(ref draft, left, clawBack);
        left -= TakeLots(ref draft, LedgerAccount.Available, lot => !lot.IsPending && IsOf(lot, source), left, clawBack);
        left -= TakeExpired(ref draft, Math.Min(left, Math.Max(0, clawBack.Expired)), clawBack);
        left -= TakeLots(ref draft, LedgerAccount.Available, lot => !lot.IsPending, left, clawBack);
        var owed = Math.Min(left, Math.Max(0, terms.DebtLimit(clawBack.IssuedInYear) - draft.Purse.Owed));
        Debts.Incur(ref draft, owed, clawBack);
        TakeAmount(ref draft, PostingKind.WrittenOff, LedgerAccount.WrittenOff, left - owed, clawBack);
        return draft.Close();
    }

    /// <summary>A pooled lot may hold what any source earned.</summary>
    private static bool IsOf(Lot lot, string source) => lot.Source == source || lot.Source.Length == 0;

    /// <summary>What waits longest goes first: it came with the goods of the longest return window, or for something that has not been done.</summary>
    private static long TakePending(ref Draft draft, long amount, in ClawBack clawBack)
    {
        var (source, left) = (clawBack.Source, amount);
        if (!draft.Terms.IsTraced) return TakeLots(ref draft, LedgerAccount.Pending, lot => lot.IsPending && IsOf(lot, source), amount, clawBack);
        foreach (var until in draft.Purse.Lots.Where(lot => lot.IsPending && IsOf(lot, source)).Select(lot => lot.AvailableAt).Distinct().OrderDescending().ToArray())
            left -= TakeLots(ref draft, LedgerAccount.Pending, lot => lot.AvailableAt == until && IsOf(lot, source), left, clawBack);
        return amount - left;
    }

    private static long TakeLots(ref Draft draft, LedgerAccount from, Func<Lot, bool> which, long amount, in ClawBack clawBack)
    {
        if (amount == 0) return 0;
        var parts = Fefo.Take(draft.Purse.Lots.Where(which), draft.Purse.Roll, amount);
        draft.Move(Posting(draft, PostingKind.ClawedBack, from, clawBack), parts);
        return parts.Sum();
    }

    /// <summary>What might still come back to life is taken as lots, so that it does not.</summary>
    private static long TakeExpired(ref Draft draft, long amount, in ClawBack clawBack)
    {
        if (amount == 0) return 0;
        var source = clawBack.Source;
        var lapsed = Fefo.Take(draft.Purse.Lapsed.Where(lot => lot.Source == source), draft.Purse.Roll, amount);
        draft.Move(Posting(draft, PostingKind.ClawedBack, LedgerAccount.Expired, clawBack), lapsed);
        TakeAmount(ref draft, PostingKind.ClawedBack, LedgerAccount.Expired, amount - lapsed.Sum(), clawBack);
        return amount;
    }

    private static long TakeAmount(ref Draft draft, PostingKind kind, LedgerAccount from, long amount, in ClawBack clawBack)
    {
        if (amount > 0) draft.Post(Posting(draft, kind, from, clawBack) with { Amount = amount });
        return amount;
    }

    private static Posting Posting(Draft draft, PostingKind kind, LedgerAccount from, in ClawBack clawBack) =>
        draft.Posting(kind, from, LedgerAccount.ClawedBack) with { Cause = clawBack.Cause, Source = clawBack.Source };
}
