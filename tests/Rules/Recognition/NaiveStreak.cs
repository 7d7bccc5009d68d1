using System.Globalization;
using Gamification.Recognition;

namespace Gamification.Tests.Rules.Recognition;

/// <summary>The obvious slow streak: a list of proofs, dates as dates, one period after another by the calendar's own functions.</summary>
internal sealed class NaiveStreak(StreakRule rule)
{
    public List<DateOnly> Proofs { get; } = [];

    public HashSet<DateOnly> Kept { get; } = [];

    public HashSet<DateOnly> Excused { get; } = [];

    public List<(DateOnly On, int Count)> Grants { get; } = [];

    public IEnumerable<DateOnly> Dates => Proofs.Concat(Kept).Distinct().Order();

    /// <summary>A proof that can be removed goes; an older one leaves its date for ever.</summary>
    public void Remove(DateOnly date, DateOnly today)
    {
        Assert.True(Proofs.Remove(date));
        if (date < today.AddDays(-35)) Kept.Add(date);
    }

    public (int Current, int Best, int Held, List<string> Frozen, List<(DateOnly From, DateOnly Through, int Length)> Runs) Read(DateOnly today)
    {
        var dates = Dates.ToHashSet();
        var max = rule.Freezes?.HoldMax ?? 0;
        var (held, frozen) = (0, new List<string>());
        List<(DateOnly From, DateOnly Through, int Length)> runs = [];
        List<List<DateOnly>> run = [];
        if (dates.Count == 0) return (0, 0, Math.Min(max, Grants.Where(grant => grant.On <= today).Sum(grant => grant.Count)), [], []);
        var last = dates.Max() > today ? dates.Max() : today;
        var grants = Grants.OrderBy(grant => grant.On).ToList();
        foreach (var days in Periods(dates.Min(), last))
        {
            while (grants.Count > 0 && grants[0].On <= days[^1])
            {
                held = Math.Min(max, held + grants[0].Count);
                grants.RemoveAt(0);
            }

            if (days.Count(dates.Contains) >= rule.Times)
            {
                run.Add(days);
                if (rule.Freezes?.EarnEvery is { } every && run.Count % every == 0) held = Math.Min(max, held + 1);
            }
            else if (run.Count == 0 || days[^1] >= today || days.Any(Excused.Contains))
            {
                continue;
            }
            else if (held > 0)
            {
                held--;
                frozen.Add(Name(days[0]));
            }
            else
            {
                runs.Add((run[0][0], run[^1][^1], run.Count));
                run = [];
            }
        }

        var current = run.Count;
        if (current > 0) runs.Add((run[0][0], run[^1][^1], run.Count));
        return (current, runs.Count == 0 ? 0 : runs.Max(one => one.Length), held, frozen, runs);
    }

    public string Name(DateOnly date) => rule.Per switch
    {
        StreakPeriod.Day => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StreakPeriod.Week => $"{ISOWeek.GetYear(date.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(date.ToDateTime(default))}",
        _ => date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };

    private IEnumerable<List<DateOnly>> Periods(DateOnly from, DateOnly through)
    {
        while (Name(from.AddDays(-1)) == Name(from)) from = from.AddDays(-1);
        var period = new List<DateOnly>();
        for (var day = from; day <= through || Name(day) == Name(through); day = day.AddDays(1))
        {
            if (period.Count > 0 && Name(period[0]) != Name(day))
            {
                yield return period;
                period = [];
            }

            period.Add(day);
        }

        yield return period;
    }
}
