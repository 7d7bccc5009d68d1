using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Tiers;

namespace Gamification.Rules.Recognition;

/// <summary>Which of the member's standings a goal rests on: a badge, a card, or the tier.</summary>
internal readonly record struct MemberGoal(Goal Goal, NamedKind Kind, string Id);

/// <summary>What a member is on the way to: the next level of each badge in progress, of the tier, and each card with a stamp on it.</summary>
internal static class MemberGoals
{
    public static IEnumerable<MemberGoal> Of(RecognitionState state, RecognitionBook book, DateOnly today, Func<Unit, long> stamps) =>
        [.. OfBadges(state, book, today), .. OfTier(state, book, today), .. OfCards(state, book, stamps)];

    /// <summary>Those that a decision brought the member near to: what they rest on is not what it was. A card's stamps lie in the ledger, so each card is asked.</summary>
    public static IReadOnlyList<Goal> Near(RecognitionState state, RecognitionState before, RecognitionBook book, DateOnly today, Func<Unit, long> stamps)
    {
        List<Goal>? near = null;
        foreach (var standing in state.Badges)
        {
            var at = RecognitionState.Find(before.Badges, standing.Badge, static one => one.Badge);
            if (at >= 0 && ReferenceEquals(before.Badges[at], standing)) continue;
            Take(OfBadge(standing, book, today, nearOnly: true));
        }

        if (!ReferenceEquals(before.Tier, state.Tier)) Take(OfTier(state, book, today));
        Take(OfCards(state, book, stamps, nearOnly: true));
        return near ?? (IReadOnlyList<Goal>)[];

        void Take(IEnumerable<MemberGoal> goals)
        {
            foreach (var goal in goals)
            {
                if (Goals.IsNear(goal.Goal, book.Rules.AlmostThere)) (near ??= []).Add(goal.Goal);
            }
        }
    }

    private static IEnumerable<MemberGoal> OfBadges(RecognitionState state, RecognitionBook book, DateOnly today) =>
        state.Badges.SelectMany(standing => OfBadge(standing, book, today, nearOnly: false));

    /// <param name="standing">The badge as it stands.</param>
    /// <param name="book">The badges.</param>
    /// <param name="today">The day.</param>
    /// <param name="nearOnly">Whether to leave out what is far: most goals are, and none of those needs a name.</param>
    private static IEnumerable<MemberGoal> OfBadge(BadgeStanding standing, RecognitionBook book, DateOnly today, bool nearOnly)
    {
        if (book.Badges.InForceOn(standing.Badge, today) is not { Secret: false } rule || !BadgeCounting.Counts(rule.For)) yield break;
        var measure = BadgeCounting.MeasureOf(rule.For);
        long? perAction = measure is BadgeMeasure.Events or BadgeMeasure.Days or BadgeMeasure.Stores ? 1 : null;
        foreach (var progress in standing.Progress)
        {
            for (var level = 0; level < rule.Levels.Length; level++)
            {
                if (progress.Value >= rule.Levels[level].At) continue;
                var goal = new Goal("", (long)decimal.Floor(progress.Value), rule.Levels[level].At, perAction);
                if (!nearOnly || Goals.IsNear(goal, book.Rules.AlmostThere))
                    yield return new(goal with { Key = new BadgeAwardId(standing.Badge, level + 1, progress.Scope).ToString() }, NamedKind.Badge, standing.Badge);
                break;
            }
        }
    }

    private static IEnumerable<MemberGoal> OfTier(RecognitionState state, RecognitionBook book, DateOnly today)
    {
        if (state.Tier is not { } standing || book.Rules.Tiers is not { } ladder || standing.Level >= ladder.Levels.Length) yield break;
        var (next, has) = (ladder.Levels[standing.Level], TierRulings.Counted(standing, ladder, today));
        var (spendMet, engagementMet) = (next.Spend is null || has.Spend >= next.Spend, next.Engagement is null || has.Engagement >= next.Engagement);
        if (next.Spend is { } spend && !spendMet && (!next.Both || engagementMet))
            yield return new(new(FormattableString.Invariant($"tier/{next.Id}/spend/{standing.PeriodFrom}"), has.Spend, spend, null), NamedKind.Tier, next.Id);
        if (next.Engagement is { } engagement && !engagementMet && (!next.Both || spendMet))
            yield return new(new(FormattableString.Invariant($"tier/{next.Id}/engagement/{standing.PeriodFrom}"), has.Engagement, engagement, null), NamedKind.Tier, next.Id);
    }

    private static IEnumerable<MemberGoal> OfCards(RecognitionState state, RecognitionBook book, Func<Unit, long> stamps, bool nearOnly = false)
    {
        foreach (var card in book.Rules.Cards)
        {
            var filled = state.FilledOf(card.Id);
            if (filled > 0 && !card.AutoRenew) continue;
            var goal = new Goal("", stamps(Unit.StampsOf(card.Id)), card.Stamps);
            if (nearOnly && !Goals.IsNear(goal, book.Rules.AlmostThere)) continue;
            yield return new(goal with { Key = FormattableString.Invariant($"card/{card.Id}/{filled + 1}") }, NamedKind.Card, card.Id);
        }
    }
}
