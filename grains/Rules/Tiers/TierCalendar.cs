using Gamification.Recognition;

namespace Gamification.Rules.Tiers;

/// <summary>
/// Time in numbered stretches of a ladder. Calendar and anniversary periods are one stretch each, which is all that has to be told apart. A
/// rolling period is as many stretches as it has months, since its sum moves from month to month.
/// </summary>
internal readonly struct TierCalendar(TierLadder ladder, int enrolledOn)
{
    private readonly DateOnly _anchor = ladder.Period == TierPeriod.Anniversary ? DateOnly.FromDayNumber(enrolledOn) : new(1, 1, 1);

    /// <summary>The kind and length of a ladder's periods as one number: 1,000 for each kind, and the months.</summary>
    public static int ShapeOf(TierLadder ladder) => (((int)ladder.Period + 1) * 1_000) + ladder.Months;

    /// <summary>The same ladder with the periods of a shape.</summary>
    public static TierLadder Shaped(TierLadder ladder, int shape) => shape < 1_000 ? ladder : ladder with { Period = (TierPeriod)((shape / 1_000) - 1), Months = shape % 1_000 };

    /// <summary>Months in a stretch, and stretches in a period.</summary>
    private int Months => ladder.Period == TierPeriod.Rolling ? 1 : ladder.Months;

    public int Stretches => ladder.Period == TierPeriod.Rolling ? ladder.Months : 1;

    public int StretchOf(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var months = ((date.Year - _anchor.Year) * 12) + date.Month - _anchor.Month;
        if (day < _anchor.AddMonths(months).DayNumber) months--;
        return (int)Math.Floor((double)months / Months);
    }

    /// <summary>A month after 31 January begins on the last of February.</summary>
    public int StartOf(int stretch) => _anchor.AddMonths(stretch * Months).DayNumber;
}
