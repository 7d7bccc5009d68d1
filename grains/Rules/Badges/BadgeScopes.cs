using System.Globalization;
using Gamification.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>The scope that a business date falls in, and the first day after it; no scope outside a season.</summary>
internal static class BadgeScopes
{
    private const int NoEnd = int.MaxValue;

    public static (string Scope, int End)? Of(BadgeKind kind, DateOnly date) => kind switch
    {
        PeriodicCount periodic => Of(periodic.Per, date),
        SeasonalCount season => Of(season, date),
        _ => (BadgeStanding.Ever, NoEnd),
    };

    private static (string Scope, int End) Of(BadgePeriod per, DateOnly date)
    {
        var first = new DateOnly(date.Year, date.Month, 1);
        return per switch
        {
            BadgePeriod.Day => (Text("yyyy-MM-dd"), date.DayNumber + 1),
            BadgePeriod.Week => (WeekOf(date.ToDateTime(default)), ((date.DayNumber / 7) + 1) * 7),
            BadgePeriod.Month => (string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}"), first.AddMonths(1).DayNumber),
            BadgePeriod.Quarter => (string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-Q{((date.Month - 1) / 3) + 1}"), first.AddMonths(3 - ((date.Month - 1) % 3)).DayNumber),
            _ => (Text("yyyy"), new DateOnly(date.Year + 1, 1, 1).DayNumber),
        };

        string Text(string format) => date.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string WeekOf(DateTime day) => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");

    /// <summary>A yearly season is named by the year it begins in; its dates move by whole years, 29 February to the 28th.</summary>
    private static (string Scope, int End)? Of(SeasonalCount season, DateOnly date)
    {
        var year = season.Yearly ? date.Year - season.From.Year : 0;
        for (var back = 0; back <= (season.Yearly ? 1 : 0); back++)
        {
            var (from, until) = (season.From.AddYears(year - back), season.Until.AddYears(year - back));
            if (date >= from && date < until) return (from.Year.ToString("0000", CultureInfo.InvariantCulture), until.DayNumber);
        }

        return null;
    }
}
