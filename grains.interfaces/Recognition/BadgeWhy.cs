using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Statements;

namespace Gamification.Recognition;

/// <summary>
/// "Pourquoi ?" of a badge (spec R4): which events count towards it, what is missing, what was awarded, revoked and why, and what never counted.
/// </summary>
[GenerateSerializer, Immutable, Alias("badge-why")]
public sealed record BadgeWhy
{
    public const int CountedMax = 100;

    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>The highest level that stands; 0 for none.</summary>
    [Id(2)] public required int Level { get; init; }

    /// <summary>The period or season of today, <c>ever</c> for a badge without any; null outside of a season and for badges that nothing is counted for.</summary>
    [Id(3)] public string? Scope { get; init; }

    /// <summary>The last day of that period; null for none.</summary>
    [Id(4)] public DateOnly? Through { get; init; }

    /// <summary>Progress in it, and what the next level takes; null for badges that nothing is counted for, and for all levels reached.</summary>
    [Id(5)] public decimal? Done { get; init; }

    [Id(6)] public long? Needed { get; init; }

    /// <summary>The events in the scope that count, newest first; the newest <see cref="CountedMax"/>.</summary>
    [Id(7)] public ImmutableArray<CountedDeed> Counted { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How many count that are not listed.</summary>
    [Id(8)] public int MoreCounted { get; init; }

    /// <summary>Events in the scope that were brought back or removed.</summary>
    [Id(9)] public int TakenBack { get; init; }

    /// <summary>Events in the scope that it would count and did not: they came before the badge did, or after their period's grace.</summary>
    [Id(10)] public int Uncounted { get; init; }

    /// <summary>In the order awarded; without those of periods that are closed, of which <see cref="PastAwards"/> is the number.</summary>
    [Id(11)] public ImmutableArray<AwardWhy> Awards { get => field.IsDefault ? [] : field; init; } = [];

    [Id(12)] public int PastAwards { get; init; }

    /// <summary>What a conditional badge asks, and whether it holds.</summary>
    [Id(13)] public ImmutableArray<RequirementWhy> Requires { get => field.IsDefault ? [] : field; init; } = [];

    [Id(14)] public required Sentence How { get; init; }

    [Id(15)] public ImmutableArray<Sentence> Says { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>An event and what it adds, a receipt or another one.</summary>
[GenerateSerializer, Immutable, Alias("counted-deed")]
public sealed record CountedDeed([property: Id(0)] ReceiptKey? Receipt, [property: Id(1)] ActivityKey? Event, [property: Id(2)] DateOnly On, [property: Id(3)] decimal Quantity);

/// <summary>A level that was awarded. <see cref="By"/> is who gave it or took it away, null for what rules did; <see cref="Reason"/> their words.</summary>
[GenerateSerializer, Immutable, Alias("award-why")]
public sealed record AwardWhy(
    [property: Id(0)] int Level,
    [property: Id(1)] string Scope,
    [property: Id(2)] DateOnly On,
    [property: Id(3)] DateOnly? RevokedOn,
    [property: Id(4)] string? By,
    [property: Id(5)] string? Reason);

[GenerateSerializer, Immutable, Alias("requirement-why")]
public sealed record RequirementWhy([property: Id(0)] Sentence Text, [property: Id(1)] bool Holds);
