using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Spending, and giving back what was spent.</summary>
public static class Redemptions
{
    /// <summary>
    /// Takes an amount, the lots that expire first first (spec §6); the posting's lots are the trace. Never below zero: refused when the amount
    /// or the cause is out of bounds, or less is available. Debt does not stand in the way.
    /// </summary>
    public static LedgerDecision Redeem(Purse purse, string cause, long amount, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Amount(amount) ?? LedgerChecks.Name(cause, "/cause")) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        if (Lacking(draft.Purse, amount) is { } lacking) return LedgerDecision.Refused(purse, lacking);
        draft.Move(draft.Posting(PostingKind.Redeemed, LedgerAccount.Available, LedgerAccount.Redeemed) with { Cause = cause }, Spendable(draft.Purse, amount));
        return draft.Close();
    }

    /// <summary>
    /// Gives back points that were spent on goods that came back (spec §5), to their lots and with their expiry; what expired meanwhile comes
    /// as a new lot valid for <see cref="UnitTerms.DaysAfterRestore"/> days. What was taken last comes back first. Refused when
    /// more would come back than was spent.
    /// </summary>
    /// <param name="purse">The purse it was spent from, or the one that was merged into.</param>
    /// <param name="spent">The lots of the redemption's posting.</param>
    /// <param name="restored">How much of them earlier returns gave back.</param>
    /// <param name="amount">How much comes back now.</param>
    /// <param name="cause">The return.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms">The unit's terms.</param>
    public static LedgerDecision Restore(Purse purse, ImmutableArray<Lot> spent, long restored, long amount, string cause, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Amount(amount) ?? LedgerChecks.Name(cause, "/cause")) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        if (restored < 0 || restored > spent.Sum() - amount)
            return LedgerDecision.Refused(purse, new("restore-too-much", "/amount", "Give back at most what was spent, less what was given back before."));
        var draft = Draft.Open(purse, at, terms);
        var parts = GiveBack.Parts(ref draft, LastTaken(spent, restored, amount), draft.Today, terms.DaysAfterRestore);
        draft.Move(draft.Posting(PostingKind.SpendRestored, LedgerAccount.Redeemed, LedgerAccount.Available) with { Cause = cause }, parts);
        return draft.Close();
    }

    internal static ImmutableArray<Lot> Spendable(Purse purse, long amount) => Fefo.Take(purse.Lots.Where(lot => !lot.IsPending), purse.Roll, amount);

    internal static Refusal? Lacking(Purse purse, long amount) =>
        amount > purse.Available ? new("insufficient-points", "/amount", $"{purse.Available} can be spent now.") : null;

    private static ImmutableArray<Lot> LastTaken(ImmutableArray<Lot> spent, long skip, long amount)
    {
        var parts = ImmutableArray.CreateBuilder<Lot>();
        for (var at = spent.Length - 1; at >= 0 && amount > 0; at--)
        {
            var passed = Math.Min(skip, spent[at].Remaining);
            skip -= passed;
            var taken = Math.Min(amount, spent[at].Remaining - passed);
            amount -= taken;
            if (taken > 0) parts.Add(spent[at] with { Remaining = taken });
        }

        return parts.DrainToImmutable();
    }
}
