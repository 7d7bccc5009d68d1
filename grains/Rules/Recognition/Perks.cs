using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Tiers;
using Gamification.Rules.Vip;

namespace Gamification.Rules.Recognition;

/// <summary>What a member may have at a till by its plans and its tier (spec C2, C4), and having it.</summary>
internal static class Perks
{
    private const long WorthMax = 100_000_000;

    /// <summary>Those of plans first, each perk once.</summary>
    public static ImmutableArray<PerkView> At(RecognitionState state, RecognitionBook book, DateOnly today) =>
        [.. OfPlans(state, book).Where(one => one.Membership.IsEntitled(today)).Select(one => View(one.Perk, one.Membership)).Concat(OfTier(state, book, today)).DistinctBy(perk => perk.Id)];

    /// <summary>
    /// Refused, in this order: too much worth, a perk that no plan or tier of the programme has, one to which the member is not entitled on the day, more brought back than was
    /// had. What comes back asks for no entitlement: it is said of the plan that had it.
    /// </summary>
    public static Refusal? Take(RecognitionDraft draft, TakePerk take)
    {
        if (Math.Abs(take.Worth) > WorthMax) return new("out-of-bounds", "/worth", "Send at most 100,000,000 minor units.");
        var known = draft.Book.Rules.Plans.SelectMany(plan => plan.Perks).Concat(draft.Book.Rules.Tiers?.Levels.SelectMany(level => level.Benefits) ?? []);
        if (!known.Any(perk => perk.Id == take.Perk)) return new("unknown-perk", "/perk", "Name a perk of a plan or a benefit of a tier of the programme.");
        var isBack = take.Worth < 0;
        var perk = At(draft.State, draft.Book, draft.Today).FirstOrDefault(one => one.Id == take.Perk);
        if (perk is null && !isBack) return new("not-entitled", "/perk", "Neither a plan nor the tier of this member gives it today.");
        var plan = perk?.Plan ?? (perk is null ? OfPlans(draft.State, draft.Book).FirstOrDefault(one => one.Perk.Id == take.Perk).Membership?.Plan : null);
        if (plan is not null)
        {
            var ruling = VipRulings.Use(draft.State.PlanOf(plan)!, take.Worth, draft.Today);
            if (ruling.Refusal is { } refusal) return refusal with { Field = refusal.Field == "/plan" ? "/perk" : refusal.Field };
            draft.Take(ruling.Membership!);
        }

        draft.Add(new PerkTaken(take.Perk, take.Worth, draft.Today));
        return null;
    }

    private static IEnumerable<(Benefit Perk, VipMembership Membership)> OfPlans(RecognitionState state, RecognitionBook book) =>
        from membership in state.Plans
        let plan = book.PlanOf(membership.Plan)
        where plan is not null
        from perk in plan.Perks
        select (perk, membership);

    private static IEnumerable<PerkView> OfTier(RecognitionState state, RecognitionBook book, DateOnly today) =>
        book.Rules.Tiers is { } ladder && state.Tier is { } standing && TierRulings.At(standing, ladder, today) is { } tier
            ? tier.Benefits.Select(benefit => new PerkView { Id = benefit.Id, Name = benefit.Name, Tier = tier.Id })
            : [];

    private static PerkView View(Benefit perk, VipMembership membership) => new()
    {
        Id = perk.Id,
        Name = perk.Name,
        Plan = membership.Plan,
        Until = DateOnly.FromDayNumber(Math.Max(membership.PaidUntil, membership.CancelledOn is null ? membership.GraceUntil ?? 0 : 0)),
    };
}
