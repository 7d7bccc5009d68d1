using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Statements;

namespace Gamification;

/// <summary>"Vous y êtes presque" (spec L15): what is missing of a goal that the receipt brought near. Told once for each goal.</summary>
/// <param name="Goal">The goal's key, e.g. <c>card/coffee/2</c>, <c>tier/gold/spend/739952</c>, <c>badge/baker/3/ever</c>.</param>
/// <param name="Left">What is missing of its measure.</param>
/// <param name="Needed">All of it.</param>
/// <param name="Says">The same as a sentence.</param>
[GenerateSerializer, Immutable, Alias("near-goal")]
public sealed record NearGoal([property: Id(0)] string Goal, [property: Id(1)] long Left, [property: Id(2)] long Needed, [property: Id(3)] Sentence Says);

/// <summary>
/// What a till may print beside the points: worked out of what was recorded, so that a repeat is told the same. At most <see cref="Most"/> of each.
/// </summary>
[GenerateSerializer, Immutable, Alias("till-notes")]
public sealed record TillNotes
{
    public const int Most = 3;

    /// <summary>The greatest multiplier that worked on any line; 1 for none.</summary>
    [Id(0)] public required decimal Multiplier { get; init; }

    /// <summary>The rules that multiplied, those that brought most first.</summary>
    [Id(1)] public ImmutableArray<AwardSentence> MultipliedBy { get => field.IsDefault ? [] : field; init; } = [];

    [Id(2)] public ImmutableArray<NearGoal> AlmostThere { get => field.IsDefault ? [] : field; init; } = [];
}
