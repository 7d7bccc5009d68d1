using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;

namespace Gamification.Rewards;

/// <summary>What a member gets (spec B8).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DiscountReward), "discount")]
[JsonDerivedType(typeof(PercentReward), "percent")]
[JsonDerivedType(typeof(ProductReward), "product")]
[JsonDerivedType(typeof(DeliveryReward), "freeDelivery")]
[JsonDerivedType(typeof(EarlyAccessReward), "earlyAccess")]
[JsonDerivedType(typeof(WorkshopReward), "workshop")]
[JsonDerivedType(typeof(PriorityReward), "priority")]
[JsonDerivedType(typeof(PartnerReward), "partner")]
[JsonDerivedType(typeof(DonationReward), "donation")]
[JsonDerivedType(typeof(StatusReward), "status")]
[JsonDerivedType(typeof(PayReward), "pay")]
[GenerateSerializer, Immutable, Alias("reward-kind")]
public abstract record RewardKind;

/// <summary>Minor units off a purchase.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.discount")]
public sealed record DiscountReward : RewardKind
{
    [Id(0), Bounds(1, 1_000_000)] public required long Amount { get; init; }
}

/// <summary>Per cent off a purchase.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.percent")]
public sealed record PercentReward : RewardKind
{
    [Id(0), Bounds(1, 100)] public required long Percent { get; init; }
}

/// <summary>One of a product.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.product")]
public sealed record ProductReward : RewardKind
{
    [Id(0), Bounds(1, 64)] public required string Sku { get; init; }
}

[GenerateSerializer, Immutable, Alias("reward-kind.delivery")]
public sealed record DeliveryReward : RewardKind;

/// <summary>Buying before others may.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.early-access")]
public sealed record EarlyAccessReward : RewardKind
{
    [Id(0)] public required DateTimeOffset OpensAt { get; init; }
}

/// <summary>A seat at a workshop or a meeting with an author. The reward's stock is the seats.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.workshop")]
public sealed record WorkshopReward : RewardKind
{
    [Id(0)] public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Hours before the start until which a seat may be cancelled.</summary>
    [Id(1), Bounds(0, 720)] public int CancelHours { get; init; } = 24;

    [Id(2), Bounds(0, 10_000)] public int WaitingMax { get; init; }

    /// <summary>How many days a no-show keeps a member from reserving it again.</summary>
    [Id(3), Bounds(0, 366)] public int NoShowDays { get; init; }
}

/// <summary>Served first: a hotline or a till.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.priority")]
public sealed record PriorityReward : RewardKind
{
    [Id(0), Bounds(1, 366)] public required int Days { get; init; }
}

/// <summary>Something that a partner gives.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.partner")]
public sealed record PartnerReward : RewardKind
{
    [Id(0), Bounds(1, 80)] public required string Partner { get; init; }
}

/// <summary>Minor units given to a cause.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.donation")]
public sealed record DonationReward : RewardKind
{
    [Id(0), Bounds(1, 80)] public required string Cause { get; init; }

    [Id(1), Bounds(1, 1_000_000)] public required long Amount { get; init; }
}

/// <summary>A status that others see; it is worth no money.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.status")]
public sealed record StatusReward : RewardKind
{
    [Id(0), Slug] public required string Status { get; init; }
}

/// <summary>Part of a purchase paid with points (spec B9): so many minor units off for each step, and each step costs the reward's points.</summary>
[GenerateSerializer, Immutable, Alias("reward-kind.pay")]
public sealed record PayReward : RewardKind
{
    [Id(0), Bounds(1, 1_000_000)] public required long Amount { get; init; }

    /// <summary>The most steps at once.</summary>
    [Id(1), Bounds(1, 1_000)] public required int Steps { get; init; }
}

/// <summary>One reward of the catalogue, named in the three languages.</summary>
[GenerateSerializer, Immutable, Alias("catalogue-reward")]
public sealed record CatalogueReward
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1), Bounds(1, 80)] public required string Fr { get; init; }

    [Id(2), Bounds(1, 80)] public required string Nl { get; init; }

    [Id(3), Bounds(1, 80)] public required string En { get; init; }

    [Id(4)] public required RewardKind Gives { get; init; }

    [Id(5), Bounds(0, 10_000_000)] public required long Points { get; init; }

    /// <summary>Minor units to pay beside the points.</summary>
    [Id(6), Bounds(0, 10_000_000)] public long Money { get; init; }

    /// <summary>Null for no limit.</summary>
    [Id(7), Bounds(1, 1_000_000_000)] public long? Stock { get; init; }

    [Id(8), Bounds(1, 1_000)] public int? PerMember { get; init; }

    [Id(9)] public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(10)] public DateTimeOffset? Until { get; init; }

    /// <summary>Any of these tiers; empty for everybody.</summary>
    [Id(11), Slug, Bounds(0, 20)] public ImmutableArray<string> Tiers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Usable at the till as soon as the member has joined (spec B10): free, once for each member.</summary>
    [Id(12)] public bool Welcome { get; init; }

    /// <summary>What one costs the programme, in minor units: budgets and liability go by it.</summary>
    [Id(13), Bounds(0, 10_000_000)] public long Cost { get; init; }

    /// <summary>For how many days it can be used once it is paid for or given, that day not counted. Priority service and early access have their own.</summary>
    [Id(14), Bounds(0, 730)] public int ValidDays { get; init; } = 90;
}

/// <summary>All rewards of a programme.</summary>
[GenerateSerializer, Immutable, Alias("reward-catalogue")]
public sealed record RewardCatalogue
{
    [Id(0), Bounds(0, 2_000)] public required ImmutableArray<CatalogueReward> Rewards { get => field.IsDefault ? [] : field; init; }
}
