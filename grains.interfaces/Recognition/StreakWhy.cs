using System.Collections.Immutable;
using Gamification.Statements;

namespace Gamification.Recognition;

/// <summary>What a period of a streak came to.</summary>
public enum PeriodFate
{
    /// <summary>Enough of its days count.</summary>
    Done,

    /// <summary>Not over yet.</summary>
    Open,

    /// <summary>A freeze filled it.</summary>
    Frozen,

    /// <summary>An operator's incident: missed by nobody.</summary>
    Incident,

    Vacation,

    Repaired,

    /// <summary>It ended a run.</summary>
    Missed,

    /// <summary>No run that could have ended.</summary>
    Idle,
}

/// <summary>
/// "Pourquoi ?" of a streak (spec R4, §3): what each period came to, what bridged those that were not done, what ended the run before, and until when this one goes
/// on by itself. Days are the member's.
/// </summary>
[GenerateSerializer, Immutable, Alias("streak-why")]
public sealed record StreakWhy
{
    public const int PeriodsMax = 60;

    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2)] public required StreakPeriod Per { get; init; }

    [Id(3)] public required StreakView View { get; init; }

    /// <summary>The first day on which the run is over if nothing more is done, freezes and excused days considered; null without a run.</summary>
    [Id(4)] public DateOnly? EndsOn { get; init; }

    /// <summary>Days that this period still needs; 0 when it is done.</summary>
    [Id(5)] public int DaysMissing { get; init; }

    /// <summary>The newest run that ended; null for none.</summary>
    [Id(6)] public BrokenRun? Broken { get; init; }

    /// <summary>From the first proof to today's period, newest first; the newest <see cref="PeriodsMax"/>.</summary>
    [Id(7)] public ImmutableArray<StreakPeriodWhy> Periods { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The run's next milestone, in periods; null when there is none.</summary>
    [Id(8)] public int? NextMilestone { get; init; }

    [Id(9)] public required Sentence How { get; init; }

    [Id(10)] public ImmutableArray<Sentence> Says { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>A period and what it came to.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Fate">What it came to.</param>
/// <param name="Days">How many of its days count.</param>
[GenerateSerializer, Immutable, Alias("streak-period-why")]
public sealed record StreakPeriodWhy([property: Id(0)] DateOnly From, [property: Id(1)] PeriodFate Fate, [property: Id(2)] int Days);

/// <summary>A run that ended, and at which period.</summary>
/// <param name="Periods">How long it was.</param>
/// <param name="Since">Its first day.</param>
/// <param name="Missed">The first day of the period that ended it.</param>
/// <param name="Days">How many days of that period count, which is fewer than it needs.</param>
/// <param name="RepairBy">The last day on which that period can be repaired; null when it cannot.</param>
[GenerateSerializer, Immutable, Alias("broken-run")]
public sealed record BrokenRun(
    [property: Id(0)] int Periods,
    [property: Id(1)] DateOnly Since,
    [property: Id(2)] DateOnly Missed,
    [property: Id(3)] int Days,
    [property: Id(4)] DateOnly? RepairBy);
