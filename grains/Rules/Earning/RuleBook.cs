using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>What campaigns leave to a decision. A campaign that is not named leaves nothing.</summary>
/// <param name="Leased">What is left of the campaigns that are named.</param>
/// <param name="OthersAreFree">Whether a campaign that is not named has no limit: to learn what a decision would take, before leasing it.</param>
public sealed record Grants(ImmutableArray<CampaignGrant> Leased, bool OthersAreFree = false)
{
    public static Grants None { get; } = new([]);

    /// <summary>As if no campaign had a limit.</summary>
    public static Grants Unlimited { get; } = new([], OthersAreFree: true);

    internal (long Points, long Awards) Of(string campaign)
    {
        foreach (var grant in Leased)
        {
            if (grant.Campaign == campaign) return (grant.Points, grant.Awards);
        }

        return OthersAreFree ? (long.MaxValue, long.MaxValue) : (0, 0);
    }

    /// <summary>What is left after a decision has taken this.</summary>
    internal Grants Less(ImmutableArray<CampaignUse> taken) => taken.IsDefaultOrEmpty ? this : this with
    {
        Leased = [.. Leased.Select(grant => taken.FirstOrDefault(use => use.Campaign == grant.Campaign) is { Campaign: not null } use
            ? grant with { Points = grant.Points - use.Points, Awards = grant.Awards - use.Awards }
            : grant)],
    };
}

/// <summary>
/// A programme's rules, prepared once a document so that a receipt costs microseconds: every version by the stretch of time in which it is
/// in force. Immutable; one may serve all threads. Preview and award are the same call.
/// </summary>
public sealed class RuleBook
{
    private readonly Stacking _stacking;
    private readonly Catalogue _catalogue;
    private readonly ConditionTests _conditions;
    private readonly CompiledRule[] _published;
    private readonly FrozenDictionary<RuleVersionId, CompiledRule> _byId;
    private readonly DateTimeOffset[] _starts;
    private readonly RuleSlice?[] _slices;

    /// <param name="rules">A document that <see cref="EarningValidation"/> has passed.</param>
    /// <param name="catalogue">What is known of the goods.</param>
    public RuleBook(EarningRules rules, Catalogue catalogue)
    {
        Dictionary<string, GoodsTest> tests = [];
        var campaigns = rules.Campaigns.ToDictionary(campaign => campaign.Id);
        (_stacking, _catalogue, _conditions) = (rules.Stacking, catalogue, new(rules.Zones, Shared));
        _published = [.. rules.Rules.Where(rule => rule is { PublishedAt: not null, EffectiveFrom: not null }).Select(Compile)];
        _byId = _published.ToFrozenDictionary(rule => rule.Id);
        _starts = [.. _published.SelectMany(rule => Ends(rule.Document)).Distinct().Order()];
        _slices = new RuleSlice?[_starts.Length];

        CompiledRule Compile(EarningRule rule) => new(
            rule,
            rule.Campaign is { } campaign ? campaigns[campaign] : null,
            rule.When is { } when ? _conditions.Of(when) : null,
            rule.Lines is { } lines ? Shared(lines) : null,
            StoresOf(rule.When));

        // The same goods in several rules are looked for once a receipt.
        GoodsTest Shared(Goods goods)
        {
            var text = EarningJson.Write(goods);
            if (!tests.TryGetValue(text, out var test)) tests.Add(text, test = new(goods));
            return test;
        }
    }

    /// <summary>What this event earns this member, by the versions in force when it occurred. Whatever detail is asked, the award is the same.</summary>
    public Earned Evaluate(EventFacts facts, Basket basket, MemberFacts member, Grants grants, EarningDetail detail = EarningDetail.Award)
    {
        var slice = SliceAt(facts.OccurredAt);
        var rules = detail.HasFlag(EarningDetail.WhyNot) ? slice.Of(facts.Type) : slice.For(facts.Type, facts.Store);
        if (rules.Length == 1 && detail == EarningDetail.Award && rules[0].IsPlain) return Plain(rules[0], basket);
        if (rules.IsEmpty && detail == EarningDetail.Award) return Earned.Nothing;
        return new Rating(_stacking, slice.CommonSpend, new(facts, member, basket, _catalogue), detail).Award(rules, grants, _conditions);
    }

