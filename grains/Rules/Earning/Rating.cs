using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// One decision (spec §7): base → one multiplier policy → cap → floor, once a receipt. Each rule's part is worked out exactly; caps and
/// budgets cut parts to whole points; the sum is floored, and the whole points go to the rules by largest remainder.
/// </summary>
internal sealed class Rating(Stacking stacking, long commonSpend, Situation situation, EarningDetail detail)
{
    /// <summary>Four factors of two decimals each multiply exactly.</summary>
    private const long Scale = 100_000_000;

    private readonly Int128 _unit = (Int128)commonSpend * Scale;
    private readonly bool _isSale = situation.Event.Type == EarningEvent.Sale;
    private readonly List<WhyNot>? _whyNot = detail.HasFlag(EarningDetail.WhyNot) ? [] : null;
    private readonly long[]? _multipliers = detail.HasFlag(EarningDetail.Lines) ? new long[Math.Max(1, situation.Basket.Lines.Length)] : null;
    private long _greatest = Scale;

    public Earned Award(ReadOnlySpan<CompiledRule> rules, Grants grants, ConditionTests conditions)
    {
        var rented = ArrayPool<Part>.Shared.Rent(rules.Length);
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
            if (_isSale && scope.Spend == 0) Note(rule, WhyNotReason.NoGoods);
            else if (room == 0) Note(rule, WhyNotReason.CapReached);
            else if (Shut(rule, grants) is { } reason) Note(rule, reason);
            else rented[count++] = new() { Rule = rule, Scope = scope, Holds = true, CapRoom = room, Bound = long.MaxValue };
        }

        var parts = rented.AsSpan(0, count);
        Earn(parts);
        Limit(parts, grants);
        Apportionment.Round(parts, _unit);
        var earned = Sum(parts, null);
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

        Earn(parts);
        for (var at = 0; at < parts.Length; at++)
        {
            ref var part = ref parts[at];
            if (part.Granted is { } granted) part.Raw = Int128.Min(part.Raw, granted * _unit);
            if (part.Rule.IsLimited) part.Bound = Math.Min(sale.Applied[at].Points, Ceiling(part.Raw));
        }

