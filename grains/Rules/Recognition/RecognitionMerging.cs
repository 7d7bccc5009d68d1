using Gamification.Rules.Badges;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;

namespace Gamification.Rules.Recognition;

/// <summary>What becomes of recognition when two accounts of one person become one, and when they are two again (spec §12).</summary>
internal static class RecognitionMerging
{
    /// <summary>Another account of the same person becomes part of this one.</summary>
    public static void Join(this RecognitionDraft draft, RecognitionState other)
    {
        draft.Settle();
        var (book, today) = (draft.Book, draft.Today);
        if (book.Rules.Tiers is { } ladder && other.Tier is { } theirs) draft.Take(draft.State.Tier is { } ours ? TierRulings.Merge(ours, theirs, ladder, today) : new(theirs, []));
        foreach (var one in other.Streaks)
        {
            if (book.StreakOf(one.Id) is { } rule) draft.Take(one.Id, StreakRulings.Merge(draft.State.StreakOf(one.Id), one.Streak, rule, draft.HomeDay));
        }

        foreach (var badge in other.Badges) draft.Take(BadgeRulings.Merge(draft.State.BadgeOf(badge.Badge), badge, book.Badges, today));
        foreach (var card in other.Cards) draft.Take(card with { Filled = card.Filled + draft.State.FilledOf(card.Id) });
        foreach (var plan in other.Plans)
        {
            if (!(draft.State.PlanOf(plan.Plan)?.PaidUntil >= plan.PaidUntil)) draft.Take(plan);
        }

        var now = draft.State;
        draft.Take(Anniversaries.Merge(now.Dates, other.Dates), Goals.Merge(now.Told, other.Told), ExpiryOffers.Merge(now.Offers, other.Offers));
        draft.Take(now.Home ?? other.Home);
        draft.Follow(takes: false);
    }

    /// <summary>It is undone: what is left of the other goes, what came since stays.</summary>
    /// <param name="draft">Of the account that was kept.</param>
    /// <param name="other">The other account, as it was before it joined.</param>
    /// <param name="before">This one, before the other joined.</param>
    /// <param name="firstPurchase">The date of this one's own first purchase that stands.</param>
    public static void Part(this RecognitionDraft draft, RecognitionState other, RecognitionState before, DateOnly? firstPurchase)
    {
        draft.Settle();
        var (book, today) = (draft.Book, draft.Today);
        if (book.Rules.Tiers is { } ladder && other.Tier is { } theirs && draft.State.Tier is { } both) draft.Take(TierRulings.Part(both, theirs, before.Tier, ladder, today));
        foreach (var one in other.Streaks)
        {
            if (book.StreakOf(one.Id) is { } rule) draft.Take(one.Id, StreakRulings.Part(draft.State.StreakOf(one.Id), one.Streak, before.StreakOf(one.Id), rule, draft.HomeDay));
        }

        foreach (var badge in other.Badges) draft.Take(BadgeRulings.Part(draft.State.BadgeOf(badge.Badge), badge, before.BadgeOf(badge.Badge), book.Badges, today));
        foreach (var card in other.Cards) draft.Take(card with { Filled = Math.Max(0, draft.State.FilledOf(card.Id) - card.Filled) });
        foreach (var plan in other.Plans)
        {
            if (draft.State.PlanOf(plan.Plan) is { } taken && taken.Anchor == plan.Anchor)
                draft.Take(before.PlanOf(plan.Plan) ?? taken with { PaidUntil = today.DayNumber, CancelledOn = today.DayNumber });
        }

        var now = draft.State;
        draft.Take(now.Dates with { EnrolledOn = before.Dates.EnrolledOn, FirstPurchaseOn = firstPurchase }, now.Told, now.Offers);
        draft.Take(before.Home);
        draft.Follow(takes: true);
    }
}
