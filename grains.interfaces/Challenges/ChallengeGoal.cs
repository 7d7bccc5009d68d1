using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;

namespace Gamification.Challenges;

/// <summary>
/// What a member's deeds must come to. A score is a function of the deeds that stand, never of the order in which they became known: what is brought
/// back takes exactly what it brought.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CountGoal), "count")]
[JsonDerivedType(typeof(SumGoal), "sum")]
[JsonDerivedType(typeof(DistinctGoal), "distinct")]
[JsonDerivedType(typeof(SomeOf), "some")]
[JsonDerivedType(typeof(InSequence), "sequence")]
[JsonDerivedType(typeof(RunOf), "streak")]
[GenerateSerializer, Immutable, Alias("goal")]
public abstract record ChallengeGoal;

/// <summary>So many deeds.</summary>
[GenerateSerializer, Immutable, Alias("goal.count")]
public sealed record CountGoal([property: Id(0)] Deeds Of, [property: Id(1), Bounds(1, 1_000_000)] long Target = 1) : ChallengeGoal;

/// <summary>So much of something: of the goods selected, or of the whole basket.</summary>
[GenerateSerializer, Immutable, Alias("goal.sum")]
public sealed record SumGoal(
    [property: Id(0)] Deeds Of, [property: Id(1)] SumOf What, [property: Id(2), Bounds(1, 1_000_000_000)] long Target = 1) : ChallengeGoal;

/// <summary>So many different ones.</summary>
[GenerateSerializer, Immutable, Alias("goal.distinct")]
public sealed record DistinctGoal(
    [property: Id(0)] Deeds Of, [property: Id(1)] DistinctOf What, [property: Id(2), Bounds(1, 1_000)] long Target = 1) : ChallengeGoal;

/// <summary>So many of these goals, whichever. None of them is itself such a choice.</summary>
[GenerateSerializer, Immutable, Alias("goal.some")]
public sealed record SomeOf(
    [property: Id(0), Bounds(2, 20)] ImmutableArray<ChallengeGoal> Goals, [property: Id(1), Bounds(1, 20)] long Target = 1) : ChallengeGoal;

/// <summary>One deed after the other, in this order; anything may happen between. The score is how many steps are done.</summary>
[GenerateSerializer, Immutable, Alias("goal.sequence")]
public sealed record InSequence([property: Id(0), Bounds(2, 20)] ImmutableArray<Deeds> Steps) : ChallengeGoal;

/// <summary>So many days or ISO weeks in a row inside the window, each with deeds on at least <see cref="Times"/> different business dates. The score is the longest run.</summary>
[GenerateSerializer, Immutable, Alias("goal.streak")]
public sealed record RunOf(
    [property: Id(0)] Deeds Of,
    [property: Id(1)] RunPer Per,
    [property: Id(2), Bounds(2, 366)] long Target,
    [property: Id(3), Bounds(1, 7)] int Times = 1) : ChallengeGoal;

public enum SumOf
{
    /// <summary>Net spend in minor units.</summary>
    Spend,

    /// <summary>Units of goods, the sum rounded down.</summary>
    Items,
}

public enum DistinctOf
{
    /// <summary>Business dates.</summary>
    Days,
    Stores,

    /// <summary>Stock codes of the goods selected.</summary>
    Skus,

    /// <summary>Categories of the goods selected.</summary>
    Categories,

    /// <summary>What deeds without a purchase are about: a product, a recipe, a survey.</summary>
    Subjects,
}

public enum RunPer
{
    /// <summary>ISO weeks.</summary>
    Week,

    /// <summary>Business dates.</summary>
    Day,
}

/// <summary>Which deeds count. What is given must all hold.</summary>
[GenerateSerializer, Immutable, Alias("deeds")]
public sealed record Deeds
{
    /// <summary>Any of them.</summary>
    [Id(0), Bounds(1, 16)] public required ImmutableArray<EarningEvent> On { get; init; }

    /// <summary>A sale counts when it holds such goods, and only they are summed. Deeds without a purchase have none and are not held to it.</summary>
    [Id(1)] public Goods? Goods { get; init; }

    /// <summary>Net spend in minor units on the goods selected, or on the whole basket, from which a sale counts.</summary>
    [Id(2), Bounds(0, 10_000_000)] public long MinSpend { get; init; }

    /// <summary>Any of them; empty for all. What a deed without a purchase is about.</summary>
    [Id(3), Bounds(0, 50)] public ImmutableArray<string> Subjects { get => field.IsDefault ? [] : field; init; } = [];
}