    /// <summary>What the decision would take of each campaign if there were enough: what to lease before it is made. Empty when no campaign is concerned.</summary>
    public ImmutableArray<CampaignUse> Wants(EventFacts facts, Basket basket, MemberFacts member, Grants? grants = null) =>
        MayDraw(facts) ? Evaluate(facts, basket, member, grants ?? Grants.Unlimited).Campaigns : [];

    /// <summary>Whether a rule in force for such an event has a campaign.</summary>
    public bool MayDraw(EventFacts facts)
    {
        foreach (var rule in SliceAt(facts.OccurredAt).For(facts.Type, facts.Store))
        {
            if (rule.Campaign is not null) return true;
        }

        return false;
    }

    /// <summary>
    /// What stands of a sale when only <paramref name="left"/> of it was kept (spec §5): by the versions, the tier and the grants recorded with
    /// the sale, never more than before, and exactly nothing when nothing is left. It depends on what is left alone, so that returns may
    /// come in any order. Always give the sale as it was recorded, not an earlier re-rating; Δ is this less what stood until now.
    /// An event that is no sale is undone by <see cref="Earned.Nothing"/>.
    /// </summary>
    public Earned Rerate(Earned sale, EventFacts facts, Basket sold, Basket left, EarningDetail detail = EarningDetail.Award)
    {
        if (left.Spend == 0) return Earned.Nothing with { Campaigns = [.. sale.Campaigns.Select(use => use with { Points = 0 })] };
        var rules = new CompiledRule[sale.Applied.Length];
        long common = 1;
        for (var at = 0; at < rules.Length; at++)
        {
            rules[at] = _byId.GetValueOrDefault(sale.Applied[at].Rule)
                ?? throw new InvalidOperationException($"The sale was decided by {sale.Applied[at].Rule}, which this rule book does not hold.");
            if (rules[at].Points is PointsPerSpend points) common = RuleSlice.Common(common, points.Spend);
        }

        var member = sale.Member ?? MemberFacts.Unknown;
        var asSold = new Situation(facts, member, sold, _catalogue);
        return new Rating(_stacking, common, new(facts, member, left, _catalogue, asSold), detail).Rerate(rules, sale);
    }

    /// <summary>The versions in force at an instant, in the order of their ids.</summary>
    public ImmutableArray<EarningRule> InForceAt(DateTimeOffset instant) => [.. SliceAt(instant).All.Select(rule => rule.Document)];

    /// <summary>Any published version, also of the past; null for an unknown one.</summary>
    public EarningRule? Find(RuleVersionId version) => _byId.GetValueOrDefault(version)?.Document;

    private static Earned Plain(CompiledRule rule, Basket basket)
    {
        if (basket.Spend == 0) return Earned.Nothing;
        var rate = (PointsPerSpend)rule.Points!;
        var points = basket.Spend * rate.Points / rate.Spend;
        return new() { Points = points, Applied = [new() { Rule = rule.Id, Points = points }] };
    }

    private RuleSlice SliceAt(DateTimeOffset instant)
    {
        var at = Array.BinarySearch(_starts, instant);
        if (at < 0) at = ~at - 1;
        if (at < 0) return RuleSlice.Empty;
        // Two threads may both make it: they make the same.
        return Volatile.Read(ref _slices[at]) ?? (_slices[at] = new(InForce(_starts[at])));
    }

    private IEnumerable<CompiledRule> InForce(DateTimeOffset instant) =>
        from rule in _published
        group rule by rule.Id.Rule into versions
        let current = RuleLifecycle.InForceAt(versions.Select(version => version.Document), instant)
        where current is not null
        select versions.First(version => version.Id == current.VersionId);

    private static IEnumerable<DateTimeOffset> Ends(EarningRule rule)
    {
        yield return rule.EffectiveFrom!.Value;
        if (rule.EffectiveUntil is { } until) yield return until;
    }

    /// <summary>The stores outside which the condition cannot hold; null when it does not say.</summary>
    private ImmutableArray<string>? StoresOf(Condition? condition)
    {
        if (condition is StoreIs store) return store.Stores;
        if (condition is ZoneIs zone) return _conditions.StoresOf(zone);
        if (condition is not AllOf all) return null;
        ImmutableArray<string>? stores = null;
        foreach (var part in all.Of)
        {
            if (StoresOf(part) is { } here) stores = stores is { } before ? [.. before.Intersect(here)] : here;
        }

        return stores;
    }
}
