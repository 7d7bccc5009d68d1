using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Redemption in two phases (spec B6): hold, then confirm or void; at the hold's end it voids itself.</summary>
public static class Holds
{
    /// <summary>Open holds of one purse.</summary>
    public const int Max = 32;

    /// <summary>
    /// Sets an amount aside until <c>at + terms.HoldFor</c>, exclusive, taken as a redemption takes it. Refused when the amount or the id is
    /// out of bounds, the id is open, there are too many, or less is available.
    /// </summary>
    public static LedgerDecision Hold(Purse purse, string id, long amount, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Amount(amount) ?? LedgerChecks.Name(id, "/hold")) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        if (Find(draft.Purse, id) is not null) return LedgerDecision.Refused(purse, new("hold-exists", "/hold", "This hold is open; confirm or void it, or choose another id."));
        if (draft.Purse.Holds.Length >= Max) return LedgerDecision.Refused(purse, new("too-many-holds", "/hold", $"At most {Max} holds may be open; confirm or void one."));
        if (Redemptions.Lacking(draft.Purse, amount) is { } lacking) return LedgerDecision.Refused(purse, lacking);
        var posting = draft.Posting(PostingKind.Held, LedgerAccount.Available, LedgerAccount.Held) with
        {
            Hold = id,
            Until = draft.At + (long)terms.HoldFor.TotalMilliseconds,
        };
        draft.Move(posting, Redemptions.Spendable(draft.Purse, amount));
        return draft.Close();
    }

    /// <summary>Redeems what is held, whatever expired meanwhile. Refused when the hold is not open: it may have timed out.</summary>
    public static LedgerDecision Confirm(Purse purse, string id, DateTimeOffset at, UnitTerms terms)
    {
        var draft = Draft.Open(purse, at, terms);
        if (Find(draft.Purse, id) is not { } hold) return Unknown(purse);
        draft.Move(draft.Posting(PostingKind.HoldConfirmed, LedgerAccount.Held, LedgerAccount.Redeemed) with { Hold = id, Cause = id }, hold.Parts);
        return draft.Close();
    }

    /// <summary>Gives back what is held; what expired meanwhile remains for <see cref="UnitTerms.DaysAfterHold"/> more days. Refused as a confirmation is.</summary>
    public static LedgerDecision Void(Purse purse, string id, DateTimeOffset at, UnitTerms terms)
    {
        var draft = Draft.Open(purse, at, terms);
        if (Find(draft.Purse, id) is not { } hold) return Unknown(purse);
        Release(ref draft, hold, PostingKind.HoldVoided, draft.At);
        return draft.Close();
    }

    internal static void Release(ref Draft draft, Hold hold, PostingKind kind, long at)
    {
        var today = draft.Terms.Calendar.DayOf(at);
        var parts = GiveBack.Parts(ref draft, hold.Parts, today, draft.Terms.DaysAfterHold);
        draft.Move(draft.Posting(kind, LedgerAccount.Held, LedgerAccount.Available) with { At = at, Hold = hold.Id, Cause = hold.Id }, parts);
    }

    private static Hold? Find(Purse purse, string id) => purse.Holds.FirstOrDefault(hold => hold.Id == id);

    private static LedgerDecision Unknown(Purse purse) =>
        LedgerDecision.Refused(purse, new("hold-unknown", "/hold", "It was confirmed, voided, or timed out; hold again."));
}
