using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>The parts, rounded and cut, as the answer and as what is recorded.</summary>
internal sealed class EarnedSum(Situation situation, RawParts raw, List<WhyNot>? whyNot)
{
    public Earned Of(ReadOnlySpan<Part> parts, Earned? sale)
    {
        var count = 0;
        foreach (ref readonly var part in parts) count += IsKept(part) ? 1 : 0;
        long points = 0;
        var applied = ImmutableArray.CreateBuilder<AppliedRule>(count);
        foreach (ref readonly var part in parts)
        {
            if (IsKept(part))
                applied.Add(new() { Rule = part.Rule.Id, Points = part.Share, Granted = part.Granted, Outdone = part.IsOutdone });
            else whyNot?.Add(new(part.Rule.Id, part.IsOutdone ? WhyNotReason.Outdone : WhyNotReason.NothingToCount));
            points += part.Share;
        }

        if (applied.Count == 0 && whyNot is null && raw.Multipliers is null) return Earned.Nothing;
        return new()
        {
            Points = points,
            Applied = applied.MoveToImmutable(),
            Multiplier = raw.Greatest == RawParts.Scale ? 1 : (decimal)raw.Greatest / RawParts.Scale,
            Effects = Effects(parts),
            Counts = Counts(parts, sale is not null),
            Campaigns = sale is null ? Uses(parts) : StandingUses(parts, sale),
            Member = Asked(parts),
            Lines = Lines(parts),
            WhyNot = whyNot is null ? [] : [.. whyNot.OrderBy(why => why.Rule.Rule, StringComparer.Ordinal)],
        };
    }

    private static bool IsKept(in Part part) => part.Counts || part.Granted == 0 || (part.IsOutdone && !part.Rule.IsLimited);

    private static ImmutableArray<EarnedEffect> Effects(ReadOnlySpan<Part> parts)
    {
        var most = 0;
        foreach (ref readonly var part in parts) most += part.Counts ? part.Rule.Others.Length : 0;
        if (most == 0) return [];
        var effects = ImmutableArray.CreateBuilder<EarnedEffect>(most);
        foreach (ref readonly var part in parts)
        {
            if (!part.Counts) continue;
            foreach (var effect in part.Rule.Others)
            {
                var earned = EffectOf(part, effect);
                if (earned.Quantity > 0) effects.Add(earned);
            }
        }

        return effects.DrainToImmutable();
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
        var count = 0;
        foreach (ref readonly var part in parts) count += part.Rule.Document.Cap is not null && part.Counts ? 1 : 0;
        if (count == 0) return [];
        var counts = ImmutableArray.CreateBuilder<CapCount>(count);
        foreach (ref readonly var part in parts)
        {
            if (part.Rule.Document.Cap is not { } cap || !part.Counts) continue;
            counts.Add(new(part.Rule.Id.Rule, cap.Per, CapDays.First(cap.Per, situation.Event.BusinessDate), returned ? part.Bound : part.Share, 1));
        }

        return counts.MoveToImmutable();
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
        var (isAsked, tier, joining, firsts) = (false, false, false, FirstTime.None);
        ImmutableArray<string> segments = [];
        foreach (ref readonly var part in parts)
        {
            if (!IsKept(part)) continue;
            var asks = part.Rule.Asks;
            isAsked |= !asks.IsNothing;
            tier |= asks.Tier;
            firsts |= asks.Firsts;
            joining |= asks.Joining;
            foreach (var segment in situation.Member.Segments)
            {
                if (asks.Segments.Contains(segment) && !segments.Contains(segment)) segments = segments.Add(segment);
            }
        }

        if (!isAsked) return null;
        var member = situation.Member;
        return new() { Tier = tier ? member.Tier : null, Segments = segments, Firsts = member.Firsts & firsts, JoinedAt = joining ? member.JoinedAt : null };
    }

    private ImmutableArray<EarnedLine> Lines(ReadOnlySpan<Part> parts)
    {
        if (raw.Multipliers is null || situation.Event.Type != EarningEvent.Sale) return [];
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
        for (var at = 0; at < lines.Length; at++) lines[at] = new(points[at], basket[at].Spend, (decimal)raw.Multipliers[at] / RawParts.Scale);
        return [.. lines];
    }
}
