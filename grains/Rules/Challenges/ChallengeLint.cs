using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>What a marketer should think about again before a challenge is scheduled (spec A12, O5). Warnings, not errors.</summary>
public static class ChallengeLint
{
    private const int PartsMax = 3;

    public static ImmutableArray<DocumentError> Check(Challenge challenge)
    {
        var warnings = ImmutableArray.CreateBuilder<DocumentError>();
        if (!IsFree(challenge.Goal)) warnings.Add(new("/goal", "only-by-buying", "Nobody can reach this without a purchase. Let an event without one count as well, such as visit, post or share."));
        if (GoalParts.Count(challenge.Goal) > PartsMax) warnings.Add(new("/goal", "hard-to-explain", FormattableString.Invariant($"More than {PartsMax} things to do are hard to explain at the till.")));
        if (challenge.Prizes.Ranks.Length > 0 && challenge.Goal is SumGoal { What: SumOf.Spend })
            warnings.Add(new("/prizes/ranks", "pay-to-win", "Whoever spends most wins. Rank by deeds, or by goods of a kind."));
        return warnings.DrainToImmutable();
    }

    /// <summary>Whether the goal can be reached without a purchase.</summary>
    public static bool IsFree(ChallengeGoal goal) => goal switch
    {
        SomeOf some => some.Goals.Count(IsFree) >= some.Target,
        InSequence sequence => sequence.Steps.All(IsFree),
        SumGoal => false,
        CountGoal count => IsFree(count.Of),
        DistinctGoal distinct => IsFree(distinct.Of),
        RunOf run => IsFree(run.Of),
        _ => throw new NotSupportedException($"{goal.GetType().Name} is unknown."),
    };

    private static bool IsFree(Deeds deeds) => deeds.On.Any(one => one != EarningEvent.Sale);
}
