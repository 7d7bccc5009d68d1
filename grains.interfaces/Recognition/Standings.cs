using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>What a badge was awarded for. With the member it is the award's id: one award, whatever is retried, and the same one when it is given again (spec D2).</summary>
[GenerateSerializer, Immutable, Alias("badge-award-id")]
public readonly record struct BadgeAwardId([property: Id(0)] string Badge, [property: Id(1)] int Level, [property: Id(2)] string Scope)
{
    /// <summary><c>badge/local-hero/2/2026-W47</c>, the idempotency key of what it brings within the member's account.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"badge/{Badge}/{Level}/{Scope}");
}

/// <summary>Something that a member should see or that the ledger should post. What is in one list happened in its order. The kinds are durable names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TierReached), "tier-reached")]
[JsonDerivedType(typeof(TierLost), "tier-lost")]
[JsonDerivedType(typeof(TierKept), "tier-kept")]
[JsonDerivedType(typeof(BadgeAwarded), "badge-awarded")]
[JsonDerivedType(typeof(BadgeRevoked), "badge-revoked")]
[JsonDerivedType(typeof(MilestoneReached), "milestone-reached")]
[JsonDerivedType(typeof(MilestoneUndone), "milestone-undone")]
[JsonDerivedType(typeof(GiftDue), "gift-due")]
[JsonDerivedType(typeof(GiftTakenBack), "gift-taken-back")]
[JsonDerivedType(typeof(CardFilled), "card-filled")]
[JsonDerivedType(typeof(AlmostThere), "almost-there")]
[JsonDerivedType(typeof(TierNoticeDue), "tier-notice-due")]
[JsonDerivedType(typeof(ExpiryNoticeDue), "expiry-notice-due")]
[JsonDerivedType(typeof(Celebrated), "celebrated")]
[JsonDerivedType(typeof(PlanTurned), "plan-turned")]
[JsonDerivedType(typeof(StreakBridged), "streak-bridged")]
[JsonDerivedType(typeof(PerkTaken), "perk-taken")]
[GenerateSerializer, Immutable, Alias("recognition-change")]
public abstract record RecognitionChange;

[GenerateSerializer, Immutable, Alias("recognition-change.tier-reached")]
public sealed record TierReached([property: Id(0)] string Tier, [property: Id(1)] DateOnly On) : RecognitionChange;

/// <summary>Null for no tier any more.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.tier-lost")]
public sealed record TierLost([property: Id(0)] string Tier, [property: Id(1)] string? Now, [property: Id(2)] DateOnly On) : RecognitionChange;

/// <summary>The refund of something that had helped to the tier: it stays until this date.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.tier-kept")]
public sealed record TierKept([property: Id(0)] string Tier, [property: Id(1)] DateOnly Until) : RecognitionChange;

[GenerateSerializer, Immutable, Alias("recognition-change.badge-awarded")]
public sealed record BadgeAwarded([property: Id(0)] BadgeAwardId Id, [property: Id(1)] int Version, [property: Id(2)] DateOnly On) : RecognitionChange;

/// <summary>"Annulé : retour".</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.badge-revoked")]
public sealed record BadgeRevoked([property: Id(0)] BadgeAwardId Id, [property: Id(1)] DateOnly On) : RecognitionChange;

[GenerateSerializer, Immutable, Alias("recognition-change.milestone-reached")]
public sealed record MilestoneReached([property: Id(0)] string Streak, [property: Id(1)] int Periods, [property: Id(2)] DateOnly From, [property: Id(3)] DateOnly Through) : RecognitionChange;

/// <summary>The run fell apart, and the milestone's points are taken back.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.milestone-undone")]
public sealed record MilestoneUndone([property: Id(0)] string Streak, [property: Id(1)] int Periods, [property: Id(2)] DateOnly From, [property: Id(3)] DateOnly Through) : RecognitionChange;

/// <summary>
/// A gift is due. <see cref="Key"/> names what for; <see cref="Turn"/> counts how often it was due, from 1, since a gift that was taken back may
/// be due again. Both together are the posting's idempotency key.
/// </summary>
[GenerateSerializer, Immutable, Alias("recognition-change.gift-due")]
public sealed record GiftDue([property: Id(0)] string Key, [property: Id(1)] int Turn, [property: Id(2)] Gift Gift) : RecognitionChange;

