namespace Gamification.Ledger;

/// <summary>When what is earned stops being valid: always at the end of a local day.</summary>
public enum ExpiryKind
{
    Never,
    AfterDays,
    AfterMonths,

    /// <summary>So many days or months after the last qualifying activity.</summary>
    RollingDays,
    RollingMonths,

    /// <summary>The end of the month, or year, that comes so many after the one of the earning; 0 is its own.</summary>
    EndOfMonth,
    EndOfYear,
}
