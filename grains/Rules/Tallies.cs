using System.Collections.Immutable;
using Gamification.Projections;

namespace Gamification.Rules;

/// <summary>
/// What one actor did in one store on one business date, or over all dates: every metric, and for the ranking ones the
/// instant (Unix milliseconds) of the last event that still contributes; 0 when nothing does.
/// </summary>
public readonly record struct Tally(long Points, long Receipts, long Spend, long PointsAt, long ReceiptsAt)
{
    /// <summary>Adds one event. A metric that the event does not touch keeps its instant.</summary>
    public Tally Plus(long points, long receipts, long spend, long at) => new(
        Points + points,
        Receipts + receipts,
        Spend + spend,
        points != 0 ? Math.Max(PointsAt, at) : PointsAt,
        receipts != 0 ? Math.Max(ReceiptsAt, at) : ReceiptsAt);

    /// <summary>A metric's value, and the instant of the last event that still contributes to it.</summary>
    public (long Value, long At) Of(RollupMetric metric) => metric switch
    {
        RollupMetric.Points => (Points, PointsAt),
        RollupMetric.Receipts => (Receipts, ReceiptsAt),
        _ => (Spend, ReceiptsAt),
    };
}

/// <summary>A tally and where it belongs. <see cref="Day"/> is a day number, or <see cref="AllDays"/> for the store's total since ever.</summary>
public readonly record struct TallyRow(string Store, int Day, Tally Tally)
{
    public const int AllDays = 0;
}

/// <summary>
/// An actor's tallies: a total for each store, and a row for each store and business date that a running day, ISO week or month
/// can still reach. Older days are dropped here and stay in the projection.
/// </summary>
public sealed record Tallies(ImmutableArray<TallyRow> Rows, int CompleteFrom)
{
    public static Tallies Empty { get; } = new([], 0);

    /// <summary>The row's tally; zero when there is none. Only days at or after <see cref="CompleteFrom"/> are sure to be here.</summary>
    public Tally Of(string store, int day)
    {
        foreach (var row in Rows)
        {
            if (row.Day == day && row.Store == store) return row.Tally;
        }

        return default;
    }

    /// <summary>Replaces or adds rows, then forgets the days before the month that precedes <paramref name="newestDay"/>'s, whole weeks kept.</summary>
    public Tallies With(ReadOnlySpan<TallyRow> changed, int newestDay)
    {
        var completeFrom = Math.Max(CompleteFrom, FirstDayKept(newestDay));
        var rows = ImmutableArray.CreateBuilder<TallyRow>(Rows.Length + changed.Length);
        foreach (var row in Rows)
        {
            if ((row.Day == TallyRow.AllDays || row.Day >= completeFrom) && !Holds(changed, row)) rows.Add(row);
        }

        foreach (var row in changed)
        {
            if (row.Day == TallyRow.AllDays || row.Day >= completeFrom) rows.Add(row);
        }

        return new(rows.DrainToImmutable(), completeFrom);
    }

    /// <summary>
    /// The absolute score in a window: the sum over its rows and the latest instant of an event that contributes.
    /// False when days of the window were dropped, so that only the projection can tell.
    /// </summary>
    public bool TryScore(RollupWindow window, out long score, out long reachedAt)
    {
        score = 0;
        reachedAt = 0;
        var all = window.IsAllTime;
        if (!all && window.FromDay < CompleteFrom) return false;
        foreach (var row in Rows)
        {
            var counts = all ? row.Day == TallyRow.AllDays : row.Day >= window.FromDay && row.Day < window.ToDay;
            if (!counts || !window.Counts(row.Store)) continue;
            var (value, at) = row.Tally.Of(window.Metric);
            score += value;
            reachedAt = Math.Max(reachedAt, at);
        }

        return true;
    }

    /// <summary>The first day that an account keeps when its newest event was on <paramref name="newestDay"/>.</summary>
    public static int FirstDayKept(int newestDay)
    {
        var newest = DateOnly.FromDayNumber(newestDay);
        var month = new DateOnly(newest.Year, newest.Month, 1);
        if (month > DateOnly.MinValue) month = month.AddMonths(-1);
        return Math.Max(1, month.DayNumber - 6);
    }

    private static bool Holds(ReadOnlySpan<TallyRow> rows, TallyRow wanted)
    {
        foreach (var row in rows)
        {
            if (row.Day == wanted.Day && row.Store == wanted.Store) return true;
        }

        return false;
    }
}
