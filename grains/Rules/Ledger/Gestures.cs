using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>What people of the programme do to a purse, each with a reason code and their name (spec B1, B4, B11). Quotas and a second pair of eyes come before.</summary>
public static class Gestures
{
    /// <summary>A gesture: a lot of its own that lives as the unit's terms say. It pays no debt and is no activity. Refused without a reason, a name, or an amount in bounds.</summary>
    /// <param name="id">Names the grant, and is its lot's source.</param>
    public static LedgerDecision Grant(Purse purse, string id, long amount, string reason, string by, DateTimeOffset at, UnitTerms terms) =>
        Add(purse, PostingKind.Granted, LedgerAccount.Granted, id, amount, reason, by, at, terms);

    /// <summary>
    /// Puts an earlier mistake right: adds as a grant does, or with a negative amount takes as a redemption does. Never below zero: refused
    /// when less is available.
    /// </summary>
    public static LedgerDecision Correct(Purse purse, string id, long amount, string reason, string by, DateTimeOffset at, UnitTerms terms)
    {
        if (amount >= 0) return Add(purse, PostingKind.Corrected, LedgerAccount.Corrected, id, amount, reason, by, at, terms);
        if ((LedgerChecks.Reason(reason, by) ?? LedgerChecks.Name(id, "/id") ?? LedgerChecks.Amount(-Math.Max(amount, -long.MaxValue))) is { } refusal)
            return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        if (Redemptions.Lacking(draft.Purse, -amount) is { } lacking) return LedgerDecision.Refused(purse, lacking);
        draft.Move(
            draft.Posting(PostingKind.Corrected, LedgerAccount.Available, LedgerAccount.Corrected) with { Cause = id, Reason = reason, By = by },
            Redemptions.Spendable(draft.Purse, -amount));
        return draft.Close();
    }

    /// <summary>Everything that is live stays valid at least through a day. Refused without a reason or a name, and when that prolongs nothing.</summary>
    public static LedgerDecision Extend(Purse purse, DateOnly through, string reason, string by, DateTimeOffset at, UnitTerms terms)
    {
        if (LedgerChecks.Reason(reason, by) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        var (roll, day) = (draft.Purse.Roll, through.DayNumber);
        ImmutableArray<Lot> prolonged = [.. draft.Purse.Lots.Where(lot => roll.ExpiryOf(lot) < day).Select(lot => lot with { ExpiresOn = day })];
        if (prolonged.IsEmpty) return LedgerDecision.Refused(purse, new("nothing-to-extend", "/through", "Name a later day: nothing here expires before it."));
        draft.Post(draft.Posting(PostingKind.Extended, LedgerAccount.Available, LedgerAccount.Available) with { Lots = prolonged, Reason = reason, By = by });
        return draft.Close();
    }

    private static LedgerDecision Add(
        Purse purse, PostingKind kind, LedgerAccount from, string id, long amount, string reason, string by, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Reason(reason, by) ?? LedgerChecks.Name(id, "/id") ?? LedgerChecks.Amount(amount)) is { } refusal)
            return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        var lot = new Lot
        {
            Id = draft.NextId(),
            Source = id,
            EarnedAt = draft.At,
            ExpiresOn = terms.Expiry.LastDayFor(DateOnly.FromDayNumber(draft.Today)),
            IsRolling = terms.Expiry.IsRolling,
            Initial = amount,
            Remaining = amount,
        };
        draft.Move(draft.Posting(kind, from, LedgerAccount.Available) with { Cause = id, Reason = reason, By = by }, [lot]);
        return draft.Close();
    }
}
