using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Vip;

/// <summary>A payment that a term rests on.</summary>
public sealed record VipPayment
{
    /// <summary>The payment provider's reference: the same one is taken once.</summary>
    public required string Reference { get; init; }

    public long Amount { get; init; }

    /// <summary>Day numbers; the term is [From, To).</summary>
    public required int PaidOn { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    /// <summary>What was given back of it.</summary>
    public long Refunded { get; init; }
}

/// <summary>A member's paid membership of one plan. Who is entitled on a day follows from it and the day: <see cref="IsEntitled"/>.</summary>
public sealed record VipMembership
{
    /// <summary>Enough for refunds and for seeing a retry; older payments are in the journal.</summary>
    public const int PaymentsMax = 14;

    public required string Plan { get; init; }

    /// <summary>Where terms are counted from, so that a month from the 31st does not drift.</summary>
    public required int Anchor { get; init; }

    /// <summary>Terms paid for since the anchor.</summary>
    public int Terms { get; init; }

    /// <summary>The first day that is not paid for.</summary>
    public required int PaidUntil { get; init; }

    /// <summary>The first day on which a missing payment ends the perks; null while none is missing.</summary>
    public int? GraceUntil { get; init; }

    /// <summary>It ends with what is paid for. Null while it renews.</summary>
    public int? CancelledOn { get; init; }

    /// <summary>Newest last.</summary>
    public ImmutableArray<VipPayment> Payments { get; init; } = [];

    /// <summary>What perks were worth, less what came back; and what was paid, less refunds. Minor units, since the membership began.</summary>
    public long Saved { get; init; }

    public long Paid { get; init; }

    public bool IsEntitled(DateOnly day) => day.DayNumber < PaidUntil || (CancelledOn is null && day.DayNumber < GraceUntil);

    /// <summary>Running, in the grace of a missing payment, cancelled but paid for, or over.</summary>
    public VipStatus StatusOn(DateOnly day) =>
        !IsEntitled(day) ? VipStatus.Ended
        : CancelledOn is not null ? VipStatus.Cancelled
        : day.DayNumber >= PaidUntil ? VipStatus.Grace
        : VipStatus.Active;
}
