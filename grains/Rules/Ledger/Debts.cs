using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Debt that returns left (spec §8): only they make it, earnings pay it, time or an agent forgives it.</summary>
public static class Debts
{
    /// <summary>Lets all debt go. Refused without a reason, then when nothing is owed.</summary>
    public static LedgerDecision Forgive(Purse purse, string reason, string by, DateTimeOffset at, UnitTerms terms)
    {
        if (LedgerChecks.Reason(reason, by) is { } unreasoned) return LedgerDecision.Refused(purse, unreasoned);
        var draft = Draft.Open(purse, at, terms);
        if (draft.Purse.Debts.IsEmpty) return LedgerDecision.Refused(purse, new("no-debt", "/unit", "Nothing is owed in this unit; there is nothing to forgive."));
        foreach (var debt in draft.Purse.Debts) draft.Post(Forgiving(draft, debt) with { Reason = reason, By = by });
        return draft.Close();
    }

    /// <summary>Pays what an earning may pay, the oldest debt first, and says how much that was.</summary>
    internal static long Pay(ref Draft draft, in Accrual earning)
    {
        if (draft.Purse.Debts.IsEmpty) return 0;
        var share = (long)((Int128)earning.Amount * Math.Clamp(draft.Terms.DebtShare, 0, 50) / 100);
        var paid = Math.Min(draft.Purse.Owed, share);
        if (paid == 0) return 0;
        var parts = ImmutableArray.CreateBuilder<Debt>();
        var left = paid;
        foreach (var debt in draft.Purse.Debts)
        {
            if (left == 0) break;
            parts.Add(debt with { Amount = Math.Min(left, debt.Amount) });
            left -= parts[^1].Amount;
        }

        draft.Post(draft.Posting(PostingKind.DebtPaid, LedgerAccount.Issued, LedgerAccount.Debt) with
        {
            Amount = paid,
            Debts = parts.DrainToImmutable(),
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

    internal static Posting Forgiving(Draft draft, Debt debt) => draft.Posting(PostingKind.DebtForgiven, LedgerAccount.Forgiven, LedgerAccount.Debt) with
    {
        Amount = debt.Amount,
        Debts = [debt],
        Cause = debt.Cause,
    };
}
