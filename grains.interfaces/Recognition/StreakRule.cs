using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

public enum StreakPeriod
{
    /// <summary>ISO weeks. The default: nobody should have to come every day.</summary>
    Week,
    Day,
    Month,
}

/// <summary>What becomes of the points of a milestone whose run fell apart because something was brought back or removed.</summary>
public enum SplitPolicy
{
    /// <summary>They are taken back. The default.</summary>
    TakeBack,
    Keep,
}

/// <summary>
/// Doing something in one period after another (spec E1–E5, §3). A date counts when one of the events happened on it; a period counts when
/// enough of its dates do.
/// </summary>
[GenerateSerializer, Immutable, Alias("streak-rule")]
public sealed record StreakRule
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>Any of them. A daily streak has one that costs nothing (spec E4).</summary>
    [Id(2), Bounds(1, 16)] public required ImmutableArray<EarningEvent> On { get; init; }

    [Id(3)] public StreakPeriod Per { get; init; }

    /// <summary>On how many different dates of the period.</summary>
    [Id(4), Bounds(1, 31)] public int Times { get; init; } = 1;

    /// <summary>Net spend in minor units from which a sale counts.</summary>
    [Id(5), Bounds(0, 1_000_000)] public long MinSpend { get; init; }

    /// <summary>When the member's day begins, on the wall clock.</summary>
    [Id(6)] public TimeOnly DayStartsAt { get; init; }

    [Id(7)] public StreakFreezes? Freezes { get; init; }

    /// <summary>Days of holidays that a member may announce for a calendar year.</summary>
    [Id(8), Bounds(0, 60)] public int VacationDays { get; init; }

    [Id(9)] public StreakRepair? Repair { get; init; }

    /// <summary>Shortest first.</summary>
    [Id(10), Bounds(0, 20)] public ImmutableArray<StreakMilestone> Milestones { get => field.IsDefault ? [] : field; init; } = [];

    [Id(11)] public SplitPolicy OnSplit { get; init; }
}

/// <summary>Freezes fill missed periods by themselves, the first missed first, when the period ends.</summary>
[GenerateSerializer, Immutable, Alias("streak-freezes")]
public sealed record StreakFreezes
{
    /// <summary>One for every so many periods of a run; null for none.</summary>
    [Id(0), Bounds(1, 366)] public int? EarnEvery { get; init; }

    /// <summary>How many can be held; those beyond are not given.</summary>
    [Id(1), Bounds(1, 10)] public int HoldMax { get; init; } = 2;

    /// <summary>What a tier gives at the start of each month.</summary>
    [Id(2), Bounds(0, 10)] public ImmutableArray<TierFreezes> ByTier { get => field.IsDefault ? [] : field; init; } = [];
}

[GenerateSerializer, Immutable, Alias("tier-freezes")]
public sealed record TierFreezes([property: Id(0), Slug] string Tier, [property: Id(1), Bounds(1, 10)] int Count);

/// <summary>A missed period can be repaired for so many days after its end, so often in a calendar year.</summary>
[GenerateSerializer, Immutable, Alias("streak-repair")]
public sealed record StreakRepair([property: Id(0), Bounds(1, 31)] int Days, [property: Id(1), Bounds(1, 24)] int PerYear);

/// <summary>So many periods in one run. Paid once for a run, whatever comes late.</summary>
[GenerateSerializer, Immutable, Alias("streak-milestone")]
public sealed record StreakMilestone([property: Id(0), Bounds(2, 10_000)] int Periods, [property: Id(1)] Gift Gift);
