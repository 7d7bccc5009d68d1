using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules.Challenges;

/// <summary>
/// What of a change to a live challenge takes something from those who take part (spec F4). An edit that narrows nothing may go live as it is; any
/// other is a new version that participants see. What cannot be compared narrows.
/// </summary>
public static class Widening
{
    private const string NewVersion = "This takes something from those who take part. Keep it, or publish a new version, which they will see.";

    /// <summary>The fields that narrow, in the document's order; empty when the change only widens. Names, teasers and the version are free.</summary>
    public static ImmutableArray<DocumentError> Narrows(Challenge before, Challenge after)
    {
        var narrows = ImmutableArray.CreateBuilder<DocumentError>();
        if (before.Id != after.Id) Add("/id");
        if (Starts(after.Window) > Starts(before.Window)) Add("/window/from");
        if (Ends(after.Window) < Ends(before.Window)) Add("/window/until");
        if (after.Window.Zone != before.Window.Zone) Add("/window/zone");
        if (after.Window.GraceHours < before.Window.GraceHours) Add("/window/graceHours");
        if (!Covers(after.Audience.Stores, before.Audience.Stores)) Add("/audience/stores");
        if (!Covers(after.Audience.Segments, before.Audience.Segments)) Add("/audience/segments");
        if (!Covers(after.Audience.Tiers, before.Audience.Tiers)) Add("/audience/tiers");
        if (after.Audience.OptIn && !before.Audience.OptIn) Add("/audience/optIn");
        if (!IsWider(before.By, after.By)) Add("/by");
        if (!IsWider(before.Goal, after.Goal)) Add("/goal");
        if (before.Beyond && !after.Beyond) Add("/beyond");
        if (IsLess(before.Caps.PerDay, after.Caps.PerDay)) Add("/caps/perDay");
        if (IsLess(before.Caps.PerMember, after.Caps.PerMember)) Add("/caps/perMember");
        if (!Gives(before.Prizes.Completion, after.Prizes.Completion)) Add("/prizes/completion");
        if (IsLess(before.Prizes.CompletionMax ?? Unbounded(before), after.Prizes.CompletionMax)) Add("/prizes/completionMax");
        if (!GivesRanks(before.Prizes.Ranks, after.Prizes.Ranks)) Add("/prizes/ranks");
        if (IsLess(before.Prizes.Budget?.Points, after.Prizes.Budget?.Points)) Add("/prizes/budget/points");
        if (IsLess(before.Prizes.Budget?.Rewards, after.Prizes.Budget?.Rewards)) Add("/prizes/budget/rewards");
        if (!Gives(before.Compensation?.Gift, after.Compensation?.Gift) || after.Compensation?.AtLeast > (before.Compensation?.AtLeast ?? long.MaxValue)) Add("/compensation");
        return narrows.DrainToImmutable();

        void Add(string pointer) => narrows.Add(new(pointer, "narrows", NewVersion));
    }

    private static DateTime Starts(ChallengeWindow window) => window.From.ToDateTime(window.StartsAt);

    private static DateTime Ends(ChallengeWindow window) => window.Until.ToDateTime(window.EndsAt);

    /// <summary>A prize that there was not cannot be given to fewer.</summary>
    private static long? Unbounded(Challenge before) => before.Prizes.Completion is null ? 0 : null;

    /// <summary>Null is no bound.</summary>
    private static bool IsLess(long? before, long? after) => after is { } bound && (before is null || bound < before);

    /// <summary>An empty list is everybody.</summary>
    private static bool Covers<T>(ImmutableArray<T> after, ImmutableArray<T> before) => after.IsEmpty || (!before.IsEmpty && before.All(one => after.Contains(one)));

    private static bool Gives(Gift? before, Gift? after) =>
        before is null || (after is not null && (after.Points ?? 0) >= (before.Points ?? 0) && (before.Reward is null || before.Reward == after.Reward) && (before.Badge is null || before.Badge == after.Badge));

    private static bool GivesRanks(ImmutableArray<RankPrize> before, ImmutableArray<RankPrize> after) => before.All(prize =>
        Enumerable.Concat([prize.Through], after.Select(other => other.Through).Where(through => through < prize.Through))
            .Append(FirstOf(before, prize)).Where(rank => rank >= FirstOf(before, prize)).All(rank => Gives(prize.Gift, At(after, rank))));

    private static int FirstOf(ImmutableArray<RankPrize> ranks, RankPrize prize) => ranks.Where(other => other.Through < prize.Through).Select(other => other.Through).DefaultIfEmpty(0).Max() + 1;

    private static Gift? At(ImmutableArray<RankPrize> ranks, int rank) => ranks.FirstOrDefault(prize => prize.Through >= rank)?.Gift;

    private static bool IsWider(Contest before, Contest after) => (before, after) switch
    {
        (Individually, Individually) => true,
        (InTeams old, InTeams now) => old.Score == now.Score && now.MinContribution <= old.MinContribution && old.Teams.Select(team => team.Id).SequenceEqual(now.Teams.Select(team => team.Id).Take(old.Teams.Length)),
        (StoreAgainstStore old, StoreAgainstStore now) => old.Score == now.Score && now.MinContribution <= old.MinContribution && old.Stores.SequenceEqual(now.Stores.Take(old.Stores.Length)),
        (Together old, Together now) => now.MinContribution <= old.MinContribution && now.Milestones.Length >= old.Milestones.Length
            && old.Milestones.Zip(now.Milestones).All(pair => pair.Second.At <= pair.First.At && Gives(pair.First.Gift, pair.Second.Gift) && (pair.Second.AtOnce || !pair.First.AtOnce)),
        _ => false,
    };

    private static bool IsWider(ChallengeGoal before, ChallengeGoal after) => (before, after) switch
    {
        (CountGoal old, CountGoal now) => now.Target <= old.Target && IsWider(old.Of, now.Of),
        (SumGoal old, SumGoal now) => now.What == old.What && now.Target <= old.Target && IsWider(old.Of, now.Of),
        (DistinctGoal old, DistinctGoal now) => now.What == old.What && now.Target <= old.Target && IsWider(old.Of, now.Of),
        (RunOf old, RunOf now) => now.Per == old.Per && now.Target <= old.Target && now.Times <= old.Times && IsWider(old.Of, now.Of),
        (InSequence old, InSequence now) => now.Steps.Length == old.Steps.Length && old.Steps.Zip(now.Steps).All(pair => IsWider(pair.First, pair.Second)),
        (SomeOf old, SomeOf now) => now.Target <= old.Target && now.Goals.Length >= old.Goals.Length && old.Goals.Zip(now.Goals).All(pair => IsWider(pair.First, pair.Second)),
        _ => false,
    };

    private static bool IsWider(Deeds before, Deeds after) =>
        before.On.All(one => after.On.Contains(one))
        && (after.Goods is null || IsSame(before.Goods, after.Goods))
        && after.MinSpend <= before.MinSpend
        && Covers(after.Subjects, before.Subjects);

    private static bool IsSame(Goods? before, Goods? after) =>
        before is null || after is null
            ? before == after
            : before.Skus.SequenceEqual(after.Skus) && before.Categories.SequenceEqual(after.Categories) && before.Families.SequenceEqual(after.Families)
                && before.Labels.SequenceEqual(after.Labels) && IsSame(before.Except, after.Except);
}
