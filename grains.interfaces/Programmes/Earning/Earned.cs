using System.Collections.Immutable;

namespace Gamification.Programmes.Earning;

/// <summary>A rule that counted, and its part of the award.</summary>
[GenerateSerializer, Immutable, Alias("applied-rule")]
public readonly record struct AppliedRule
{
    [Id(0)] public required RuleVersionId Rule { get; init; }

    /// <summary>Whole points of the award that this rule brought; a cap counts these.</summary>
    [Id(1)] public required long Points { get; init; }

    /// <summary>What cap or budget left, when that was less than the rule would have brought; a return is rated within it.</summary>
    [Id(2)] public long? Granted { get; init; }

    /// <summary>A multiplier that a greater one outdid everywhere. Kept, because after a return it may be the greatest.</summary>
    [Id(3)] public bool Outdone { get; init; }
}

/// <summary>What an effect other than points came to: so many stamps of a card, steps of a badge, a reward, units of an impact counter.</summary>
[GenerateSerializer, Immutable, Alias("earned-effect")]
public readonly record struct EarnedEffect(
    [property: Id(0)] RuleVersionId Rule,
    [property: Id(1)] NamedKind Kind,
    [property: Id(2)] string Id,
    [property: Id(3)] decimal Quantity);

/// <summary>One line's share: the lines add up to the receipt's points. A receipt's deductions are spread over its lines.</summary>
[GenerateSerializer, Immutable, Alias("earned-line")]
public readonly record struct EarnedLine([property: Id(0)] long Points, [property: Id(1)] long Spend, [property: Id(2)] decimal Multiplier);

/// <summary>Why a rule that was in force for this kind of event did not count, in the order in which it is found out.</summary>
public enum WhyNotReason
{
    /// <summary><see cref="WhyNot.Unmet"/> does not hold.</summary>
    Condition,

    /// <summary>No line with net spend is among the rule's goods.</summary>
    NoGoods,
    CapReached,
    BudgetSpent,
    QuotaUsedUp,

    /// <summary>Another multiplier is greater (<see cref="Stacking.Highest"/>).</summary>
    Outdone,

    /// <summary>There was nothing to multiply, or not one whole unit of the goods.</summary>
    NothingToCount,
}

[GenerateSerializer, Immutable, Alias("why-not")]
public sealed record WhyNot([property: Id(0)] RuleVersionId Rule, [property: Id(1)] WhyNotReason Reason, [property: Id(2)] Condition? Unmet = null);

/// <summary>
/// What an event earned, or what is left of that after returns. All of it but <see cref="Lines"/> and <see cref="WhyNot"/> is what a later
/// re-rating needs, so it is recorded with the event.
/// </summary>
[GenerateSerializer, Immutable, Alias("earned")]
public sealed record Earned
{
    public static Earned Nothing { get; } = new() { Points = 0 };

    [Id(0)] public required long Points { get; init; }

    /// <summary>In the order of rule ids. Their points add up to <see cref="Points"/>.</summary>
    [Id(1)] public ImmutableArray<AppliedRule> Applied { get; init; } = [];

    /// <summary>The greatest multiplier that worked on any line; 1 for none.</summary>
    [Id(2)] public decimal Multiplier { get; init; } = 1;

    [Id(3)] public ImmutableArray<EarnedEffect> Effects { get; init; } = [];

    /// <summary>What this adds to the counters of capped rules. After a return: what of it still fills them.</summary>
    [Id(4)] public ImmutableArray<CapCount> Counts { get; init; } = [];

    [Id(5)] public ImmutableArray<CampaignUse> Campaigns { get; init; } = [];

    /// <summary>What the applied rules had asked of the member; null when they asked nothing.</summary>
    [Id(6)] public MemberFacts? Member { get; init; }

    /// <summary>In the basket's order; only on <see cref="EarningDetail.Lines"/>.</summary>
    [Id(7)] public ImmutableArray<EarnedLine> Lines { get; init; } = [];

    /// <summary>In the order of rule ids; only on <see cref="EarningDetail.WhyNot"/>.</summary>
    [Id(8)] public ImmutableArray<WhyNot> WhyNot { get; init; } = [];
}
