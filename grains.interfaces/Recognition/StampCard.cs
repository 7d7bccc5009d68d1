using Gamification.Programmes.Earning;

namespace Gamification.Recognition;

/// <summary>How long a stamp is valid: through the end of a local day.</summary>
public enum StampExpiry
{
    Never,
    Days,
    Months,

    /// <summary>Every stamp stays while the last one is so young.</summary>
    RollingDays,
    RollingMonths,
}

/// <summary>What a return does to a card that its stamps had filled.</summary>
public enum StampReturn
{
    /// <summary>The stamps go from what is on the card; a full card was earned for good. The default.</summary>
    FromCard,

    /// <summary>Too few are left on the card: the newest gift that was not used is taken back, and its stamps return to the card first.</summary>
    Reopen,
}

/// <summary>
/// So many stamps bring a gift (spec A7). Stamps are a unit of the member's ledger, brought by earning rules (<c>stamps</c>, with this id as the
/// card); several cards run side by side, one a product family.
/// </summary>
[GenerateSerializer, Immutable, Alias("stamp-card")]
public sealed record StampCard
{
    /// <summary>Also the ledger's family: lower-case letters, digits and hyphens, 32 at most.</summary>
    [Id(0), Slug, Bounds(1, 32)] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    [Id(2), Bounds(2, 1_000)] public required int Stamps { get; init; }

    [Id(3)] public required Gift Gift { get; init; }

    /// <summary>A full card is followed by the next; otherwise a member fills one and no more.</summary>
    [Id(4)] public bool AutoRenew { get; init; } = true;

    [Id(5)] public StampExpiry Expiry { get; init; }

    /// <summary>Days or months of <see cref="Expiry"/>.</summary>
    [Id(6), Bounds(1, 3_650)] public int? ExpiresAfter { get; init; }

    [Id(7)] public StampReturn OnReturn { get; init; }
}
