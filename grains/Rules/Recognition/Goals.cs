using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>Something a member is on the way to. <see cref="PerAction"/> is what one more purchase or post brings; null when that differs from one to the next.</summary>
public readonly record struct Goal(string Key, long Done, long Needed, long? PerAction = 1);

/// <summary>Of which goals a member has been told, in ordinal order of their keys.</summary>
public sealed record ToldGoals(ImmutableArray<string> Keys)
{
    public static ToldGoals None { get; } = new([]);
}

/// <summary>"Vous y êtes presque" (spec L15), once for each goal.</summary>
public static class Goals
{
    /// <summary>Goals beyond this many are told no more: far above what a member can have open at once.</summary>
    private const int ToldMax = 500;

    /// <summary>
    /// Told when something is done and something is left, and that is so few actions or so few percent. A goal has its key for ever: the badge's level
    /// and scope, the tier and its period, the card and its number.
    /// </summary>
    public static (ToldGoals Told, ImmutableArray<RecognitionChange> Changes) Near(ToldGoals told, IEnumerable<Goal> goals, Nearness nearness)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        foreach (var goal in goals)
        {
            if (!IsNear(goal, nearness)) continue;
            var at = told.Keys.BinarySearch(goal.Key, StringComparer.Ordinal);
            if (at >= 0 || told.Keys.Length == ToldMax) continue;
            told = new(told.Keys.Insert(~at, goal.Key));
            changes.Add(new AlmostThere(goal.Key, goal.Needed - goal.Done, goal.Needed));
        }

        return (told, changes.DrainToImmutable());
    }

    /// <summary>Goals that can no longer be reached, because their period or card is over, are forgotten.</summary>
    public static ToldGoals Forget(ToldGoals told, Func<string, bool> isOpen) => told.Keys.All(isOpen) ? told : new(told.Keys.RemoveAll(key => !isOpen(key)));

    /// <summary>Two members are one: neither hears twice.</summary>
    public static ToldGoals Merge(ToldGoals into, ToldGoals from) =>
        new([.. into.Keys.Union(from.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(ToldMax)]);

    internal static bool IsNear(Goal goal, Nearness nearness)
    {
        var left = goal.Needed - goal.Done;
        if (goal.Done <= 0 || left <= 0) return false;
        return (goal.PerAction is > 0 and { } per && left <= (Int128)per * nearness.Actions) || (Int128)left * 100 <= (Int128)goal.Needed * nearness.Percent;
    }
}
