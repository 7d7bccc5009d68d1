using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>The programme's terms for one unit. The defaults are those of spec §4 to §8.</summary>
public sealed record UnitTerms
{
    public required Unit Unit { get; init; }

    public required LedgerCalendar Calendar { get; init; }

    public ExpiryPolicy Expiry { get; init; }

    /// <summary>Local days for which earnings wait before they can be spent, when the earning does not say; 0 for none.</summary>
    public int PendingDays { get; init; }

    /// <summary>
    /// Whether each earning keeps its own lot, so that a redemption names its receipts and a return takes its own. A unit that is never spent
    /// needs neither: pooled, its lots are one for each day of expiry.
    /// </summary>
    public bool IsTraced { get; init; } = true;

    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Local days for which points remain that expired while they were held.</summary>
    public int DaysAfterHold { get; init; } = 7;

    /// <summary>Local days for which spent points remain that had expired when their goods came back.</summary>
    public int DaysAfterRestore { get; init; } = 30;

    /// <summary>How much of an earning may pay debt, in percent; 50 at most.</summary>
    public int DebtShare { get; init; } = 50;

    /// <summary>Debt ends at the smaller of this and <see cref="DebtIssuanceShare"/> percent of twelve months' issuance. 0: this unit knows no debt.</summary>
    public long DebtMax { get; init; } = 5_000;

    public int DebtIssuanceShare { get; init; } = 10;

    /// <summary>Local days until debt is forgiven.</summary>
    public int ForgivenAfter { get; init; } = 180;

    /// <summary>How long after an expiry an activity from before it still undoes it.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Local days within which a merge can be undone.</summary>
    public int UnmergeDays { get; init; } = 30;

    /// <summary>Points to spend: traced, in debt after returns.</summary>
    public static UnitTerms ForPoints(LedgerCalendar calendar, ExpiryPolicy expiry) => new() { Unit = Unit.Points, Calendar = calendar, Expiry = expiry };

    /// <summary>Status points: pooled, since nobody spends them, and without debt.</summary>
    public static UnitTerms ForStatus(LedgerCalendar calendar, ExpiryPolicy expiry) =>
        new() { Unit = Unit.Status, Calendar = calendar, Expiry = expiry, IsTraced = false, DebtMax = 0 };

    /// <summary>Stamps of one card: traced, and without debt.</summary>
    public static UnitTerms ForStamps(LedgerCalendar calendar, string family, ExpiryPolicy expiry) =>
        new() { Unit = Unit.StampsOf(family), Calendar = calendar, Expiry = expiry, DebtMax = 0 };

    /// <summary>How far below zero a member may come, as a positive amount (spec §8).</summary>
    public long DebtLimit(long issuedInYear) => Math.Min(DebtMax, (long)((Int128)Math.Max(0, issuedInYear) * DebtIssuanceShare / 100));
}
