using System.Collections.Immutable;
using System.Globalization;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>What one activity brings to one badge; and adding that up, or taking it away.</summary>
internal static class BadgeCounting
{
    /// <summary>Of different dates or stores at most so many are told apart in one scope.</summary>
    private const int SeenMax = 1_000;

    public static bool Counts(BadgeKind kind) => kind is FirstOf or CountOf or PeriodicCount or SeasonalCount;

    /// <summary>The progress of the scope after one more activity, or one less.</summary>
    public static ScopeProgress With(ScopeProgress progress, BadgeRule rule, in Activity activity, int sign)
    {
        var (on, measure) = rule.For switch
        {
            FirstOf first => (first.On, BadgeMeasure.Events),
            CountOf count => (count.On, count.Measure),
            PeriodicCount periodic => (periodic.On, periodic.Measure),
            SeasonalCount season => (season.On, season.Measure),
            _ => ([], BadgeMeasure.Events),
        };
        if (on.IsEmpty) return progress with { Value = progress.Value + (sign * activity.StepsOf(rule.Id)) };
        if (!on.Contains(activity.Type)) return progress;
        return measure switch
        {
            BadgeMeasure.Items => progress with { Value = progress.Value + (sign * activity.Items) },
            BadgeMeasure.Spend => progress with { Value = progress.Value + (sign * activity.Spend) },
            BadgeMeasure.Days => WithSeen(progress, activity.Date.DayNumber.ToString(CultureInfo.InvariantCulture), sign),
            BadgeMeasure.Stores => activity.Store is { } store ? WithSeen(progress, store, sign) : progress,
            _ => progress with { Value = progress.Value + sign },
        };
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
        return left with { Value = seen.IsEmpty ? left.Value + right.Value : seen.Count(one => one.Count > 0), Seen = seen };
    }
}
