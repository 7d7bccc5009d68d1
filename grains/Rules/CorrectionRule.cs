using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>
/// Corrections are new entries (spec B1): points that are no award and no deed, so that lifetime points, boards and tiers know nothing of them; or a later expiry for
/// everything that is live (spec B4).
/// </summary>
public static class CorrectionRule
{
    /// <summary>Refused, in this order: no ledger, none or both of points and a day, a day that is no later or too far, and what the ledger refuses: no reason, zero, less available than is taken.</summary>
    public static (LedgerCorrected? Entry, Refusal? Refusal) Decide(AccountState state, LedgerCorrection correction, AccountContext context)
    {
        if (context.Scheme is not { } scheme) return (null, new("no-ledger", "/member", "This programme keeps no ledger of points to correct."));
        if (correction.Points is null == correction.Through is null) return (null, new("one-of-two", "/points", "Send points to add or take, or the day through which points stay valid."));
        var today = scheme.Points.Calendar.DayOf(context.At.ToUnixTimeMilliseconds());
        if (correction.Through is { } through && (through.DayNumber <= today || through > DateOnly.FromDayNumber(today).AddYears(10)))
            return (null, new("out-of-bounds", "/through", "Send a day of the next ten years."));
        if (correction.Points == 0) return (null, new("amount-is-zero", "/points", "Send how many points to add, or below zero to take."));
        var (booked, refusal) = Bookkeeping.Of(state, context, (purse, at, terms) => correction is { Through: { } day }
            ? Gestures.Extend(purse, day, correction.Reason, correction.By, at, terms)
            : Gestures.Correct(purse, $"correction/{correction.Id}", correction.Points!.Value, correction.Reason, correction.By, at, terms));
        return refusal is not null ? (null, refusal.Field == "/amount" ? refusal with { Field = "/points" } : refusal) : (new()
        {
            Correction = correction,
            Points = 0,
            Balance = booked.Balance,
            Lifetime = state.Lifetime,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        }, null);
    }
}
