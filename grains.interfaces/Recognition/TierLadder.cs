using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>Over which time status points are summed, and when a tier can be lost (spec C1, C2).</summary>
public enum TierPeriod
{
    /// <summary>Stretches of whole calendar months, the first of them in January. The default.</summary>
    Calendar,

    /// <summary>Stretches of whole months from the day of enrolment.</summary>
    Anniversary,

    /// <summary>The current calendar month and those before it; a tier lasts from the month in which it was reached.</summary>
    Rolling,
}

/// <summary>What a missed period costs.</summary>
public enum TierFall
{
    /// <summary>One level, or none when the period earned the level. The default.</summary>
    OneDown,

    /// <summary>Down to what the period earned.</summary>
    Recalc,
}

/// <summary>
/// The programme's tiers, on status points that nobody spends. Up at once; down only when a period has ended and its grace with it.
/// </summary>
[GenerateSerializer, Immutable, Alias("tier-ladder")]
public sealed record TierLadder
{
    [Id(0)] public TierPeriod Period { get; init; }

    /// <summary>A calendar period has 1, 2, 3, 4, 6 or 12.</summary>
    [Id(1), Bounds(1, 24)] public int Months { get; init; } = 12;

    [Id(2)] public TierFall Fall { get; init; }

    /// <summary>Days after a period's end for which the tier stays, and what is earned in them counts for that period too. Shorter than a period.</summary>
    [Id(3), Bounds(0, 90)] public int GraceDays { get; init; } = 30;

    /// <summary>How many days before a period's end a member hears what is missing, greatest first.</summary>
    [Id(4), Bounds(0, 5)] public ImmutableArray<int> NoticeDays { get => field.IsDefault ? [] : field; init; } = [30, 7];

    /// <summary>Lowest first. Whoever has reached none has no tier.</summary>
    [Id(5), Bounds(1, 10)] public required ImmutableArray<TierLevel> Levels { get; init; }
}

/// <summary>A tier and what it takes: status points of spend, of engagement, both, or either.</summary>
[GenerateSerializer, Immutable, Alias("tier-level")]
public sealed record TierLevel
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2), Bounds(1, 1_000_000_000)] public long? Spend { get; init; }

    [Id(3), Bounds(1, 1_000_000_000)] public long? Engagement { get; init; }

    /// <summary>Both thresholds are needed, not one of them.</summary>
    [Id(4)] public bool Both { get; init; }

    [Id(5), Bounds(0, 20)] public ImmutableArray<Benefit> Benefits { get => field.IsDefault ? [] : field; init; } = [];
}
