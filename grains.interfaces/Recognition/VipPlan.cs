using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>A membership that is paid for (spec C4). Its perks hold while it lasts; what they were worth is shown against its price.</summary>
[GenerateSerializer, Immutable, Alias("vip-plan")]
public sealed record VipPlan
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>Minor units, for each term.</summary>
    [Id(2), Bounds(1, 1_000_000)] public required long Price { get; init; }

    /// <summary>A term: 1 for monthly, 12 for annual.</summary>
    [Id(3), Bounds(1, 12)] public required int Months { get; init; }

    /// <summary>Days for which perks stay after a payment failed.</summary>
    [Id(4), Bounds(0, 31)] public int GraceDays { get; init; } = 7;

    /// <summary>Days from a payment in which it is refunded in full; later ones are refunded by the whole months that are left.</summary>
    [Id(5), Bounds(14, 60)] public int WithdrawalDays { get; init; } = 14;

    [Id(6), Bounds(1, 20)] public required ImmutableArray<Benefit> Perks { get; init; }
}
