using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Something is earned. What it is worth was decided before.</summary>
public readonly record struct Accrual
{
    /// <summary>The receipt's key, the post, the badge: what a redemption names later, and a return takes back.</summary>
    public required string Source { get; init; }

    public required long Amount { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Its business date: pending days and validity count from here.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Null: as the unit's terms say.</summary>
    public ExpiryPolicy? Expiry { get; init; }

    /// <summary>Local days until it can be spent, such as a category's return window; null: as the unit's terms say.</summary>
    public int? PendingDays { get; init; }

    /// <summary>Pending until <see cref="Earnings.Activate"/> is told of this, instead of for a number of days; null for days.</summary>
    public string? Awaits { get; init; }

    public string? Rule { get; init; }
}

/// <summary>Earnings, and the activity that keeps rolling lots alive.</summary>
public static class Earnings
{
    /// <summary>With more lots than this, those of one day share one and lose their trace: only a purse that never expires and is never spent gets here.</summary>
    private const int TracedLotsMax = 4_096;

    /// <summary>
    /// Debt is paid first, by at most the terms' share; the rest becomes a lot. An earning under a rolling policy is a qualifying activity.
    /// An earning that comes later than its own expiry is posted, and its expiry with it. Refused when the amount or the source is out of bounds.
    /// </summary>
    public static LedgerDecision Earn(Purse purse, in Accrual earning, DateTimeOffset at, UnitTerms terms)
    {
        if ((LedgerChecks.Amount(earning.Amount) ?? LedgerChecks.Name(earning.Source, "/source")) is { } refusal) return LedgerDecision.Refused(purse, refusal);
        var draft = Draft.Open(purse, at, terms);
        var policy = earning.Expiry ?? terms.Expiry;
        var lastDay = policy.LastDayFor(earning.On);
        Roll? roll = null;
        if (policy.IsRolling && draft.Purse.Roll.With(earning.On.DayNumber, lastDay) is var rolled && rolled != draft.Purse.Roll)
        {
            roll = rolled;
            Lapses.Reverse(ref draft, rolled, earning.OccurredAt, earning.Source);
        }

        var amount = earning.Amount - Debts.Pay(ref draft, earning);
        var pendingUntil = PendingUntil(earning, terms);
        var lot = LotFor(ref draft, earning, amount, lastDay, policy.IsRolling, pendingUntil > draft.At ? pendingUntil : 0);
        draft.Post(new()
        {
            Unit = terms.Unit,
            Kind = PostingKind.Earned,
            From = LedgerAccount.Issued,
            To = lot.IsPending ? LedgerAccount.Pending : LedgerAccount.Available,
            Amount = amount,
            At = draft.At,
            Lots = [lot],
            Rule = earning.Rule,
            Roll = roll,
        });
        return draft.Close();
    }

    /// <summary>What was awaited has happened: all that waited for it can be spent now. Nothing where nothing did.</summary>
    /// <param name="purse">The purse.</param>
    /// <param name="awaited">As <see cref="Accrual.Awaits"/> said.</param>
    /// <param name="cause">What happened: the key of the receipt or event.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms">The unit's terms.</param>
    public static LedgerDecision Activate(Purse purse, string awaited, string cause, DateTimeOffset at, UnitTerms terms)
    {
        var draft = Draft.Open(purse, at, terms);
        ImmutableArray<Lot> ripe = [.. draft.Purse.Lots.Where(lot => lot.IsPending && lot.Awaits == awaited).Select(lot => lot with { AvailableAt = 0, Awaits = null })];
        draft.Move(draft.Posting(PostingKind.Activated, LedgerAccount.Pending, LedgerAccount.Available) with { Cause = cause }, ripe);
        return draft.Close();
    }

    /// <summary>
    /// A qualifying activity that earns nothing. Under a rolling policy it prolongs all live lots, and those that had expired only because it
    /// came late; otherwise, or when it prolongs nothing, there is no posting.
    /// </summary>
    public static LedgerDecision Touch(Purse purse, string cause, DateTimeOffset occurredAt, DateOnly on, DateTimeOffset at, UnitTerms terms)
    {
        var draft = Draft.Open(purse, at, terms);
        if (!terms.Expiry.IsRolling) return draft.Close();
        var roll = draft.Purse.Roll.With(on.DayNumber, terms.Expiry.LastDayFor(on));
        if (roll == draft.Purse.Roll) return draft.Close();
        Lapses.Reverse(ref draft, roll, occurredAt, cause);
        draft.Post(draft.Posting(PostingKind.Extended, LedgerAccount.Available, LedgerAccount.Available) with { Cause = cause, Roll = roll });
        return draft.Close();
    }

    private static long PendingUntil(in Accrual earning, UnitTerms terms)
    {
        if (earning.Awaits is not null) return Lot.OnAction;
        var days = earning.PendingDays ?? terms.PendingDays;
        return days <= 0 ? 0 : terms.Calendar.StartOf(earning.On.DayNumber + Math.Min(days, ExpiryPolicy.CountMax));
    }

    /// <summary>A lot of its own, or more of the one that the same source, or in a pooled unit any source, has with the same dates.</summary>
    private static Lot LotFor(ref Draft draft, in Accrual earning, long amount, int lastDay, bool isRolling, long availableAt)
    {
        var lots = draft.Purse.Lots;
        var isTraced = draft.Terms.IsTraced && lots.Length < TracedLotsMax;
        var source = isTraced ? earning.Source : "";
        for (var at = lots.Length - 1; at >= (isTraced ? Math.Max(0, lots.Length - 1) : 0); at--)
        {
            var last = lots[at];
            if (last.Source == source && last.ExpiresOn == lastDay && last.IsRolling == isRolling && last.AvailableAt == availableAt && last.Awaits == earning.Awaits)
                return last with { Remaining = amount };
        }

        return new()
        {
            Id = draft.NextId(),
            Source = source,
            EarnedAt = earning.OccurredAt.ToUnixTimeMilliseconds(),
            AvailableAt = availableAt,
            Awaits = earning.Awaits,
            ExpiresOn = lastDay,
            IsRolling = isRolling,
            Initial = amount,
            Remaining = amount,
        };
    }
}
