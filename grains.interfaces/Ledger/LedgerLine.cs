using System.Collections.Immutable;

namespace Gamification.Ledger;

/// <summary>Which earning an amount came from ("these 120 points came from 3 receipts"). Lines of one posting name a source once for each lot.</summary>
/// <param name="Source">The receipt, post or grant that it was earned with; empty when the unit is pooled.</param>
/// <param name="ExpiresOn">The last valid day in the programme's zone; null when it never expires, or as the last activity says.</param>
[GenerateSerializer, Immutable, Alias("lot-trace")]
public readonly record struct LotTrace(
    [property: Id(0)] string Source,
    [property: Id(1)] long Amount,
    [property: Id(2)] DateTimeOffset EarnedAt,
    [property: Id(3)] DateOnly? ExpiresOn)
{
    /// <summary>From when it can be spent; null when it can be, where it now is, or waits for an action.</summary>
    [Id(4)] public DateTimeOffset? AvailableAt { get; init; }

    /// <summary>The kind of event that makes it spendable, as rules name it, e.g. <c>sale</c>; null when it waits for none.</summary>
    [Id(5)] public string? WaitsFor { get; init; }
}

/// <summary>One posting as its owner or an operator reads it. <see cref="Amount"/> leaves <see cref="From"/> and enters <see cref="To"/>.</summary>
[GenerateSerializer, Immutable, Alias("ledger-line")]
public sealed record LedgerLine
{
    [Id(0)] public required Unit Unit { get; init; }

    [Id(1)] public required PostingKind Kind { get; init; }

    [Id(2)] public required LedgerAccount From { get; init; }

    [Id(3)] public required LedgerAccount To { get; init; }

    /// <summary>Above zero; zero only when validity alone changed.</summary>
    [Id(4)] public required long Amount { get; init; }

    /// <summary>On the business clock. An expiry carries the end of the last valid day, whenever it was noticed.</summary>
    [Id(5)] public required DateTimeOffset At { get; init; }

    /// <summary>Empty when the posting moves debt only.</summary>
    [Id(6)] public ImmutableArray<LotTrace> Lots { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What it was for: the redemption, the return, the merge.</summary>
    [Id(7)] public string? Cause { get; init; }

    /// <summary>The sale that a return takes back.</summary>
    [Id(8)] public string? Source { get; init; }

    /// <summary>A code of the programme, and who said so. Set on every grant and correction.</summary>
    [Id(9)] public string? Reason { get; init; }

    [Id(10)] public string? By { get; init; }

    /// <summary>The rule version that awarded it.</summary>
    [Id(11)] public string? Rule { get; init; }
}
