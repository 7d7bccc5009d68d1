using Gamification.Leaderboards;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Where the business period of a cap begins and ends.</summary>
public static class CapDays
{
    /// <summary>The number of the first day of the period that holds the date; 0 for <see cref="CapPeriod.Campaign"/>.</summary>
    public static int First(CapPeriod per, DateOnly date) => per switch
    {
        CapPeriod.Day => date.DayNumber,
        CapPeriod.Week => BoardWindow.Containing(BoardPeriod.Week, date).From.DayNumber,
        CapPeriod.Month => BoardWindow.Containing(BoardPeriod.Month, date).From.DayNumber,
        _ => 0,
    };

    /// <summary>The number of the last day of the period that begins on a day; a campaign's never comes.</summary>
    public static int Last(CapPeriod per, int firstDay) => per switch
    {
        CapPeriod.Day => firstDay,
        CapPeriod.Week => firstDay + 6,
        CapPeriod.Month => DateOnly.FromDayNumber(firstDay).AddMonths(1).DayNumber - 1,
        _ => int.MaxValue,
    };
}
