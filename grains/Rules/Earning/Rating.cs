using System.Buffers;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// One decision (spec §7): base → one multiplier policy → cap → floor, once a receipt. Each rule's part is worked out exactly; caps and
/// budgets cut parts to whole points; the sum is floored, and the whole points go to the rules by largest remainder, the base's own first.
/// </summary>
internal sealed class Rating(Stacking stacking, long commonSpend, Situation situation, EarningDetail detail)
{
    private readonly RawParts _raw = new(stacking, commonSpend, situation, detail.HasFlag(EarningDetail.Lines));
    private readonly List<WhyNot>? _whyNot = detail.HasFlag(EarningDetail.WhyNot) ? [] : null;

    public Earned Award(ReadOnlySpan<CompiledRule> rules, Grants grants, ConditionTests conditions)
    {
        var rented = ArrayPool<Part>.Shared.Rent(rules.Length);
        var isSale = situation.Event.Type == EarningEvent.Sale;
        var count = 0;
        foreach (var rule in rules)
        {
            if (rule.When is { } when && !when(situation))
            {
                _whyNot?.Add(new(rule.Id, WhyNotReason.Condition, conditions.FirstUnmet(rule.Document.When!, situation)));
                continue;
            }

            var scope = situation.Of(rule.Lines);
            var room = RoomFor(rule);
            if (isSale && scope.Spend == 0) Note(rule, WhyNotReason.NoGoods);
            else if (room == 0) Note(rule, WhyNotReason.CapReached);
            else if (Shut(rule, grants) is { } reason) Note(rule, reason);
            else rented[count++] = new() { Rule = rule, Scope = scope, Holds = true, CapRoom = room, Bound = long.MaxValue };
        }

        var parts = rented.AsSpan(0, count);
        _raw.Earn(parts);
        Limit(parts, grants);
        Apportionment.Round(parts, _raw.Unit);
        var earned = new EarnedSum(situation, _raw, _whyNot).Of(parts, null);
        ArrayPool<Part>.Shared.Return(rented, clearArray: true);
        return earned;
    }

    /// <param name="rules">Those that were applied at the sale, in its order.</param>
    /// <param name="sale">The decision as recorded.</param>
    public Earned Rerate(ReadOnlySpan<CompiledRule> rules, Earned sale)
    {
        Span<Part> parts = new Part[rules.Length];
        for (var at = 0; at < parts.Length; at++)
        {
            var scope = situation.Of(rules[at].Lines);
            var holds = scope.Spend > 0 && (rules[at].When is not { } when || when(situation));
            parts[at] = new() { Rule = rules[at], Scope = scope, Holds = holds, Granted = sale.Applied[at].Granted, Bound = long.MaxValue };
        }

        _raw.Earn(parts);
        for (var at = 0; at < parts.Length; at++)
        {
            ref var part = ref parts[at];
            if (part.Granted is { } granted) part.Raw = Int128.Min(part.Raw, granted * _raw.Unit);
            if (part.Rule.IsLimited) part.Bound = Math.Min(sale.Applied[at].Points, _raw.Ceiling(part.Raw));
        }

        Apportionment.Round(parts, _raw.Unit);
        return new EarnedSum(situation, _raw, _whyNot).Of(parts, sale);
    }

    /// <summary>Whole points that the member's cap leaves to the rule; 0 also when it has applied as often as it may.</summary>
    private long RoomFor(CompiledRule rule)
    {
        if (rule.Document.Cap is not { } cap) return long.MaxValue;
        var from = CapDays.First(cap.Per, situation.Event.BusinessDate);
        foreach (var count in situation.Member.Counts)
        {
            if (count.FromDay != from || count.Per != cap.Per || count.Rule != rule.Id.Rule) continue;
            if (count.Times >= cap.Times) return 0;
            return cap.Points is { } points ? Math.Max(0, points - count.Points) : long.MaxValue;
        }

        return cap.Points ?? long.MaxValue;
    }

    private static WhyNotReason? Shut(CompiledRule rule, Grants grants)
    {
        if (rule.Campaign is not { } campaign) return null;
        var (points, awards) = grants.Of(campaign.Id);
        if (campaign.Quota is not null && awards <= 0) return WhyNotReason.QuotaUsedUp;
        return campaign.Budget is not null && points <= 0 && rule.Points is not null ? WhyNotReason.BudgetSpent : null;
    }

    /// <summary>Cuts each part to what its cap and its campaign leave, in the order of rule ids; the last award before the end is a partial one.</summary>
    private void Limit(Span<Part> parts, Grants grants)
    {
        for (var at = 0; at < parts.Length; at++)
        {
            ref var part = ref parts[at];
            if (!part.Rule.IsLimited || !part.Counts) continue;
            var (room, reason) = (part.CapRoom, WhyNotReason.CapReached);
            if (part.Rule.Campaign is { } campaign)
            {
                var (points, awards) = Left(parts[..at], campaign, grants);
                if (campaign.Quota is not null && awards <= 0) (room, reason) = (0, WhyNotReason.QuotaUsedUp);
                else if (campaign.Budget is not null && points < room) (room, reason) = (points, WhyNotReason.BudgetSpent);
            }

            if (part.Raw <= room * _raw.Unit && (room > 0 || part.Rule.Points is null && reason != WhyNotReason.QuotaUsedUp)) continue;
            part.Raw = Int128.Min(part.Raw, room * _raw.Unit);
            part.Granted = room;
            if (room == 0) Note(part.Rule, reason);
        }
    }

    /// <summary>What the rules before have left of a campaign. A part of a point is counted whole here, so that rounding cannot overspend.</summary>
    private (long Points, long Awards) Left(ReadOnlySpan<Part> before, Campaign campaign, Grants grants)
    {
        var (points, awards) = grants.Of(campaign.Id);
        foreach (ref readonly var part in before)
        {
            if (part.Rule.Campaign?.Id != campaign.Id || !part.Counts) continue;
            points -= Math.Min(points, _raw.Ceiling(part.Raw));
            awards--;
        }

        return (points, awards);
    }

    private void Note(CompiledRule rule, WhyNotReason reason) => _whyNot?.Add(new(rule.Id, reason));
}
