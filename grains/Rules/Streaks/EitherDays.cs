namespace Gamification.Rules.Streaks;

/// <summary>Which date each proof from a change of zone counts for.</summary>
internal static class EitherDays
{
    /// <summary>
    /// All dates that count. In date order, each such proof takes the date that nothing else proves; when neither is proved, the one that makes
    /// the longer row of dates, the earlier one when both do.
    /// </summary>
    public static DateSet Settle(Streak streak)
    {
        var dates = streak.Dates;
        if (streak.Either.IsEmpty) return dates;
        foreach (var either in streak.Either.OrderBy(either => either.Earlier).ThenBy(either => either.Later))
        {
            var takesLater = dates.Contains(either.Earlier) || (!dates.Contains(either.Later) && Row(dates, either.Later) > Row(dates, either.Earlier));
            dates = dates.With(takesLater ? either.Later : either.Earlier);
        }

        return dates;
    }

    private static int Row(DateSet dates, int day)
    {
        var (from, through) = (day, day);
        while (dates.Contains(from - 1)) from--;
        while (dates.Contains(through + 1)) through++;
        return through - from;
    }
}
