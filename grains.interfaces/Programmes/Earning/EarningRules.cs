using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Programmes.Earning;

/// <summary>How several multipliers that meet on one line become one (spec A3). One policy for the whole programme.</summary>
public enum Stacking
{
    /// <summary>The greatest alone; among equals the rule whose id comes first. The default.</summary>
    Highest,

    /// <summary>What each adds to 1 is added up: ×2 and ×3 make ×4.</summary>
    Additive,

    /// <summary>They multiply: ×2 and ×3 make ×6. At most four may be in force together.</summary>
    Compound,
}

/// <summary>Stores under one name, to write a rule for a region or a town.</summary>
[GenerateSerializer, Immutable, Alias("earning-zone")]
public sealed record Zone
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1), Bounds(1, 1_000)] public required ImmutableArray<string> Stores { get; init; }
}

/// <summary>
/// What several rules share: a budget of points, a number of awards ("the first 500"), or both. Both hold over the whole programme;
/// whoever keeps them answers with <see cref="CampaignGrant"/>. A quota is instant: granted in the order received and final, also when goods come back.
/// </summary>
[GenerateSerializer, Immutable, Alias("earning-campaign")]
public sealed record Campaign
{
    [Id(0), Slug] public required string Id { get; init; }

    /// <summary>Points that its rules may bring together; null for no limit.</summary>
    [Id(1), Bounds(1, 1_000_000_000_000)] public long? Budget { get; init; }

    /// <summary>How often its rules may apply together; null for no limit.</summary>
    [Id(2), Bounds(1, 1_000_000_000)] public long? Quota { get; init; }

    /// <summary>Whether awards are whole until nothing is left, or smaller from the alert on.</summary>
    [Id(3)] public AtBudget AtBudget { get; init; }

    /// <summary>When to alert, in per cent of either limit.</summary>
    [Id(4), Bounds(1, 100)] public int AlertAt { get; init; } = 80;

    /// <summary>What an award is worth once it is degraded, in per cent.</summary>
    [Id(5), Bounds(1, 99)] public int DegradeTo { get; init; } = 50;
}

/// <summary>What a rule may refer to by an id and a reader knows by a name.</summary>
public enum NamedKind
{
    Rule,
    Campaign,
    Zone,
    Segment,
    Tier,
    Category,
    Family,
    Label,
    Sku,
    Card,
    Badge,
    Reward,
    Impact,
}

/// <summary>A name in the three languages. Sentences about rules quote it and are otherwise generated.</summary>
[GenerateSerializer, Immutable, Alias("earning-name")]
public sealed record Name
{
    [Id(0)] public required NamedKind Kind { get; init; }

    [Id(1), Bounds(1, 64)] public required string Id { get; init; }

    [Id(2), Bounds(1, 80)] public required string Fr { get; init; }

    [Id(3), Bounds(1, 80)] public required string Nl { get; init; }

    [Id(4), Bounds(1, 80)] public required string En { get; init; }
}

/// <summary>
/// Everything by which a programme's members earn (spec A1–A8): the rules with all their versions, and what they refer to.
/// No effect draws lots: there is no way to write one.
/// </summary>
[GenerateSerializer, Immutable, Alias("earning-rules")]
public sealed record EarningRules
{
    [Id(0)] public Stacking Stacking { get; init; }

    [Id(1), Bounds(0, 200)] public ImmutableArray<Zone> Zones { get => field.IsDefault ? [] : field; init; } = [];

    [Id(2), Bounds(0, 500)] public ImmutableArray<Campaign> Campaigns { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3), Bounds(0, 5_000)] public ImmutableArray<Name> Names { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Drafts and all published versions, those of the past too: a late receipt is decided by the version of its time.</summary>
    [Id(4), Bounds(0, 1_000)] public required ImmutableArray<EarningRule> Rules { get; init; }

    /// <summary>One point for each whole unit of the currency: what a programme without a document awards.</summary>
    public static EarningRules OnePointAUnit(long minorPerUnit) => new()
    {
        Rules =
        [
            new()
            {
                Id = "base",
                Version = 1,
                On = [EarningEvent.Sale],
                Then = [new PointsPerSpend { Points = 1, Spend = minorPerUnit }],
                ValidatedAt = DateTimeOffset.MinValue,
                PublishedAt = DateTimeOffset.MinValue,
                EffectiveFrom = DateTimeOffset.MinValue + EarningRule.Notice,
            },
        ],
    };
}