/// <summary>A gift that was due is taken back.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.gift-taken-back")]
public sealed record GiftTakenBack([property: Id(0)] string Key, [property: Id(1)] int Turn, [property: Id(2)] Gift Gift) : RecognitionChange;

/// <summary>A card is full. <see cref="Key"/> is also the cause of the stamps' redemption.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.card-filled")]
public sealed record CardFilled([property: Id(0)] string Card, [property: Id(1)] string Key) : RecognitionChange;

/// <summary>The goal's <see cref="Left"/> of its measure is all that is missing.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.almost-there")]
public sealed record AlmostThere([property: Id(0)] string Goal, [property: Id(1)] long Left, [property: Id(2)] long Needed) : RecognitionChange;

/// <summary>What keeps the tier is told, once for the notice's key.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.tier-notice-due")]
public sealed record TierNoticeDue([property: Id(0)] TierNotice Notice) : RecognitionChange;

/// <summary>So much of a unit is valid through a day and no longer; told so many days before (spec L14). <c>Bonus</c> is how many percent come back of what is used by then; 0 for none.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.expiry-notice-due")]
public sealed record ExpiryNoticeDue([property: Id(0)] string Unit, [property: Id(1)] long Amount, [property: Id(2)] DateOnly On, [property: Id(3)] int DaysBefore, [property: Id(4)] int Bonus = 0) : RecognitionChange;

/// <summary>A date came round, with how many years it has been (spec L11). What rules award for it stands in the entry that follows.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.celebrated")]
public sealed record Celebrated([property: Id(0)] EarningEvent Event, [property: Id(1)] DateOnly On, [property: Id(2)] int Years) : RecognitionChange;

/// <summary>A paid plan stands otherwise than the day before.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.plan-turned")]
public sealed record PlanTurned([property: Id(0)] string Plan, [property: Id(1)] VipStatus Status, [property: Id(2)] DateOnly On) : RecognitionChange;

/// <summary>A till gave the member what a plan or its tier entitles to, worth so many minor units; below zero when it came back.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.perk-taken")]
public sealed record PerkTaken([property: Id(0)] string Perk, [property: Id(1)] long Worth, [property: Id(2)] DateOnly On) : RecognitionChange;

/// <summary>An incident: nobody missed these days, both inclusive.</summary>
[GenerateSerializer, Immutable, Alias("recognition-change.streak-bridged")]
public sealed record StreakBridged([property: Id(0)] string Streak, [property: Id(1)] DateOnly From, [property: Id(2)] DateOnly Through) : RecognitionChange;

/// <summary>What keeps a tier, told before its period ends. Zero is missing of a measure that is not asked for; either is enough unless <see cref="Both"/>.</summary>
[GenerateSerializer, Immutable, Alias("tier-notice")]
public sealed record TierNotice
{
    [Id(0)] public required string Tier { get; init; }

    /// <summary>The first day of the next period.</summary>
    [Id(1)] public required DateOnly PeriodEnd { get; init; }

    /// <summary>From when the tier would be lost.</summary>
    [Id(2)] public required DateOnly KeptUntil { get; init; }

    [Id(3)] public required int DaysBefore { get; init; }

    [Id(4)] public long MissingSpend { get; init; }

    [Id(5)] public long MissingEngagement { get; init; }

    [Id(6)] public bool Both { get; init; }

    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"tier/{Tier}/{PeriodEnd:yyyy-MM-dd}/{DaysBefore}");
}

/// <summary>A streak as its member sees it on a day. Lengths count periods in which it was done; frozen and excused ones keep a run without adding to it.</summary>
[GenerateSerializer, Immutable, Alias("streak-view")]
public sealed record StreakView
{
    /// <summary>The run that ends in this period or the one before; this period is not lost until it is over.</summary>
    [Id(0)] public required int Current { get; init; }

    /// <summary>First day of the current run; null for none.</summary>
    [Id(1)] public DateOnly? Since { get; init; }

    /// <summary>The longest run ever.</summary>
    [Id(2)] public required int Best { get; init; }

    /// <summary>Whether this period counts already.</summary>
    [Id(3)] public required bool IsDone { get; init; }

    [Id(4)] public required int FreezesHeld { get; init; }

    /// <summary>First days of the periods that freezes fill, in order.</summary>
    [Id(5)] public ImmutableArray<DateOnly> Frozen { get => field.IsDefault ? [] : field; init; } = [];
}
