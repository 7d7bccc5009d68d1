using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>Days or ISO weeks in a row. Day number 0 is a Monday, so a week is a seventh of a day number and knows no year's end (spec §2).</summary>
internal static class Runs
{
    /// <param name="marks">As things happened.</param>
    /// <param name="goal">The run asked for.</param>
    /// <param name="most">Where the score stays.</param>
    public static Progress Longest(IEnumerable<Mark> marks, RunOf goal, long most)
    {
        var periods = Qualified(marks, goal);
        if (periods.Count == 0) return default;
        var longest = 0;
        foreach (var (from, to) in Stretches(periods)) longest = Math.Max(longest, to - from);
        var score = (int)Math.Min(longest, most);
        return new(score, Earliest(periods, score), longest >= goal.Target ? Earliest(periods, (int)goal.Target) : 0);
    }

    /// <summary>Periods with enough different dates, in order, each with the instant at which it had enough.</summary>
    private static List<(int Period, long At)> Qualified(IEnumerable<Mark> marks, RunOf goal)
    {
        var dates = new Dictionary<int, HashSet<int>>();
        var qualified = new List<(int Period, long At)>();
        foreach (var mark in marks)
        {
            var period = goal.Per == RunPer.Day ? mark.Day : mark.Day / 7;
            if (!dates.TryGetValue(period, out var seen)) dates[period] = seen = [];
            if (seen.Add(mark.Day) && seen.Count == goal.Times) qualified.Add((period, mark.At));
        }

        qualified.Sort();
        return qualified;
    }

    private static IEnumerable<(int From, int To)> Stretches(List<(int Period, long At)> periods)
    {
        for (var (from, to) = (0, 1); to <= periods.Count; to++)
        {
            if (to < periods.Count && periods[to].Period == periods[to - 1].Period + 1) continue;
            yield return (from, to);
            from = to;
        }
    }

    /// <summary>When the first run of this length was complete, whichever of them that is.</summary>
    private static long Earliest(List<(int Period, long At)> periods, int length)
    {
        var earliest = long.MaxValue;
        for (var to = length; to <= periods.Count; to++)
        {
            var run = periods.GetRange(to - length, length);
            if (run[^1].Period - run[0].Period == length - 1) earliest = Math.Min(earliest, run.Max(period => period.At));
        }

        return earliest;
    }
}
