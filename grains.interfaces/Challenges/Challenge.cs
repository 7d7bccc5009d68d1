using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Challenges;

/// <summary>
/// One version of a time-boxed challenge (spec F1): who may take part, when, what counts, how much of it is needed, and what comes of it.
/// Once it is live only what widens it may change; anything else is another version that participants see (spec F4).
/// </summary>
[GenerateSerializer, Immutable, Alias("challenge")]
public sealed record Challenge
{
    [Id(0), Slug] public required string Id { get; init; }

    /// <summary>From 1.</summary>
    [Id(1), Bounds(1, 1_000_000)] public required int Version { get; init; }

    [Id(2)] public required Wording Name { get; init; }

    [Id(3)] public required ChallengeWindow Window { get; init; }

    [Id(4)] public Audience Audience { get; init; } = new();

    [Id(5)] public Contest By { get; init; } = new Individually();

    [Id(6)] public required ChallengeGoal Goal { get; init; }

    /// <summary>Whether a score goes on beyond the goal. Otherwise it stays there, and was reached when the goal was.</summary>
    [Id(7)] public bool Beyond { get; init; }

    [Id(8)] public ScoreCaps Caps { get; init; } = new();

    [Id(9)] public Prizes Prizes { get; init; } = new();

    /// <summary>For whoever took part and wins nothing when it is cancelled or ended early; null for none.</summary>
    [Id(10)] public Compensation? Compensation { get; init; }

    /// <summary>What is revealed before it starts, to everybody at the same instant (spec F9); the earliest first.</summary>
    [Id(11), Bounds(0, 10)] public ImmutableArray<Teaser> Teasers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Of the rewards that gifts refer to.</summary>
    [Id(12), Bounds(0, 100)] public ImmutableArray<Name> Names { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>Whose clock a challenge's window is read on.</summary>
public enum WindowZone
{
    /// <summary>The programme's, everywhere. The default.</summary>
    Programme,

    /// <summary>That of the store where something happens; the programme's for what happens in none.</summary>
    Store,
}

/// <summary>
/// From <see cref="StartsAt"/> on <see cref="From"/> until just before <see cref="EndsAt"/> on <see cref="Until"/>, by the wall clock: half-open.
/// Where a clock shows the same time twice it starts with the first and ends with the second; where a time is skipped it is the first instant after.
/// </summary>
[GenerateSerializer, Immutable, Alias("challenge-window")]
public sealed record ChallengeWindow
{
    [Id(0)] public required DateOnly From { get; init; }

    [Id(1)] public required DateOnly Until { get; init; }

    [Id(2)] public TimeOnly StartsAt { get; init; }

    [Id(3)] public TimeOnly EndsAt { get; init; }

    [Id(4)] public WindowZone Zone { get; init; }

    /// <summary>Hours after the end in which what happened inside still counts, and can still be taken back (spec §4).</summary>
    [Id(5), Bounds(1, 720)] public int GraceHours { get; init; } = 72;
}

/// <summary>Who takes part. Within a list any entry will do; an empty list is everybody.</summary>
[GenerateSerializer, Immutable, Alias("challenge-audience")]
public sealed record Audience
{
    /// <summary>Where a deed counts. What happens in no store counts everywhere.</summary>
    [Id(0), Bounds(0, 1_000)] public ImmutableArray<string> Stores { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The member's when the deed was received.</summary>
    [Id(1), Bounds(0, 50), Slug] public ImmutableArray<string> Segments { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The member's when the deed was received.</summary>
    [Id(2), Bounds(0, 20), Slug] public ImmutableArray<string> Tiers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Members join first. Whoever joins brings what it did inside the window before.</summary>
    [Id(3)] public bool OptIn { get; init; }
}

/// <summary>Bounds on what counts.</summary>
[GenerateSerializer, Immutable, Alias("challenge-caps")]
public sealed record ScoreCaps
{
    /// <summary>The most of a count or a sum that one business date brings a member; null for no bound.</summary>
    [Id(0), Bounds(1, 1_000_000_000)] public long? PerDay { get; init; }

    /// <summary>The most that one member brings to a shared total; null for no bound.</summary>
    [Id(1), Bounds(1, 1_000_000_000)] public long? PerMember { get; init; }
}

/// <summary>A line that is revealed so many hours before the start.</summary>
[GenerateSerializer, Immutable, Alias("challenge-teaser")]
public sealed record Teaser([property: Id(0), Bounds(0, 720)] int HoursBefore, [property: Id(1)] Wording Text);

/// <summary>What whoever reached a score of <see cref="AtLeast"/> gets when it is cancelled or ended early and there is no other prize for them.</summary>
[GenerateSerializer, Immutable, Alias("challenge-compensation")]
public sealed record Compensation([property: Id(0)] Gift Gift, [property: Id(1), Bounds(1, 1_000_000_000)] long AtLeast = 1);
