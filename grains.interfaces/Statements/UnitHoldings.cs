using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Statements;

/// <summary>What a member has of one unit, down to the lots: where each came from, when it can be spent and until when.</summary>
[GenerateSerializer, Immutable, Alias("unit-holdings")]
public sealed record UnitHoldings
{
    public const int LotsMax = 1_000;

    [Id(0)] public required PurseView Purse { get; init; }

    /// <summary>In the order in which they are spent; the first <see cref="LotsMax"/>.</summary>
    [Id(1)] public ImmutableArray<LotView> Lots { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How many lots are not listed.</summary>
    [Id(2)] public int MoreLots { get; init; }

    /// <summary>What expires at the end of which day unless it is spent or prolonged, earliest first; at most <see cref="LotsMax"/> days.</summary>
    [Id(3)] public ImmutableArray<ExpiryNotice> Expiries { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>When what is pending comes, earliest first; at most <see cref="LotsMax"/>.</summary>
    [Id(4)] public ImmutableArray<Arrival> Arrivals { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>In the order in which they are paid.</summary>
    [Id(5)] public ImmutableArray<DebtView> Debts { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>"These 120 points came from 3 receipts"; null when there is nothing to spend, or nobody can tell.</summary>
    [Id(6)] public Sentence? Origin { get; init; }
}

/// <summary>What is left of one earning.</summary>
/// <param name="Source">The receipt, post or grant; empty in a pooled unit.</param>
/// <param name="Amount">What is left, above zero.</param>
/// <param name="Initial">The most that it held.</param>
/// <param name="IsPending">Whether it cannot be spent yet.</param>
/// <param name="AvailableAt">From when it can be; null when it can be now, and for what waits for an action.</param>
/// <param name="ExpiresOn">The last day on which it can be spent, in the programme's zone; null when it never expires.</param>
[GenerateSerializer, Immutable, Alias("lot-view")]
public sealed record LotView(
    [property: Id(0)] string Source,
    [property: Id(1)] long Amount,
    [property: Id(2)] long Initial,
    [property: Id(3)] DateTimeOffset EarnedAt,
    [property: Id(4)] bool IsPending,
    [property: Id(5)] DateTimeOffset? AvailableAt,
    [property: Id(6)] DateOnly? ExpiresOn);

/// <summary>Pending points that can be spent from an instant on; null for those that wait for an action.</summary>
[GenerateSerializer, Immutable, Alias("arrival")]
public sealed record Arrival([property: Id(0)] long Amount, [property: Id(1)] DateTimeOffset? At);

/// <summary>What a return left owing, why, and when it is let go at the latest.</summary>
/// <param name="Cause">The return.</param>
[GenerateSerializer, Immutable, Alias("debt-view")]
public sealed record DebtView([property: Id(0)] string Cause, [property: Id(1)] long Amount, [property: Id(2)] DateOnly ForgivenOn, [property: Id(3)] Sentence Text);
