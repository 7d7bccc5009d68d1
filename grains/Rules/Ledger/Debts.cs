using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Debt that returns left (spec §8): only they make it, earnings pay it, time or an agent forgives it.</summary>
public static class Debts
{
    /// <summary>
    /// Lets debt go before its time, the oldest first: so much of it, or all when no amount is given. Refused, in this order: no reason, nothing owed, an amount out of
    /// bounds, less owed than that.
    /// </summary>
    public static LedgerDecision Forgive(Purse purse, string reason, string by, DateTimeOffset at, UnitTerms terms, long? amount = null)
    {
        if (LedgerChecks.Reason(reason, by) is { } unreasoned) return LedgerDecision.Refused(purse, unreasoned);
        var draft = Draft.Open(purse, at, terms);
        var owed = draft.Purse.Owed;
        if (owed == 0) return LedgerDecision.Refused(purse, new("no-debt", "/amount", "Nothing is owed in this unit; there is nothing to forgive."));
        if (LedgerChecks.Amount(amount ?? owed) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        if (amount > owed) return LedgerDecision.Refused(purse, new("owes-less", "/amount", FormattableString.Invariant($"{owed} is owed by now; forgive as much at most.")));
        foreach (var part in Oldest(draft.Purse, amount ?? owed)) draft.Post(Forgiving(draft, part) with { Reason = reason, By = by });
        return draft.Close();
    }

    /// <summary>Pays what an earning may pay, the oldest debt first, and says how much that was.</summary>
    internal static long Pay(ref Draft draft, in Accrual earning)
    {
        if (draft.Purse.Debts.IsEmpty) return 0;
        var share = (long)((Int128)earning.Amount * Math.Clamp(draft.Terms.DebtShare, 0, 50) / 100);
        var paid = Math.Min(draft.Purse.Owed, share);
        if (paid == 0) return 0;
        draft.Post(draft.Posting(PostingKind.DebtPaid, LedgerAccount.Issued, LedgerAccount.Debt) with
        {
            Amount = paid,
            Debts = Oldest(draft.Purse, paid),
            Cause = earning.Source,
            Rule = earning.Rule,
        });
        return paid;
    }

    /// <summary>Debts of one day are one debt, named after the first return, so that there are never more than days until they are forgiven.</summary>
    internal static void Incur(ref Draft draft, long amount, in ClawBack clawBack)
    {
        if (amount == 0) return;
        var forgivenOn = draft.Today + draft.Terms.ForgivenAfter;
        var debt = draft.Purse.Debts.FirstOrDefault(debt => debt.ForgivenOn == forgivenOn) ?? new(draft.NextId(), clawBack.Cause, forgivenOn, 0);
        draft.Post(draft.Posting(PostingKind.DebtIncurred, LedgerAccount.Debt, LedgerAccount.ClawedBack) with
        {
            Amount = amount,
            Debts = [debt with { Amount = amount }],
            Cause = clawBack.Cause,
            Source = clawBack.Source,
        });
    }

    private static ImmutableArray<Debt> Oldest(Purse purse, long amount)
    {
        var parts = ImmutableArray.CreateBuilder<Debt>();
        foreach (var debt in purse.Debts)
        {
            if (amount == 0) break;
            parts.Add(debt with { Amount = Math.Min(amount, debt.Amount) });
            amount -= parts[^1].Amount;
        }

        return parts.DrainToImmutable();
    }

    internal static Posting Forgiving(Draft draft, Debt debt) => draft.Posting(PostingKind.DebtForgiven, LedgerAccount.Forgiven, LedgerAccount.Debt) with
    {
        Amount = debt.Amount,
        Debts = [debt],
        Cause = debt.Cause,
    };
}
