using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>
/// The obvious slow score: what a goal would say after each prefix of the standing deeds, in the order in which they happened. The instant at which the
/// final score was first there is when it was reached.
/// </summary>
internal static class NaiveScore
{
    public static Contribution Of(Challenge challenge, (ulong Key, Deed Deed)[] standing, Marking marking)
    {
        var inside = standing.Where(pair => marking.Of(KeyOf(pair.Key), pair.Deed).Length > 0)
            .OrderBy(pair => pair.Deed.OccurredAt).ThenBy(pair => pair.Key).ToArray();
        var target = GoalTarget(challenge.Goal);
        Contribution last = default;
        for (var count = 1; count <= inside.Length; count++)
        {
            var prefix = inside[..count].Select(pair => pair.Deed).ToArray();
            var at = prefix[^1].OccurredAt.ToUnixTimeMilliseconds();
            var score = Score(challenge.Goal, prefix, challenge.Caps.PerDay);
            var shown = challenge.Beyond ? score : Math.Min(score, target);
            if (shown / Unit(challenge.Goal) != last.Score / Unit(challenge.Goal) || Moves(challenge, shown, last)) last = last with { ReachedAt = at };
            last = last with { Score = shown, CompletedAt = last.CompletedAt != 0 ? last.CompletedAt : score >= target ? at : 0 };
        }

        return last.Score < Unit(challenge.Goal) ? default : last with { Score = last.Score / Unit(challenge.Goal) };
    }

    /// <summary>Parts of a unit contribute, too.</summary>
    private static bool Moves(Challenge challenge, long shown, Contribution last) => challenge.Goal is SumGoal && shown != last.Score;

    private static long Unit(ChallengeGoal goal) => goal is SumGoal { What: SumOf.Items } ? 1_000 : 1;

    private static long GoalTarget(ChallengeGoal goal) => Unit(goal) * goal switch
    {
        CountGoal count => count.Target,
        SumGoal sum => sum.Target,
        DistinctGoal distinct => distinct.Target,
        RunOf run => run.Target,
        InSequence sequence => sequence.Steps.Length,
        SomeOf some => some.Target,
        _ => 0,
    };

    private static long Score(ChallengeGoal goal, Deed[] deeds, long? perDay) => goal switch
    {
        CountGoal count => Daily(deeds.Where(deed => count.Of.On.Contains(deed.Type)), _ => 1, perDay),
        SumGoal { What: SumOf.Spend } sum => Daily(deeds.Where(deed => sum.Of.On.Contains(deed.Type)), deed => deed.Spend, perDay),
        SumGoal items => Daily(deeds.Where(deed => items.Of.On.Contains(deed.Type)), deed => (long)(deed.Goods.Where(line => line.Spend > 0 && line.Labels.Contains("local")).Sum(line => line.Quantity) * 1_000), perDay * 1_000),
        DistinctGoal { What: DistinctOf.Days } days => deeds.Where(deed => days.Of.On.Contains(deed.Type)).Select(deed => deed.Date).Distinct().Count(),
        DistinctGoal => deeds.Where(deed => deed.Type == EarningEvent.Sale).SelectMany(deed => deed.Goods.Where(line => line.Spend > 0).Select(line => line.Sku)).Distinct().Count(),
        InSequence sequence => Steps(sequence, deeds, 0, 0),
        RunOf run => Run([.. deeds.Where(deed => run.Of.On.Contains(deed.Type)).Select(deed => run.Per == RunPer.Day ? deed.Date.DayNumber : deed.Date.DayNumber / 7).Distinct().Order()]),
        SomeOf some => some.Goals.Count(one => Score(one, deeds, null) >= GoalTarget(one)),
        _ => 0,
    };

    private static long Daily(IEnumerable<Deed> deeds, Func<Deed, long> value, long? perDay) =>
        deeds.GroupBy(deed => deed.Date).Sum(day => Math.Min(day.Sum(value), perDay ?? long.MaxValue));

    /// <summary>Every way of giving deeds to steps.</summary>
    private static long Steps(InSequence goal, Deed[] deeds, int step, int from)
    {
        var best = (long)step;
        for (var at = from; step < goal.Steps.Length && at < deeds.Length; at++)
        {
            if (goal.Steps[step].On.Contains(deeds[at].Type)) best = Math.Max(best, Steps(goal, deeds, step + 1, at + 1));
        }

        return best;
    }

    private static long Run(int[] periods) => periods.Select(first => Enumerable.Range(0, periods.Length + 1).TakeWhile(length => periods.Contains(first + length)).Count()).DefaultIfEmpty(0).Max();

    private static Guid KeyOf(ulong digest) => new(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(digest) is var bytes ? [.. BitConverter.GetBytes(bytes), .. new byte[8]] : [], bigEndian: true);
}
