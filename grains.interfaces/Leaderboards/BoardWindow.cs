using System.Globalization;

namespace Gamification.Leaderboards;

public enum BoardPeriod
{
    All,
    Month,
    Week,
    Day,

    /// <summary>A range of dates that the programme's settings name.</summary>
    Season,
}

/// <summary>
/// The business dates a board counts: [<see cref="From"/>, <see cref="To"/>), computed from a recorded business date, in the store's calendar.
/// Weeks are ISO weeks with their week-based year: 2011-01-01 lies in 2010-W52. <c>all</c> has no ends. A season carries its dates, so that a
/// season that is given other ones is another window.
/// </summary>
[GenerateSerializer, Immutable, Alias("board-window")]
public readonly record struct BoardWindow([property: Id(0)] BoardPeriod Period, [property: Id(1)] DateOnly From, [property: Id(2)] DateOnly To)
{
    /// <summary>The season's id; null for other periods.</summary>
    [Id(3)] public string? Season { get; init; }

    public static BoardWindow All { get; } = new(BoardPeriod.All, DateOnly.MinValue, DateOnly.MaxValue);

    public static BoardWindow Of(Season season) => new(BoardPeriod.Season, season.From, season.To) { Season = season.Id };

    /// <summary>The day, week or month of a date. Which season a date lies in is for the programme to say.</summary>
    public static BoardWindow Containing(BoardPeriod period, DateOnly date)
    {
        switch (period)
        {
            case BoardPeriod.Day:
                return new(period, date, date.AddDays(1));
            case BoardPeriod.Week:
                var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
                return new(period, monday, monday.AddDays(7));
            case BoardPeriod.Month:
                var first = new DateOnly(date.Year, date.Month, 1);
                return new(period, first, first.AddMonths(1));
            default:
                return All;
        }
    }

    public bool Contains(DateOnly date) => Period == BoardPeriod.All || (date >= From && date < To);

    /// <summary>What a reader knows it by: a season's id, otherwise its <see cref="Name"/>.</summary>
    public string Label => Season ?? Name;

    /// <summary><c>2011-05-12</c>, <c>2011-W19</c>, <c>2011-05</c>, <c>all</c>, or a season with its dates, <c>spring@2011-03-21..2011-06-21</c>.</summary>
    public string Name => Period switch
    {
        BoardPeriod.Day => From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        BoardPeriod.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(From.ToDateTime(default)):0000}-W{ISOWeek.GetWeekOfYear(From.ToDateTime(default)):00}"),
        BoardPeriod.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        BoardPeriod.Season => string.Create(CultureInfo.InvariantCulture, $"{Season}@{From:yyyy-MM-dd}..{To:yyyy-MM-dd}"),
        _ => "all",
    };

    /// <summary>Reads what <see cref="Name"/> writes; a week that its year does not have is refused.</summary>
    public static bool TryParse(BoardPeriod period, string name, out BoardWindow window)
    {
        window = All;
        switch (period)
        {
            case BoardPeriod.All:
                return name == "all";
            case BoardPeriod.Season:
                return TryParseSeason(name, out window);
            case BoardPeriod.Week:
                if (name.Length != 8 || name[4..6] != "-W" || !int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                    || !int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week)
                    || year is < 2 or > 9990 || week < 1 || week > ISOWeek.GetWeeksInYear(year))
                {
                    return false;
                }

                window = Containing(period, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));
                return true;
            default:
                var format = period == BoardPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM";
                if (!DateOnly.TryParseExact(name, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year > 9990) return false;
                window = Containing(period, date);
                return true;
        }
    }

    private static bool TryParseSeason(string name, out BoardWindow window)
    {
        window = All;
        if (name.Split('@') is not [{ Length: > 0 } season, { Length: 22 } dates] || dates[10..12] != ".."
            || !TryDate(dates[..10], out var from) || !TryDate(dates[12..], out var to) || to <= from)
        {
            return false;
        }

        window = new(BoardPeriod.Season, from, to) { Season = season };
        return true;
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
