using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>
/// One thing to look for in deeds. The parts of a goal are numbered depth first: a simple goal is one, a sequence has one a step, a choice has those of
/// its goals one after the other.
/// </summary>
internal readonly record struct GoalPart(Deeds Of, SumOf? Sums, DistinctOf? Tells);

internal static class GoalParts
{
    public const int Max = 40;

    public static ImmutableArray<GoalPart> Of(ChallengeGoal goal) => goal switch
    {
        CountGoal count => [new(count.Of, null, null)],
        SumGoal sum => [new(sum.Of, sum.What, null)],
        DistinctGoal distinct => [new(distinct.Of, null, distinct.What)],
        RunOf run => [new(run.Of, null, DistinctOf.Days)],
        InSequence sequence => [.. sequence.Steps.Select(step => new GoalPart(step, null, null))],
        SomeOf some => [.. some.Goals.SelectMany(one => Of(one))],
        _ => throw new NotSupportedException($"{goal.GetType().Name} has no parts."),
    };

    public static int Count(ChallengeGoal goal) => goal switch
    {
        InSequence sequence => sequence.Steps.Length,
        SomeOf some => some.Goals.Sum(Count),
        _ => 1,
    };

    public static long TargetOf(ChallengeGoal goal) => goal switch
    {
        CountGoal count => count.Target,
        SumGoal sum => sum.Target,
        DistinctGoal distinct => distinct.Target,
        RunOf run => run.Target,
        InSequence sequence => sequence.Steps.Length,
        SomeOf some => some.Target,
        _ => throw new NotSupportedException($"{goal.GetType().Name} has no target."),
    };
}
