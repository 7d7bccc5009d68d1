using System.Text.Json.Serialization;

namespace Gamification.Programmes.Earning;

/// <summary>What a rule does. Points, per spend or fixed, make the base; multipliers multiply the base, never a bonus (spec §7).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PointsPerSpend), "pointsPerSpend")]
[JsonDerivedType(typeof(FixedPoints), "points")]
[JsonDerivedType(typeof(Multiplier), "multiplier")]
[JsonDerivedType(typeof(Bonus), "bonus")]
[JsonDerivedType(typeof(Stamps), "stamps")]
[JsonDerivedType(typeof(BadgeProgress), "badge")]
[JsonDerivedType(typeof(RewardGrant), "reward")]
[JsonDerivedType(typeof(Impact), "impact")]
[GenerateSerializer, Immutable, Alias("effect")]
public abstract record Effect;

/// <summary><see cref="Points"/> for every <see cref="Spend"/> minor units of net spend, in proportion; the receipt is floored once.</summary>
[GenerateSerializer, Immutable, Alias("effect.points-per-spend")]
public sealed record PointsPerSpend : Effect
{
    [Id(0), Bounds(1, 10_000)] public required long Points { get; init; }

    [Id(1), Bounds(1, 1_000_000)] public required long Spend { get; init; }
}

/// <summary>The base of an event that is no sale: its weight.</summary>
[GenerateSerializer, Immutable, Alias("effect.points")]
public sealed record FixedPoints : Effect
{
    [Id(0), Bounds(1, 1_000_000)] public required long Points { get; init; }
}

/// <summary>Multiplies the base of the rule's lines. More than 1, at most 10, two decimals.</summary>
[GenerateSerializer, Immutable, Alias("effect.multiplier")]
public sealed record Multiplier : Effect
{
    [Id(0), Bounds(1, 10), Decimals(2)] public required decimal Factor { get; init; }
}

/// <summary>Points beside the base, once or for each whole unit of the rule's goods.</summary>
[GenerateSerializer, Immutable, Alias("effect.bonus")]
public sealed record Bonus : Effect
{
    [Id(0), Bounds(1, 1_000_000)] public required long Points { get; init; }

    [Id(1)] public bool PerItem { get; init; }
}

[GenerateSerializer, Immutable, Alias("effect.stamps")]
public sealed record Stamps : Effect
{
    [Id(0), Slug] public required string Card { get; init; }

    [Id(1), Bounds(1, 1_000)] public required int Count { get; init; }

    [Id(2)] public bool PerItem { get; init; }
}

[GenerateSerializer, Immutable, Alias("effect.badge")]
public sealed record BadgeProgress : Effect
{
    [Id(0), Slug] public required string Badge { get; init; }

    [Id(1), Bounds(1, 1_000)] public required int Count { get; init; }

    [Id(2)] public bool PerItem { get; init; }
}

[GenerateSerializer, Immutable, Alias("effect.reward")]
public sealed record RewardGrant : Effect
{
    [Id(0), Slug] public required string Reward { get; init; }
}

/// <summary>Adds to an impact counter; the factor that turns it into meals or kilograms is the counter's own (spec F7).</summary>
[GenerateSerializer, Immutable, Alias("effect.impact")]
public sealed record Impact : Effect
{
    [Id(0), Slug] public required string Counter { get; init; }

    /// <summary>At most three decimals.</summary>
    [Id(1), Bounds(0, 1_000_000), Decimals(3)] public required decimal Quantity { get; init; }

    [Id(2)] public bool PerItem { get; init; }
}
