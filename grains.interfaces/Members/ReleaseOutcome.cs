using System.Collections.Immutable;

namespace Gamification.Members;

/// <summary>What returns have left of a sale: net spend in minor units, and the goods that did not come back.</summary>
[GenerateSerializer, Immutable, Alias("sale-left")]
public sealed record SaleLeft([property: Id(0)] long Spend, [property: Id(1)] ImmutableArray<SkuQuantity> Skus)
{
    /// <summary>What came back, by stock code. Null when nothing is known of it but the money.</summary>
    [Id(2)] public ImmutableArray<BroughtBack>? Back { get; init; }
}

/// <summary>A till's answer to a claim: the sale, handed over to this member for good, or why not.</summary>
[GenerateSerializer, Immutable, Alias("release-outcome")]
public abstract record ReleaseOutcome
{
    /// <summary><paramref name="Left"/> is what was left when it was handed over: asking again says the same.</summary>
    [GenerateSerializer, Immutable, Alias("release-outcome.released")]
    public sealed record Released([property: Id(0)] Receipt Sale, [property: Id(1)] SaleLeft Left) : ReleaseOutcome;

    [GenerateSerializer, Immutable, Alias("release-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ReleaseOutcome;
}
