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

    /// <summary>Whether a decision touched what the goal rests on. A card's stamps lie in the ledger, so each card is asked.</summary>
    public static bool IsNearer(MemberGoal goal, RecognitionState before, RecognitionState after) => goal.Kind switch
    {
        NamedKind.Badge => !ReferenceEquals(before.Badges.FirstOrDefault(badge => badge.Badge == goal.Id), after.BadgeOf(goal.Id)),
        NamedKind.Tier => !ReferenceEquals(before.Tier, after.Tier),
        _ => true,
    };

    private static IEnumerable<MemberGoal> OfBadges(RecognitionState state, RecognitionBook book, DateOnly today)
    {
        foreach (var standing in state.Badges)
        {
            if (book.Badges.InForceOn(standing.Badge, today) is not { Secret: false } rule || !BadgeCounting.Counts(rule.For)) continue;
            var measure = BadgeCounting.MeasureOf(rule.For);
            long? perAction = measure is BadgeMeasure.Events or BadgeMeasure.Days or BadgeMeasure.Stores ? 1 : null;
            foreach (var progress in standing.Progress)
            {
                for (var level = 0; level < rule.Levels.Length; level++)
                {
                    if (progress.Value >= rule.Levels[level].At) continue;
                    var key = new BadgeAwardId(standing.Badge, level + 1, progress.Scope).ToString();
                    yield return new(new(key, (long)decimal.Floor(progress.Value), rule.Levels[level].At, perAction), NamedKind.Badge, standing.Badge);
                    break;
                }
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

    private static IEnumerable<MemberGoal> OfCards(RecognitionState state, RecognitionBook book, Func<Unit, long> stamps)
    {
        foreach (var card in book.Rules.Cards)
        {
            var filled = state.FilledOf(card.Id);
            if (filled > 0 && !card.AutoRenew) continue;
            yield return new(new(FormattableString.Invariant($"card/{card.Id}/{filled + 1}"), stamps(Unit.StampsOf(card.Id)), card.Stamps), NamedKind.Card, card.Id);
        }
    }
}
