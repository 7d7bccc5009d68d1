using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>By what a reward's actor gives it out. Instants are compared as instants; windows are half-open.</summary>
[GenerateSerializer, Immutable, Alias("reward-terms")]
public sealed record RewardTerms
{
    public const int OpenMax = 20_000;

    /// <summary>How many there are in all, those given out included; seats, for a booking. Null for no limit.</summary>
    [Id(0)] public long? Stock { get; init; }

    /// <summary>How many one member may hold and have had; null for no limit. It comes with a stock, so that what must be remembered is bounded.</summary>
    [Id(1)] public int? PerMember { get; init; }

    [Id(2)] public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(3)] public DateTimeOffset? Until { get; init; }

    /// <summary>The tiers that may have it; empty for everybody.</summary>
    [Id(4)] public ImmutableArray<string> Tiers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How long a reservation stands before its holder is asked what became of it.</summary>
    [Id(5)] public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A seat at something that takes place: who has one is kept until he came or did not.</summary>
    [Id(6)] public bool IsBooking { get; init; }

    /// <summary>Until when, exclusive, what was confirmed may be cancelled; null for always.</summary>
    [Id(7)] public DateTimeOffset? CancelUntil { get; init; }

    /// <summary>How many may wait for one to come free; 0 for no waiting list.</summary>
    [Id(8)] public int WaitingMax { get; init; }

    /// <summary>How long one that came free is kept for whoever waited longest.</summary>
    [Id(9)] public TimeSpan OfferFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>For how many days who did not come may not reserve this reward again.</summary>
    [Id(10)] public int NoShowDays { get; init; }
}