        Apportionment.Round(parts, _unit);
        return Sum(parts, sale);
    }

    /// <summary>Whole points that the member's cap leaves to the rule; 0 also when it has applied as often as it may.</summary>
    private long RoomFor(CompiledRule rule)
    {
        if (rule.Document.Cap is not { } cap) return long.MaxValue;
        var from = FirstDay(cap.Per);
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

    private void Earn(Span<Part> parts)
    {
        bool multiplies = false, byLine = _multipliers is not null;
        foreach (ref var part in parts)
        {
            if (part.Rule.Hundredths > 0)
            {
                multiplies = true;
                byLine |= part.Rule.Lines is not null;
                if (_multipliers is not null) part.ByLine = new Int128[_multipliers.Length];
            }
            else if (part.Holds)
            {
                part.Raw = Raw(part);
            }
        }

        if (!multiplies)
        {
            _multipliers?.AsSpan().Fill(Scale);
            return;
        }

        if (!byLine)
        {
            Multiply(parts, line: -1, Base(parts, line: -1));
            return;
        }

        for (var line = 0; line < Math.Max(1, situation.Basket.Lines.Length); line++) Multiply(parts, _isSale ? line : -1, Base(parts, _isSale ? line : -1));
    }

    /// <summary>What a rule that multiplies nothing brings.</summary>
    private Int128 Raw(in Part part) => part.Rule.Points switch
    {
        PointsPerSpend points when _isSale => (Int128)part.Scope.Spend * Rate(points) * Scale,
        FixedPoints points when !_isSale => points.Points * _unit,
        Bonus { PerItem: true } bonus => (Int128)bonus.Points * (long)decimal.Floor(part.Scope.Quantity) * _unit,
        Bonus bonus => bonus.Points * _unit,
        _ => 0,
    };

    /// <summary>Points a minor unit, in units of 1/<c>commonSpend</c> of a point.</summary>
    private long Rate(PointsPerSpend points) => points.Points * (commonSpend / points.Spend);

    /// <summary>The base of one line, or of all together (-1), in units of 1/<c>commonSpend</c> of a point.</summary>
    private Int128 Base(ReadOnlySpan<Part> parts, int line)
    {
        Int128 sum = 0;
        foreach (ref readonly var part in parts)
        {
            if (!part.Holds) continue;
            if (part.Rule.Points is PointsPerSpend points && _isSale)
            {
                if (line < 0) sum += (Int128)part.Scope.Spend * Rate(points);
                else if (part.Scope.Has(line)) sum += (Int128)situation.Basket.Lines[line].Spend * Rate(points);
            }
            else if (part.Rule.Points is FixedPoints weight && !_isSale)
            {
                sum += (Int128)weight.Points * commonSpend;
            }
        }

        return sum;
    }

    private void Multiply(Span<Part> parts, int line, Int128 earned)
    {
        var running = Scale;
        if (earned > 0)
        {
            var only = stacking == Stacking.Highest ? Highest(parts, line) : -1;
            for (var at = 0; at < parts.Length; at++)
            {
                ref var part = ref parts[at];
                if (part.Rule.Hundredths == 0 || !part.Holds || !Has(part, line)) continue;
                part.Contended = true;
                if (stacking == Stacking.Highest && at != only) continue;
                var next = stacking == Stacking.Additive
                    ? running + ((part.Rule.Hundredths - 100) * (Scale / 100))
                    : running * part.Rule.Hundredths / 100;
                var added = earned * (next - running);
                part.Raw += added;
                if (part.ByLine is { } lines) lines[Math.Max(0, line)] += added;
                running = next;
            }
        }

        _greatest = Math.Max(_greatest, running);
        if (_multipliers is not null) _multipliers[Math.Max(0, line)] = running;
    }

    /// <summary>
    /// The multiplier that works on a line: the greatest that still holds. A limited one works only where it was the greatest at the
    /// sale, and there nothing takes its place: what a cap withheld does not come back with a return.
    /// </summary>
    private static int Highest(ReadOnlySpan<Part> parts, int line)
    {
        var (sold, now) = (-1, -1);
        for (var at = 0; at < parts.Length; at++)
        {
            ref readonly var part = ref parts[at];
            if (part.Rule.Hundredths == 0 || !Has(part, line)) continue;
            if (sold < 0 || part.Rule.Hundredths > parts[sold].Rule.Hundredths) sold = at;
            if (part.Holds && !part.Rule.IsLimited && (now < 0 || part.Rule.Hundredths > parts[now].Rule.Hundredths)) now = at;
        }

        return sold >= 0 && parts[sold].Rule.IsLimited ? sold : now;
    }

    private static bool Has(in Part part, int line) => line < 0 || part.Scope.Has(line);

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

            if (part.Raw <= room * _unit && (room > 0 || part.Rule.Points is null && reason != WhyNotReason.QuotaUsedUp)) continue;
            part.Raw = Int128.Min(part.Raw, room * _unit);
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
            points -= Math.Min(points, Ceiling(part.Raw));
            awards--;
        }

        return (points, awards);
    }

    private Earned Sum(ReadOnlySpan<Part> parts, Earned? sale)
    {
        long points = 0;
        var applied = ImmutableArray.CreateBuilder<AppliedRule>(parts.Length);
        foreach (ref readonly var part in parts)
        {
            if (part.Counts || part.Granted == 0 || (part.IsOutdone && !part.Rule.IsLimited))
                applied.Add(new() { Rule = part.Rule.Id, Points = part.Share, Granted = part.Granted, Outdone = part.IsOutdone });
            else Note(part.Rule, part.IsOutdone ? WhyNotReason.Outdone : WhyNotReason.NothingToCount);
            points += part.Share;
        }

        if (applied.Count == 0 && detail == EarningDetail.Award) return Earned.Nothing;
        return new()
        {
            Points = points,
            Applied = applied.DrainToImmutable(),
            Multiplier = _greatest == Scale ? 1 : (decimal)_greatest / Scale,
            Effects = Effects(parts),
            Counts = Counts(parts, sale is not null),
            Campaigns = sale is null ? Uses(parts) : StandingUses(parts, sale),
            Member = Asked(parts),
            Lines = Lines(parts),
            WhyNot = _whyNot is null ? [] : [.. _whyNot.OrderBy(why => why.Rule.Rule, StringComparer.Ordinal)],
        };
    }

    private static ImmutableArray<EarnedEffect> Effects(ReadOnlySpan<Part> parts)
    {
        ImmutableArray<EarnedEffect>.Builder? effects = null;
        foreach (ref readonly var part in parts)
        {
            if (!part.Counts) continue;
            foreach (var effect in part.Rule.Others)
            {
                var earned = EffectOf(part, effect);
                if (earned.Quantity > 0) (effects ??= ImmutableArray.CreateBuilder<EarnedEffect>()).Add(earned);
            }
        }

        return effects?.DrainToImmutable() ?? [];
    }

    private static EarnedEffect EffectOf(in Part part, Effect effect)
    {
        var pieces = effect is Stamps { PerItem: true } or BadgeProgress { PerItem: true } or Impact { PerItem: true } ? decimal.Floor(part.Scope.Quantity) : 1;
        return effect switch
        {
            Stamps stamps => new(part.Rule.Id, NamedKind.Card, stamps.Card, stamps.Count * pieces),
            BadgeProgress badge => new(part.Rule.Id, NamedKind.Badge, badge.Badge, badge.Count * pieces),
            RewardGrant reward => new(part.Rule.Id, NamedKind.Reward, reward.Reward, 1),
            Impact impact => new(part.Rule.Id, NamedKind.Impact, impact.Counter, impact.Quantity * pieces),
            _ => throw new UnreachableException($"{effect.GetType().Name} brings points."),
        };
    }

    private ImmutableArray<CapCount> Counts(ReadOnlySpan<Part> parts, bool returned)
    {
        ImmutableArray<CapCount>.Builder? counts = null;
        foreach (ref readonly var part in parts)
        {
            if (part.Rule.Document.Cap is not { } cap || !part.Counts) continue;
            (counts ??= ImmutableArray.CreateBuilder<CapCount>()).Add(new(part.Rule.Id.Rule, cap.Per, FirstDay(cap.Per), returned ? part.Bound : part.Share, 1));
        }

        return counts?.DrainToImmutable() ?? [];
    }

    private static ImmutableArray<CampaignUse> Uses(ReadOnlySpan<Part> parts)
    {
        List<CampaignUse>? uses = null;
        foreach (ref readonly var part in parts)
        {
            if (part.Rule.Campaign is not { Id: var campaign } || !part.Counts) continue;
            var at = (uses ??= []).FindIndex(use => use.Campaign == campaign);
            if (at < 0) uses.Add(new(campaign, part.Share, 1));
            else uses[at] = new(campaign, uses[at].Points + part.Share, uses[at].Awards + 1);
        }

        return uses is null ? [] : [.. uses];
    }

    /// <summary>Points that the sale still holds of its campaigns. Awards were final.</summary>
    private static ImmutableArray<CampaignUse> StandingUses(ReadOnlySpan<Part> parts, Earned sale)
    {
        if (sale.Campaigns.IsEmpty) return [];
        var uses = sale.Campaigns.Select(use => use with { Points = 0 }).ToArray();
        foreach (ref readonly var part in parts)
        {
            if (part.Rule.Campaign is not { Id: var campaign } || !part.Counts) continue;
            var at = Array.FindIndex(uses, use => use.Campaign == campaign);
            uses[at] = uses[at] with { Points = uses[at].Points + part.Bound };
        }

        return [.. uses];
    }

    /// <summary>As much of the member as the rules that counted had asked for.</summary>
    private MemberFacts? Asked(ReadOnlySpan<Part> parts)
    {
        MemberQuestions? asked = null;
        foreach (ref readonly var part in parts)
        {
            if (!part.Rule.Asks.IsNothing) asked = asked is { } before ? before.And(part.Rule.Asks) : part.Rule.Asks;
        }

        if (asked is not { } questions) return null;
        return new()
        {
            Tier = questions.Tier ? situation.Member.Tier : null,
            Segments = [.. situation.Member.Segments.Where(segment => questions.Segments.Contains(segment))],
            Firsts = situation.Member.Firsts & questions.Firsts,
        };
    }

    private ImmutableArray<EarnedLine> Lines(ReadOnlySpan<Part> parts)
    {
        if (_multipliers is null || !_isSale) return [];
        var basket = situation.Basket.Lines;
        var points = new long[basket.Length];
        var weights = new Int128[basket.Length];
        foreach (ref readonly var part in parts)
        {
            if (part.Share == 0) continue;
            for (var at = 0; at < weights.Length; at++) weights[at] = part.ByLine is { } byLine ? byLine[at] : part.Scope.Has(at) ? basket[at].Spend : 0;
            var shares = Apportionment.Spread(part.Share, weights);
            for (var at = 0; at < points.Length; at++) points[at] += shares[at];
        }

        var lines = new EarnedLine[basket.Length];
        for (var at = 0; at < lines.Length; at++) lines[at] = new(points[at], basket[at].Spend, (decimal)_multipliers[at] / Scale);
        return [.. lines];
    }

    private int FirstDay(CapPeriod per) => per switch
    {
        CapPeriod.Day => situation.Event.BusinessDate.DayNumber,
        CapPeriod.Week => BoardWindow.Containing(BoardPeriod.Week, situation.Event.BusinessDate).From.DayNumber,
        CapPeriod.Month => BoardWindow.Containing(BoardPeriod.Month, situation.Event.BusinessDate).From.DayNumber,
        _ => 0,
    };

    private long Ceiling(Int128 raw) => (long)((raw + _unit - 1) / _unit);

    private void Note(CompiledRule rule, WhyNotReason reason) => _whyNot?.Add(new(rule.Id, reason));
}
