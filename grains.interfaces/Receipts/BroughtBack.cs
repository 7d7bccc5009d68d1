namespace Gamification;

/// <summary>
/// Goods or money of one stock code that have come back since the sale, as positive amounts: money in minor units, net as the programme counts it.
/// Money that came back for no goods has the empty stock code.
/// </summary>
[GenerateSerializer, Immutable, Alias("brought-back")]
public readonly record struct BroughtBack([property: Id(0)] string Sku, [property: Id(1)] decimal Quantity, [property: Id(2)] long Spend);
