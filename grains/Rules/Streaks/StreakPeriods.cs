using Gamification.Recognition;

namespace Gamification.Rules.Streaks;

/// <summary>Dates in numbered periods. Day number 0 is a Monday, so an ISO week is a seventh of a day number and knows no year's end (spec §2).</summary>
internal static class StreakPeriods
{
    public static int Of(StreakPeriod per, int day) => per switch
    {
        StreakPeriod.Day => day,
        StreakPeriod.Week => day / 7,
        _ => MonthOf(DateOnly.FromDayNumber(day)),
    };

    /// <summary>The first day of a period; the next one's is its exclusive end.</summary>
    public static int Start(StreakPeriod per, int period) => per switch
    {
        StreakPeriod.Day => period,
        StreakPeriod.Week => period * 7,
        _ => new DateOnly(period / 12, (period % 12) + 1, 1).DayNumber,
    };

    private static int MonthOf(DateOnly date) => (date.Year * 12) + date.Month - 1;
}
