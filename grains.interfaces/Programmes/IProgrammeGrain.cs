using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;

namespace Gamification.Programmes;

/// <summary>What a basket would earn, decided by the same pure rule as the award (spec A9).</summary>
[GenerateSerializer, Immutable, Alias("receipt-preview")]
public sealed record ReceiptPreview(
    [property: Id(0)] long Points,
    [property: Id(1)] long NetSpend,
    [property: Id(2)] ImmutableArray<long> PointsByLine,
    [property: Id(3)] Refusal? Refusal)
{
    /// <summary>Which rules would bring its points. Empty in a programme without an earning document.</summary>
    [Id(4)] public ImmutableArray<AwardSentence> Why { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The greatest multiplier that would work on any line; 1 for none.</summary>
    [Id(5)] public decimal Multiplier { get; init; } = 1;
}

/// <summary>Sums over a programme or one store, exact up to the last acknowledged receipt.</summary>
[GenerateSerializer, Immutable, Alias("programme-totals")]
public sealed record ProgrammeTotals(
    [property: Id(0)] long Receipts,
    [property: Id(1)] long AnonymousReceipts,
    [property: Id(2)] long Members,
    [property: Id(3)] long Points,
    [property: Id(4)] long Spend);

/// <summary>A programme's settings and sums. Stateless: any number may run. The key is the programme's id.</summary>
[Alias("programme")]
public interface IProgrammeGrain : IGrainWithStringKey
{
    /// <summary>Null when this deployment has no such programme.</summary>
    [Alias("settings")]
    Task<ProgrammeSettings?> Settings();

    /// <summary>What somebody without any past would earn; for a member ask <see cref="Members.IMemberGrain.Preview"/>. Records nothing.</summary>
    [Alias("preview")]
    Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt);

    /// <summary>Sales that stand, members with any receipt, points: of all stores, or of one.</summary>
    [Alias("totals")]
    Task<ProgrammeTotals> Totals(string? store);

    /// <summary>The time that windows and ages are told by: the wall clock, or in a replay the newest event fed; null before the first.</summary>
    [Alias("business-time")]
    Task<DateTimeOffset?> BusinessTime();

    /// <summary>Whether there is a segment, team or tier of this name. Of regions the settings tell.</summary>
    [Alias("has-group")]
    Task<bool> HasGroup(BoardGroup group);
}
