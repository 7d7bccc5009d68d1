using System.Collections.Immutable;
using Gamification.Statements;

namespace Gamification.Recognition;

/// <summary>How a member stands at one instant, whether or not any job ran by then. Secret badges are here once they are held.</summary>
[GenerateSerializer, Immutable, Alias("recognition-view")]
public sealed record RecognitionView
{
    /// <summary>Null in a programme without tiers.</summary>
    [Id(0)] public TierView? Tier { get; init; }

    [Id(1)] public ImmutableArray<BadgeView> Badges { get => field.IsDefault ? [] : field; init; } = [];

    [Id(2)] public ImmutableArray<MemberStreak> Streaks { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3)] public ImmutableArray<CardView> Cards { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Of the plans that the member has or had.</summary>
    [Id(4)] public ImmutableArray<PlanView> Plans { get => field.IsDefault ? [] : field; init; } = [];

    [Id(5)] public HomeView? Home { get; init; }

    /// <summary>What plans and the tier entitle to today.</summary>
    [Id(6)] public ImmutableArray<PerkView> Perks { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>Where the member lives, as far as days go. <see cref="From"/> is when it began or will, null for since ever.</summary>
[GenerateSerializer, Immutable, Alias("home-view")]
public sealed record HomeView([property: Id(0)] string Zone, [property: Id(1)] DateTimeOffset? From);

[GenerateSerializer, Immutable, Alias("tier-view")]
public sealed record TierView
{
    /// <summary>Null for no tier yet.</summary>
    [Id(0)] public string? Id { get; init; }

    [Id(1)] public Wording? Name { get; init; }

    /// <summary>Status points that count towards the next tier today.</summary>
    [Id(2)] public required long Spend { get; init; }

    [Id(3)] public required long Engagement { get; init; }

    /// <summary>The next one up; null at the top.</summary>
    [Id(4)] public string? Next { get; init; }

    [Id(5)] public Wording? NextName { get; init; }

    /// <summary>What is missing for it of either kind; 0 of a kind that it does not ask.</summary>
    [Id(6)] public long MissingSpend { get; init; }

    [Id(7)] public long MissingEngagement { get; init; }

    /// <summary>Both are needed, not one of them.</summary>
    [Id(8)] public bool Both { get; init; }

    /// <summary>What the next tier takes.</summary>
    [Id(9)] public Sentence? How { get; init; }

    /// <summary>What the member's tier entitles to.</summary>
    [Id(10)] public ImmutableArray<Benefit> Benefits { get => field.IsDefault ? [] : field; init; } = [];
}

[GenerateSerializer, Immutable, Alias("badge-view")]
public sealed record BadgeView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>The highest level that stands; 0 for none.</summary>
    [Id(2)] public required int Level { get; init; }

    [Id(3)] public required int Levels { get; init; }

    /// <summary>How often it was awarded and stands, over all periods and levels.</summary>
    [Id(4)] public required int Times { get; init; }

    /// <summary>Progress in the period of today, or since ever; null for badges that nothing is counted for.</summary>
    [Id(5)] public decimal? Done { get; init; }

    /// <summary>What its next level takes; null when there is none.</summary>
    [Id(6)] public long? Needed { get; init; }

    [Id(7)] public DateOnly? AwardedOn { get; init; }

    /// <summary>When the newest award was taken back; null when it stands.</summary>
    [Id(8)] public DateOnly? RevokedOn { get; init; }

    [Id(9)] public required Sentence How { get; init; }
}

[GenerateSerializer, Immutable, Alias("member-streak")]
public sealed record MemberStreak
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2)] public required StreakPeriod Per { get; init; }

    [Id(3)] public required StreakView View { get; init; }

    /// <summary>The member does not want to hear of it.</summary>
    [Id(4)] public bool IsSilent { get; init; }

    [Id(5)] public required Sentence How { get; init; }

    /// <summary>How it stands, gently.</summary>
    [Id(6)] public required Sentence Says { get; init; }
}

[GenerateSerializer, Immutable, Alias("card-view")]
public sealed record CardView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2)] public required long Stamps { get; init; }

    [Id(3)] public required int Needed { get; init; }

    /// <summary>How many were filled and stand.</summary>
    [Id(4)] public required int Filled { get; init; }

    [Id(5)] public required Sentence How { get; init; }
}

public enum VipStatus
{
    Active,
    Grace,
    Cancelled,
    Ended,
}

[GenerateSerializer, Immutable, Alias("plan-view")]
public sealed record PlanView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2)] public required VipStatus Status { get; init; }

    /// <summary>The first day that is not paid for.</summary>
    [Id(3)] public required DateOnly PaidUntil { get; init; }

    /// <summary>What perks were worth and what was paid, in minor units.</summary>
    [Id(4)] public required long Saved { get; init; }

    [Id(5)] public required long Paid { get; init; }

    [Id(6)] public required Sentence How { get; init; }

    /// <summary>What it has brought so far against its price.</summary>
    [Id(7)] public required Sentence EarnedBack { get; init; }
}
