using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>When a member hears "vous y êtes presque" about a goal: so few actions, or so few percent, are left (spec L15). Once for each goal.</summary>
[GenerateSerializer, Immutable, Alias("nearness")]
public sealed record Nearness([property: Id(0), Bounds(1, 10)] int Actions = 2, [property: Id(1), Bounds(1, 50)] int Percent = 10);

/// <summary>Of points that a notice of expiry has told of and that are used by their last day, so many percent come back as a bonus (spec L14).</summary>
[GenerateSerializer, Immutable, Alias("expiry-bonus")]
public sealed record ExpiryBonus([property: Id(0), Bounds(1, 100)] int Percent);

/// <summary>Everything by which a programme recognises its members beside points: tiers, streaks, badges, stamp cards, paid plans.</summary>
[GenerateSerializer, Immutable, Alias("recognition-rules")]
public sealed record RecognitionRules
{
    public static RecognitionRules None { get; } = new();

    [Id(0)] public TierLadder? Tiers { get; init; }

    [Id(1), Bounds(0, 50)] public ImmutableArray<StreakRule> Streaks { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>With all their versions.</summary>
    [Id(2), Bounds(0, 500)] public ImmutableArray<BadgeRule> Badges { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3), Bounds(0, 50)] public ImmutableArray<StampCard> Cards { get => field.IsDefault ? [] : field; init; } = [];

    [Id(4), Bounds(0, 20)] public ImmutableArray<VipPlan> Plans { get => field.IsDefault ? [] : field; init; } = [];

    [Id(5)] public Nearness AlmostThere { get; init; } = new();

    /// <summary>Days before an expiry at which the member hears of it, greatest first (spec L14).</summary>
    [Id(6), Bounds(0, 5)] public ImmutableArray<int> ExpiryNoticeDays { get => field.IsDefault ? [] : field; init; } = [30, 7, 1];

    /// <summary>What its notices promise from now on; null for nothing. What was promised before is kept.</summary>
    [Id(8)] public ExpiryBonus? ExpiryBonus { get; init; }

    /// <summary>Of the rewards that gifts refer to.</summary>
    [Id(7), Bounds(0, 1_000)] public ImmutableArray<Name> Names { get => field.IsDefault ? [] : field; init; } = [];
}
