using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>
/// The score of a goal: a function of the marks that stand, in whatever order they are given (spec §4). Taking one away gives what there would have
/// been without it.
/// </summary>
public static class Scoring
{
    private const long Thousandths = 1_000;

    /// <param name="goal">The goal.</param>
    /// <param name="marks">Of one member and, in a contest of stores, one store.</param>
    /// <param name="caps">Only the daily one is looked at.</param>
    /// <param name="most">Where the score stays; not below the target if it matters when the goal was reached.</param>
    public static Progress Of(ChallengeGoal goal, ReadOnlySpan<Mark> marks, ScoreCaps caps, long most)
    {
        if (marks.IsEmpty) return default;
        var sorted = marks.ToArray();
        Array.Sort(sorted, Mark.InOrder);
        return Of(goal, sorted, 0, caps, most);
    }

    private static Progress Of(ChallengeGoal goal, Mark[] marks, int part, ScoreCaps caps, long most) => goal switch
    {
        CountGoal count => Added(marks, part, count.Target, 1, caps.PerDay, most),
        SumGoal { What: SumOf.Items } items => Added(marks, part, items.Target, Thousandths, caps.PerDay, most),
        SumGoal sum => Added(marks, part, sum.Target, 1, caps.PerDay, most),
        DistinctGoal distinct => Different(marks, part, distinct, most),
        InSequence sequence => Steps(marks, part, sequence, most),
        RunOf run => Runs.Longest(marks.Where(mark => mark.Part == part), run, most),
        SomeOf some => Chosen(marks, part, some, caps, most),
        _ => throw new NotSupportedException($"{goal.GetType().Name} has no score."),
    };

    /// <param name="unit">How much of a mark's value is 1 of the score.</param>
    private static Progress Added(Mark[] marks, int part, long target, long unit, long? perDay, long most)
    {
        var (sum, reachedAt, completedAt) = (0L, 0L, 0L);
        most = most > long.MaxValue / unit ? long.MaxValue : most * unit;
        Dictionary<int, long> days = [];
        foreach (var mark in marks)
        {
            if (mark.Part != part || sum >= most) continue;
            var value = Math.Min(mark.Value, most - sum);
            if (perDay is { } cap)
            {
                var ofDay = days.GetValueOrDefault(mark.Day);
                value = Math.Min(value, (cap * unit) - ofDay);
                days[mark.Day] = ofDay + value;
            }

            if (value <= 0) continue;
            (sum, reachedAt) = (sum + value, mark.At);
            if (completedAt == 0 && sum / unit >= target) completedAt = mark.At;
        }

        return new(sum / unit, reachedAt, completedAt);
    }

    private static Progress Different(Mark[] marks, int part, DistinctGoal goal, long most)
    {
        var (seen, days) = (new HashSet<string>(), new HashSet<int>());
        var (score, reachedAt, completedAt) = (0L, 0L, 0L);
        foreach (var mark in marks)
        {
            if (mark.Part != part || score == most) continue;
            var isNew = goal.What == DistinctOf.Days ? days.Add(mark.Day) : mark.Seen is { } what && seen.Add(what);
            if (!isNew) continue;
            (score, reachedAt) = (score + 1, mark.At);
            if (score == goal.Target) completedAt = mark.At;
        }

        return new(score, reachedAt, completedAt);
    }

    /// <summary>The earliest deed for each step leaves the most room for those after it.</summary>
    private static Progress Steps(Mark[] marks, int part, InSequence goal, long most)
    {
        var (step, reachedAt) = (0, 0L);
        (long At, ulong Deed) last = (long.MinValue, 0);
        foreach (var mark in marks)
        {
            if (step == Math.Min(goal.Steps.Length, most) || mark.Part != part + step || (mark.At, mark.Deed).CompareTo(last) <= 0) continue;
            (step, reachedAt, last) = (step + 1, mark.At, (mark.At, mark.Deed));
        }

        return new(step, reachedAt, step == goal.Steps.Length ? reachedAt : 0);
    }

    private static Progress Chosen(Mark[] marks, int part, SomeOf goal, ScoreCaps caps, long most)
    {
        var completed = new List<long>();
        foreach (var one in goal.Goals)
        {
            if (Of(one, marks, part, caps, GoalParts.TargetOf(one)) is { IsComplete: true } progress) completed.Add(progress.CompletedAt);
            part += GoalParts.Count(one);
        }

        if (completed.Count == 0) return default;
        completed.Sort();
        var score = (int)Math.Min(completed.Count, most);
        return new(score, completed[score - 1], completed.Count >= goal.Target ? completed[(int)goal.Target - 1] : 0);
    }
}
