using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Badges;

/// <summary>What one activity brings to one badge; and adding that up, or taking it away.</summary>
internal static class BadgeCounting
{
    /// <summary>Of different stores at most so many are told apart in one scope.</summary>
    private const int SeenMax = 1_000;

    public static bool Counts(BadgeKind kind) => kind is FirstOf or CountOf or PeriodicCount or SeasonalCount;

    /// <summary>What it counts; empty when it counts the steps that earning rules bring, or nothing.</summary>
    public static ImmutableArray<EarningEvent> EventsOf(BadgeKind kind) => kind switch
    {
        FirstOf first => first.On,
        CountOf count => count.On,
        PeriodicCount periodic => periodic.On,
        SeasonalCount season => season.On,
        _ => [],
    };

    public static BadgeMeasure MeasureOf(BadgeKind kind) => kind switch
    {
        CountOf count => count.Measure,
        PeriodicCount periodic => periodic.Measure,
        SeasonalCount season => season.Measure,
        _ => BadgeMeasure.Events,
    };

    /// <summary>
    /// The progress of the scope after one more activity, or one less. Different dates are told apart as those of a streak are: what is taken after
    /// <see cref="ProvenDays.RemovalDays"/> leaves its date.
    /// </summary>
    public static ScopeProgress With(ScopeProgress progress, BadgeRule rule, in Activity activity, int sign, int today)
    {
        var (on, measure) = (EventsOf(rule.For), MeasureOf(rule.For));
        if (on.IsEmpty) return progress with { Value = progress.Value + (sign * activity.StepsOf(rule.Id)) };
        if (!on.Contains(activity.Type)) return progress;
        return measure switch
        {
            BadgeMeasure.Items => progress with { Value = progress.Value + (sign * activity.Items) },
            BadgeMeasure.Spend => progress with { Value = progress.Value + (sign * activity.Spend) },
            BadgeMeasure.Days => WithDay(progress, activity.Date.DayNumber, sign, today),
            BadgeMeasure.Stores => activity.Store is { } store ? WithSeen(progress, store, sign) : progress,
            _ => progress with { Value = progress.Value + sign },
        };
    }

    private static ScopeProgress WithDay(ScopeProgress progress, int day, int sign, int today)
    {
        var kept = ProvenDays.Forgetting(progress.Several, today);
        var (days, several) = sign > 0 ? ProvenDays.With(progress.Days, kept, day, today) : ProvenDays.Without(progress.Days, kept, day, today);
        return progress with { Days = days, Several = several, Value = days.Count };
    }

    private static ScopeProgress WithSeen(ScopeProgress progress, string key, int sign)
    {
        var seen = progress.Seen;
        var at = 0;
        while (at < seen.Length && string.CompareOrdinal(seen[at].Key, key) < 0) at++;
        var isKnown = at < seen.Length && seen[at].Key == key;
        if (!isKnown && seen.Length == SeenMax) return progress;
        var count = (isKnown ? seen[at].Count : 0) + sign;
        seen = !isKnown ? seen.Insert(at, new(key, count)) : count == 0 ? seen.RemoveAt(at) : seen.SetItem(at, new(key, count));
        return progress with { Seen = seen, Value = seen.Count(one => one.Count > 0) };
    }

    /// <summary>Two members are one: their progress adds up, what both have seen is one.</summary>
    public static ScopeProgress Sum(ScopeProgress left, ScopeProgress right)
    {
        var seen = left.Seen.Concat(right.Seen).GroupBy(one => one.Key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Seen(group.Key, group.Sum(one => one.Count))).Where(one => one.Count != 0).ToImmutableArray();
        if (seen.IsEmpty && left.Days.IsEmpty && right.Days.IsEmpty) return left with { Value = left.Value + right.Value };
        var days = left.Days.Union(right.Days);
        return left with { Value = days.IsEmpty ? seen.Count(one => one.Count > 0) : days.Count, Seen = seen, Days = days, Several = SeveralOf(left, right) };
    }

    /// <summary>A merge is undone: the sum without the other's part. Of dates that both had, those stay that were here before.</summary>
    public static ScopeProgress Less(ScopeProgress both, ScopeProgress other, ScopeProgress? before)
    {
        if (other.Seen.IsEmpty && other.Days.IsEmpty) return both with { Value = both.Value - other.Value };
        var seen = both.Seen.Select(one => one with { Count = one.Count - other.Seen.FirstOrDefault(theirs => theirs.Key == one.Key).Count }).Where(one => one.Count > 0).ToImmutableArray();
        var days = DateSet.Of(both.Days.ToDays().Where(day => !other.Days.Contains(day) || before?.Days.Contains(day) == true));
        var several = both.Several.RemoveAll(one => other.Days.Contains(one.Day)).AddRange((before?.Several ?? []).Where(one => other.Days.Contains(one.Day))).Sort((left, right) => left.Day.CompareTo(right.Day));
        return both with { Value = days.IsEmpty ? seen.Length : days.Count, Seen = seen, Days = days, Several = several };
    }

    /// <summary>Of a date that both have, the proofs of both.</summary>
    private static ImmutableArray<Proofs> SeveralOf(ScopeProgress left, ScopeProgress right)
    {
        var several = left.Several;
        foreach (var day in right.Days.ToDays())
        {
            var count = right.Several.FirstOrDefault(one => one.Day == day) is { Count: > 0 } one ? one.Count : 1;
            var more = left.Days.Contains(day) ? count : count - 1;
            if (more > 0) several = ProvenDays.Counted(several, day, more);
        }

        return several;
    }
}
