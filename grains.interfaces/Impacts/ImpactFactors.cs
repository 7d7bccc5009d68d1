using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Impacts;

/// <summary>
/// What a programme may say of its effects (spec F7): meals saved, CO2e avoided, waste, donations. No counter without a factor, no factor without a source that
/// anybody can look up.
/// </summary>
[GenerateSerializer, Immutable, Alias("impact-factors")]
public sealed record ImpactFactors
{
    public static ImpactFactors None { get; } = new();

    [Id(0), Bounds(0, 50)] public ImmutableArray<ImpactCounter> Counters { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>With all their versions: a corrected one is another version for the same dates, and what was counted is restated by it.</summary>
    [Id(1), Bounds(0, 1_000)] public ImmutableArray<ImpactFactor> Factors { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>What is counted, and in which unit.</summary>
[GenerateSerializer, Immutable, Alias("impact-counter")]
public sealed record ImpactCounter
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>As it is written after a number: kg CO₂e, repas.</summary>
    [Id(2)] public required Wording Unit { get; init; }
}

public enum ImpactBasis
{
    /// <summary>One for each event.</summary>
    Events,

    /// <summary>Units of the goods selected.</summary>
    Items,

    /// <summary>Whole units of the currency, of net spend on the goods selected.</summary>
    Spend,

    /// <summary>What the earning rules' impact effects add to the factor's counter.</summary>
    Rules,
}

/// <summary>
/// How much of a counter an event brings: so many <see cref="Millionths"/> of the unit for each of the basis. The newest version that holds on an event's business
/// date counts for it.
/// </summary>
[GenerateSerializer, Immutable, Alias("impact-factor")]
public sealed record ImpactFactor
{
    [Id(0), Slug] public required string Id { get; init; }

    /// <summary>From 1. A higher one corrects those below it, on the dates on which it holds.</summary>
    [Id(1), Bounds(1, 1_000_000)] public required int Version { get; init; }

    [Id(2), Slug] public required string Counter { get; init; }

    [Id(3), Bounds(1, 16)] public required ImmutableArray<EarningEvent> On { get; init; }

    /// <summary>Of sales; null for the whole basket.</summary>
    [Id(4)] public Goods? Goods { get; init; }

    [Id(5)] public ImpactBasis Per { get; init; }

    /// <summary>Millionths of the counter's unit. Zero withdraws the factor.</summary>
    [Id(6), Bounds(0, 1_000_000_000_000)] public required long Millionths { get; init; }

    /// <summary>Business dates in [<see cref="From"/>, <see cref="Until"/>); null for no end.</summary>
    [Id(7)] public required DateOnly From { get; init; }

    [Id(8)] public DateOnly? Until { get; init; }

    [Id(9)] public required ImpactSource Source { get; init; }

    /// <summary>Why a version corrects the one before.</summary>
    [Id(10)] public Wording? Correction { get; init; }
}

/// <summary>Where a factor comes from: shown wherever the counter is.</summary>
[GenerateSerializer, Immutable, Alias("impact-source")]
public sealed record ImpactSource(
    [property: Id(0), Bounds(1, 120)] string Publisher, [property: Id(1), Bounds(1, 200)] string Title, [property: Id(2), Bounds(8, 500)] string Url, [property: Id(3)] DateOnly Published)
{
    /// <summary>A figure that nobody has published, to try things out with. It is shown as such wherever the counter is.</summary>
    [Id(4)] public bool Example { get; init; }
}
