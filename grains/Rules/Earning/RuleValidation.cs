using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Whether one version of a rule makes sense by itself.</summary>
internal static class RuleValidation
{
    private const int DepthMax = 6;

    public static void Check(EarningRule rule, string pointer, Known known)
    {
        var onlySales = rule.On is [EarningEvent.Sale];
        if (rule.On.Distinct().Count() != rule.On.Length) known.Refuse($"{pointer}/on", "event-twice", "Name each event once.");
        if (rule.Campaign is { } campaign) known.Campaign(campaign, $"{pointer}/campaign");
        if (rule.When is { } when) Check(when, $"{pointer}/when", onlySales, depth: 1, known);
        if (rule.Lines is { } lines)
        {
            if (!onlySales) known.Refuse($"{pointer}/lines", "no-lines", "Only sales have lines: leave lines out, or let the rule be on sale alone.");
            Check(lines, $"{pointer}/lines", known);
        }

        CheckEffects(rule, pointer, onlySales, known);
        if (rule.Cap is { } cap)
        {
            if (cap is { Points: null, Times: null }) known.Refuse($"{pointer}/cap", "no-limit", "Give points, times or both.");
            if (cap.Points is not null && !rule.Then.Any(BringsPoints)) known.Refuse($"{pointer}/cap/points", "no-points", "The rule brings no points; cap its times.");
        }

        if (rule.WaitsFor is not null && !rule.Then.Any(BringsPoints)) known.Refuse($"{pointer}/waitsFor", "no-points", "The rule brings no points that could wait: leave waitsFor out.");
        CheckTimes(rule, pointer, known);
    }

    private static void CheckEffects(EarningRule rule, string pointer, bool onlySales, Known known)
    {
        if (rule.Then.Count(BringsPoints) > 1) known.Refuse($"{pointer}/then", "points-twice", "A rule brings points in one way: split it into several rules.");
        for (var at = 0; at < rule.Then.Length; at++)
        {
            var here = FormattableString.Invariant($"{pointer}/then/{at}");
            var effect = rule.Then[at];
            if (effect is Bonus { PerItem: true } or Stamps { PerItem: true } or BadgeProgress { PerItem: true } or Impact { PerItem: true } && !onlySales)
                known.Refuse($"{here}/perItem", "no-items", "Only sales have goods to count: leave perItem out, or let the rule be on sale alone.");
            switch (effect)
            {
                case PointsPerSpend when !onlySales:
                    known.Refuse(here, "no-spend", "Only a sale has spend: let the rule be on sale alone, or use points.");
                    break;
                case PointsPerSpend points when points.Points > 100 * points.Spend:
                    known.Refuse($"{here}/points", "overflow", "At most 100 points for each minor unit of spend.");
                    break;
                case FixedPoints when rule.On.Contains(EarningEvent.Sale):
                    known.Refuse(here, "fixed-points-on-sale", "A sale's base is its spend: use pointsPerSpend, or a bonus, which no multiplier multiplies.");
                    break;
                case Multiplier { Factor: <= 1 }:
                    known.Refuse($"{here}/factor", "out-of-bounds", "A multiplier is more than 1.");
                    break;
                case Stamps stamps:
                    known.Name(NamedKind.Card, stamps.Card, $"{here}/card");
                    break;
                case BadgeProgress badge:
                    known.Name(NamedKind.Badge, badge.Badge, $"{here}/badge");
                    break;
                case RewardGrant reward:
                    known.Name(NamedKind.Reward, reward.Reward, $"{here}/reward");
                    break;
                case Impact impact:
                    known.Name(NamedKind.Impact, impact.Counter, $"{here}/counter");
                    if (impact.Quantity == 0) known.Refuse($"{here}/quantity", "out-of-bounds", "Give more than 0.");
                    break;
            }
        }
    }

