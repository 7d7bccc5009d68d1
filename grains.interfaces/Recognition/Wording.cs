using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>A name in the three languages. Sentences quote it and are otherwise generated.</summary>
[GenerateSerializer, Immutable, Alias("wording")]
public sealed record Wording(
    [property: Id(0), Bounds(1, 80)] string Fr,
    [property: Id(1), Bounds(1, 80)] string Nl,
    [property: Id(2), Bounds(1, 80)] string En);

/// <summary>What comes with a level, a milestone or a full card: points, a reward of the catalogue, or both. A prize of a challenge may be a badge, too.</summary>
[GenerateSerializer, Immutable, Alias("gift")]
public sealed record Gift
{
    [Id(0), Bounds(1, 1_000_000)] public long? Points { get; init; }

    /// <summary>Its id in the catalogue; the document's names give it words.</summary>
    [Id(1), Slug] public string? Reward { get; init; }

    /// <summary>Of prizes alone: a manual badge of the programme's recognition, once for each run; the challenge's names give it words.</summary>
    [Id(2), Slug] public string? Badge { get; init; }
}

/// <summary>What a tier or a paid plan entitles to while it lasts.</summary>
[GenerateSerializer, Immutable, Alias("benefit")]
public sealed record Benefit
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }
}
