namespace Gamification.Recognition;

/// <summary>
/// What a member is entitled to on a day, and why: a plan that is paid for, or the tier that it has reached. What both give is the plan's, because a plan is
/// shown what it has brought.
/// </summary>
[GenerateSerializer, Immutable, Alias("perk-view")]
public sealed record PerkView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>The plan that gives it; null for a tier's.</summary>
    [Id(2)] public string? Plan { get; init; }

    [Id(3)] public string? Tier { get; init; }

    /// <summary>The first day that the plan does not cover, as it is paid for now; null for a tier's, which is looked at on the day.</summary>
    [Id(4)] public DateOnly? Until { get; init; }
}
