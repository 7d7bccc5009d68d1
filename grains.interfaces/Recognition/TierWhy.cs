using System.Collections.Immutable;
using Gamification.Statements;

namespace Gamification.Recognition;

/// <summary>
/// "Pourquoi ?" of a tier (spec R4): since when and by what a member has it, what is missing for the next one and for keeping it, and what time alone takes away and
/// when. All of it as the rules as they stand would decide, at one moment of the business clock.
/// </summary>
[GenerateSerializer, Immutable, Alias("tier-why")]
public sealed record TierWhy
{
    /// <summary>Null for no tier.</summary>
    [Id(0)] public string? Tier { get; init; }

    [Id(1)] public Wording? Name { get; init; }

    /// <summary>How the member came to it, upwards or downwards; null when it never had a tier.</summary>
    [Id(2)] public TierTurn? Turn { get; init; }

    /// <summary>Status points that count today, of the business dates in [<see cref="CountedFrom"/>, <see cref="CountedUntil"/>).</summary>
    [Id(3)] public required long Spend { get; init; }

    [Id(4)] public required long Engagement { get; init; }

    [Id(5)] public required DateOnly CountedFrom { get; init; }

    [Id(6)] public required DateOnly CountedUntil { get; init; }

    /// <summary>What the next tier takes, earned today; null at the top.</summary>
    [Id(7)] public TierStep? Next { get; init; }

    /// <summary>What keeping the tier beyond <see cref="Falls"/> takes, earned before that day; null when nothing is missing now.</summary>
    [Id(8)] public TierStep? Keep { get; init; }

    /// <summary>The first thing that time does to the tier if nothing more is earned; null without a tier.</summary>
    [Id(9)] public TierFallDue? Falls { get; init; }

    /// <summary>All of this in words: why, what is missing, what time does.</summary>
    [Id(10)] public ImmutableArray<Sentence> Says { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>How a member came to its tier, or lost the last one.</summary>
/// <param name="On">The day.</param>
/// <param name="Lost">The tier that a period had not earned again; null when it was reached.</param>
/// <param name="Version">The entry that recorded it; null for what time did and nothing has recorded yet.</param>
/// <param name="Spend">Status points that counted on that day.</param>
/// <param name="Engagement">The same of taking part.</param>
[GenerateSerializer, Immutable, Alias("tier-turn")]
public sealed record TierTurn([property: Id(0)] DateOnly On, [property: Id(1)] string? Lost, [property: Id(2)] long? Version, [property: Id(3)] long Spend, [property: Id(4)] long Engagement);

/// <summary>What is missing for a tier; 0 of a measure that it does not ask. One of them is enough unless <see cref="Both"/>.</summary>
[GenerateSerializer, Immutable, Alias("tier-step")]
public sealed record TierStep(
    [property: Id(0)] string Tier,
    [property: Id(1)] Wording Name,
    [property: Id(2)] long MissingSpend,
    [property: Id(3)] long MissingEngagement,
    [property: Id(4)] bool Both);

/// <summary>From this day on the member is in another tier, or in none.</summary>
[GenerateSerializer, Immutable, Alias("tier-fall-due")]
public sealed record TierFallDue([property: Id(0)] DateOnly On, [property: Id(1)] string? To);
