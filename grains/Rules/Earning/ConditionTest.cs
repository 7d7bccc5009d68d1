using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>A condition, prepared.</summary>
internal delegate bool ConditionTest(Situation situation);

/// <summary>
/// Prepares conditions. What a smaller basket can lose (spend at least, goods contained) is tested on the basket as it is now; what it could
/// gain, and all that was decided at the sale, on the basket as it was sold (spec §5: bringing goods back never makes a rule apply).
/// </summary>
internal sealed class ConditionTests(ImmutableArray<Zone> zones, Func<Goods, GoodsTest> goodsTest)
{
    public ConditionTest Of(Condition condition)
    {
        switch (condition)
        {
            case AllOf all:
                var each = all.Of.Select(Of).ToArray();
                return situation =>
                {
                    foreach (var test in each)
                    {
                        if (!test(situation)) return false;
                    }

                    return true;
                };
            case AnyOf any:
                var either = any.Of.Select(Of).ToArray();
                return situation =>
                {
                    foreach (var test in either)
                    {
                        if (test(situation)) return true;
                    }

                    return false;
                };
            case Not not:
                var negated = Of(not.Of);
                return situation => !negated(situation.Sale);
            case StoreIs store:
                var stores = new Words(store.Stores);
                return situation => stores.Has(situation.Event.Store);
            case ZoneIs zone:
                var within = new Words(StoresOf(zone));
                return situation => within.Has(situation.Event.Store);
            case ChannelIs channel:
                var channels = channel.Channels.Aggregate(0, (mask, one) => mask | (1 << (int)one));
                return situation => (channels & (1 << (int)situation.Event.Channel)) != 0;
            case Daypart part:
                return situation => part.From < part.Until
                    ? situation.Event.LocalTime >= part.From && situation.Event.LocalTime < part.Until
                    : situation.Event.LocalTime >= part.From || situation.Event.LocalTime < part.Until;
            case WeekdayIs weekday:
                var days = weekday.Days.Aggregate(0, (mask, one) => mask | (1 << (int)one));
                return situation => (days & (1 << (int)situation.Event.BusinessDate.DayOfWeek)) != 0;
            case DateWithin dates:
                var (from, until) = (dates.From ?? DateOnly.MinValue, dates.Until ?? DateOnly.MaxValue);
                return situation => situation.Event.BusinessDate >= from && situation.Event.BusinessDate < until;
            case SegmentIs segment:
                var segments = new Words(segment.Segments);
                return situation => segments.HasAny(situation.Member.Segments);
            case TierIs tier:
                var tiers = new Words(tier.Tiers);
                return situation => tiers.Has(situation.Member.Tier);
            case FirstTimeOf time:
                return situation => (situation.Member.Firsts & time.Scope) != FirstTime.None;
            case JoinedWithin joined:
                var first = TimeSpan.FromHours(joined.WithinHours);
                return situation => situation.Member.JoinedAt is { } at && situation.Event.OccurredAt - at is var since && since >= -JoinedWithin.Before && since < first;
            case SpendIs spend:
                var (atLeast, below) = (spend.AtLeast ?? long.MinValue, spend.Below ?? long.MaxValue);
                return situation => situation.Basket.Spend >= atLeast && situation.Sale.Basket.Spend < below;
            case Contains contains:
                var goods = goodsTest(contains.Goods);
                return situation =>
                {
                    var scope = situation.Of(goods);
                    return scope.Spend > 0 && scope.Spend >= (contains.Spend ?? 0) && scope.Quantity >= (contains.Quantity ?? 0);
                };
            default:
                throw new UnreachableException($"No test is defined for {condition.GetType().Name}.");
        }
    }

    /// <summary>The first part that does not hold: inside <c>all</c> the part itself, a failed <c>any</c> or <c>not</c> as a whole. Null when all holds.</summary>
    public Condition? FirstUnmet(Condition condition, Situation situation)
    {
        if (condition is not AllOf all) return Of(condition)(situation) ? null : condition;
        foreach (var part in all.Of)
        {
            if (FirstUnmet(part, situation) is { } unmet) return unmet;
        }

        return null;
    }

    public ImmutableArray<string> StoresOf(ZoneIs zone) =>
        [.. zones.Where(known => zone.Zones.Contains(known.Id)).SelectMany(known => known.Stores).Distinct()];
}
