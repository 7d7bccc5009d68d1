using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// When what is earned stops being valid (spec B4): through the end of a local day. Calendar arithmetic: a month after 31 January is the
/// last of February.
/// </summary>
public readonly record struct ExpiryPolicy
{
    /// <summary>A hundred years in days.</summary>
    public const int CountMax = 36_525;

    private static readonly DateOnly LastDay = new(9990, 12, 31);

    public ExpiryPolicy(ExpiryKind kind, int count = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, kind is ExpiryKind.AfterDays or ExpiryKind.RollingDays ? CountMax : CountMax / 365 * 12);
        (Kind, Count) = (kind, count);
    }

    public static ExpiryPolicy Never => default;

    public ExpiryKind Kind { get; }

    public int Count { get; }

    public bool IsRolling => Kind is ExpiryKind.RollingDays or ExpiryKind.RollingMonths;

    /// <summary>Day number of the last valid day of what is earned, or done, on a date; <see cref="Lot.Never"/> when there is none.</summary>
    public int LastDayFor(DateOnly date)
    {
        if (Kind == ExpiryKind.Never) return Lot.Never;
        if (date.Year + (Count / 12) + 101 > LastDay.Year) return LastDay.DayNumber;
        return (Kind switch
        {
            ExpiryKind.AfterDays or ExpiryKind.RollingDays => date.AddDays(Count),
            ExpiryKind.AfterMonths or ExpiryKind.RollingMonths => date.AddMonths(Count),
            ExpiryKind.EndOfMonth => new DateOnly(date.Year, date.Month, 1).AddMonths(Count + 1).AddDays(-1),
            _ => new DateOnly(date.Year + Count, 12, 31),
        }).DayNumber;
    }
}