    private static void CheckTimes(EarningRule rule, string pointer, Known known)
    {
        if (rule.EffectiveUntil < rule.EffectiveFrom) known.Refuse($"{pointer}/effectiveUntil", "ends-before-start", "Give an instant after effectiveFrom, or none.");
        if (rule.PublishedAt is not { } published) return;
        if (rule.ValidatedAt is null) known.Refuse($"{pointer}/validatedAt", "missing", "What is published was validated before.");
        if (rule.EffectiveFrom is null) known.Refuse($"{pointer}/effectiveFrom", "missing", "What is published has a beginning.");
        else if (rule.EffectiveFrom < published + EarningRule.Notice) known.Refuse($"{pointer}/effectiveFrom", "too-soon", "At least 60 seconds after publishedAt.");
    }

    private static void Check(Condition condition, string pointer, bool onlySales, int depth, Known known)
    {
        if (depth > DepthMax)
        {
            known.Refuse(pointer, "too-deep", FormattableString.Invariant($"Nest at most {DepthMax} levels; split the rule."));
            return;
        }

        switch (condition)
        {
            case AllOf all:
                Each(all.Of);
                break;
            case AnyOf any:
                Each(any.Of);
                break;
            case Not not:
                Check(not.Of, $"{pointer}/of", onlySales, depth + 1, known);
                break;
            case StoreIs store:
                known.Stores(store.Stores, $"{pointer}/stores");
                break;
            case ZoneIs zone:
                known.Zones(zone.Zones, $"{pointer}/zones");
                known.Names(NamedKind.Zone, zone.Zones, $"{pointer}/zones");
                break;
            case Daypart part when part.From == part.Until:
                known.Refuse($"{pointer}/until", "empty", "Give another time than from; leave the condition out for the whole day.");
                break;
            case DateWithin { From: null, Until: null }:
                known.Refuse(pointer, "empty", "Give from, until or both.");
                break;
            case DateWithin dates when dates.Until <= dates.From:
                known.Refuse($"{pointer}/until", "empty", "Give a date after from: the day named by until is no longer within.");
                break;
            case SegmentIs segment:
                known.Names(NamedKind.Segment, segment.Segments, $"{pointer}/segments");
                break;
            case TierIs tier:
                known.Names(NamedKind.Tier, tier.Tiers, $"{pointer}/tiers");
                break;
            case FirstTimeOf first when !Enum.IsDefined(first.Scope) || first.Scope == FirstTime.None:
                known.Refuse($"{pointer}/scope", "wrong-type", "Send one of ever, inStore, ofDay, ofWeek, ofMonth.");
                break;
            case SpendIs or Contains when !onlySales:
                known.Refuse(pointer, "no-spend", "Only a sale has a basket: let the rule be on sale alone.");
                break;
            case SpendIs { AtLeast: null, Below: null }:
                known.Refuse(pointer, "empty", "Give atLeast, below or both.");
                break;
            case SpendIs spend when spend.Below <= spend.AtLeast:
                known.Refuse($"{pointer}/below", "empty", "Give more than atLeast.");
                break;
            case Contains contains:
                Check(contains.Goods, $"{pointer}/goods", known);
                break;
        }

        void Each(ImmutableArray<Condition> parts)
        {
            for (var at = 0; at < parts.Length; at++) Check(parts[at], FormattableString.Invariant($"{pointer}/of/{at}"), onlySales, depth + 1, known);
        }
    }

    private static void Check(Goods goods, string pointer, Known known, bool isException = false)
    {
        if (goods.Skus.IsEmpty && goods.Categories.IsEmpty && goods.Families.IsEmpty && goods.Labels.IsEmpty && (isException || goods.Except is null))
            known.Refuse(pointer, "empty", "Give skus, categories, families or labels.");
        known.Names(NamedKind.Category, goods.Categories, $"{pointer}/categories");
        known.Names(NamedKind.Family, goods.Families, $"{pointer}/families");
        known.Names(NamedKind.Label, goods.Labels, $"{pointer}/labels");
        if (goods.Except is not { } except) return;
        if (isException) known.Refuse($"{pointer}/except", "too-deep", "An exception has no exceptions.");
        else Check(except, $"{pointer}/except", known, isException: true);
    }

    private static bool BringsPoints(Effect effect) => effect is PointsPerSpend or FixedPoints or Multiplier or Bonus;
}
