using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>What becomes of a badge when what earned it is brought back or removed (spec §5).</summary>
public enum RevokePolicy
{
    /// <summary>It stays. The default of badges that bring no points and no reward.</summary>
    Keep,

    /// <summary>It is gone for good, and shown as revoked.</summary>
    Revoke,

    /// <summary>It stands exactly while what earned it stands. The default of badges that bring something.</summary>
    ReEvaluate,
}

/// <summary>What of the counted events is added up.</summary>
public enum BadgeMeasure
{
    Events,

    /// <summary>Whole units of goods.</summary>
    Items,

    /// <summary>Net spend in minor units.</summary>
    Spend,

    /// <summary>Different business dates.</summary>
    Days,

    /// <summary>Different stores.</summary>
    Stores,
}

public enum BadgePeriod
{
    Week,
    Day,
    Month,
    Quarter,
    Year,
}

/// <summary>
/// One version of a badge (spec D1–D3). The version in force on an event's business date decides whether and how it counts; progress goes on
/// across versions.
/// </summary>
[GenerateSerializer, Immutable, Alias("badge-rule")]
public sealed record BadgeRule
{
    [Id(0), Slug] public required string Id { get; init; }

    /// <summary>From 1.</summary>
    [Id(1), Bounds(1, 1_000_000)] public required int Version { get; init; }

    [Id(2)] public required Wording Name { get; init; }

    [Id(3)] public required BadgeKind For { get; init; }

    /// <summary>Lowest first.</summary>
    [Id(4), Bounds(1, 10)] public required ImmutableArray<BadgeLevel> Levels { get; init; }

    /// <summary>Shown only to whoever has it.</summary>
    [Id(5)] public bool Secret { get; init; }

    /// <summary>Null: by whether a level brings something.</summary>
    [Id(6)] public RevokePolicy? OnReturn { get; init; }

    /// <summary>The first business date that this version decides; null for all before the next version.</summary>
    [Id(7)] public DateOnly? From { get; init; }

    /// <summary>The first that it no longer decides; null for none.</summary>
    [Id(8)] public DateOnly? Until { get; init; }

    /// <summary>Days after the end of a period or season in which what happened inside it still counts, and can still be taken back.</summary>
    [Id(9), Bounds(3, 366)] public int GraceDays { get; init; } = 35;

    [JsonIgnore]
    public RevokePolicy Revoke => OnReturn ?? (Levels.Any(level => level.Gift is not null) ? RevokePolicy.ReEvaluate : RevokePolicy.Keep);
}

[GenerateSerializer, Immutable, Alias("badge-level")]
public sealed record BadgeLevel
{
    /// <summary>What the measure must come to: whole, and more than the level before.</summary>
    [Id(0), Bounds(1, 1_000_000_000)] public required long At { get; init; }

    [Id(1)] public Gift? Gift { get; init; }
}

/// <summary>How a badge is earned.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FirstOf), "first")]
[JsonDerivedType(typeof(CountOf), "count")]
[JsonDerivedType(typeof(PeriodicCount), "periodic")]
[JsonDerivedType(typeof(SeasonalCount), "seasonal")]
[JsonDerivedType(typeof(Conditional), "conditional")]
[JsonDerivedType(typeof(StreakOf), "streak")]
[JsonDerivedType(typeof(Collective), "collective")]
[JsonDerivedType(typeof(Founder), "founder")]
[JsonDerivedType(typeof(Manual), "manual")]
[GenerateSerializer, Immutable, Alias("badge-kind")]
public abstract record BadgeKind;

/// <summary>The first such event. One level, at 1.</summary>
[GenerateSerializer, Immutable, Alias("badge.first")]
public sealed record FirstOf([property: Id(0), Bounds(1, 16)] ImmutableArray<EarningEvent> On) : BadgeKind;

/// <summary>So many, ever. Without events only the steps count that earning rules bring.</summary>
[GenerateSerializer, Immutable, Alias("badge.count")]
public sealed record CountOf([property: Id(0), Bounds(0, 15)] ImmutableArray<EarningEvent> On, [property: Id(1)] BadgeMeasure Measure = BadgeMeasure.Events) : BadgeKind;

/// <summary>So many within one business period; once for each.</summary>
[GenerateSerializer, Immutable, Alias("badge.periodic")]
public sealed record PeriodicCount(
    [property: Id(0), Bounds(0, 15)] ImmutableArray<EarningEvent> On,
    [property: Id(1)] BadgePeriod Per,
    [property: Id(2)] BadgeMeasure Measure = BadgeMeasure.Events) : BadgeKind;

/// <summary>So many on business dates in [<see cref="From"/>, <see cref="Until"/>), at most a year; every year again when <see cref="Yearly"/>.</summary>
[GenerateSerializer, Immutable, Alias("badge.seasonal")]
public sealed record SeasonalCount(
    [property: Id(0), Bounds(0, 15)] ImmutableArray<EarningEvent> On,
    [property: Id(1)] DateOnly From,
    [property: Id(2)] DateOnly Until,
    [property: Id(3)] bool Yearly = false,
    [property: Id(4)] BadgeMeasure Measure = BadgeMeasure.Events) : BadgeKind;

/// <summary>All of these hold. One level, at 1.</summary>
[GenerateSerializer, Immutable, Alias("badge.conditional")]
public sealed record Conditional([property: Id(0), Bounds(1, 10)] ImmutableArray<Requirement> Requires) : BadgeKind;

/// <summary>The longest run of a streak.</summary>
[GenerateSerializer, Immutable, Alias("badge.streak")]
public sealed record StreakOf([property: Id(0), Slug] string Streak) : BadgeKind;

/// <summary>
/// A goal that members reach together, for those who gave at least <see cref="Contribution"/> of it; once for each run of the challenge.
/// A level is at the number of a milestone.
/// </summary>
[GenerateSerializer, Immutable, Alias("badge.collective")]
public sealed record Collective([property: Id(0), Slug] string Challenge, [property: Id(1), Bounds(0, 1_000_000_000)] long Contribution = 1) : BadgeKind;

/// <summary>Enrolled before a date, or among the first so many, as the campaign says that counts them. One level, at 1.</summary>
[GenerateSerializer, Immutable, Alias("badge.founder")]
public sealed record Founder([property: Id(0)] DateOnly? Before = null, [property: Id(1), Slug] string? Campaign = null) : BadgeKind;

/// <summary>Given by people, with a reason. One level, at 1.</summary>
[GenerateSerializer, Immutable, Alias("badge.manual")]
public sealed record Manual : BadgeKind;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HasBadge), "badge")]
[JsonDerivedType(typeof(HasTier), "tier")]
[JsonDerivedType(typeof(HasStreak), "streak")]
[GenerateSerializer, Immutable, Alias("requirement")]
public abstract record Requirement;

/// <summary>A badge that is not itself conditional, at this level or above.</summary>
[GenerateSerializer, Immutable, Alias("requirement.badge")]
public sealed record HasBadge([property: Id(0), Slug] string Badge, [property: Id(1), Bounds(1, 10)] int Level = 1) : Requirement;

/// <summary>This tier or a higher one.</summary>
[GenerateSerializer, Immutable, Alias("requirement.tier")]
public sealed record HasTier([property: Id(0), Slug] string Tier) : Requirement;

/// <summary>A run of so many periods, at any time.</summary>
[GenerateSerializer, Immutable, Alias("requirement.streak")]
public sealed record HasStreak([property: Id(0), Slug] string Streak, [property: Id(1), Bounds(1, 10_000)] int Periods) : Requirement;
