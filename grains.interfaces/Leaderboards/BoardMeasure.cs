using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Leaderboards;

/// <summary>How what stands of a measure in a window becomes one score (spec G4).</summary>
public enum Aggregator
{
    /// <summary>They are added.</summary>
    Sum,

    /// <summary>The greatest that still stands.</summary>
    Best,

    /// <summary>The one that occurred last of those that still stand.</summary>
    Latest,

    /// <summary>How many different things stand: products, stores, recipes. A thing counts once in a window.</summary>
    Distinct,
}

/// <summary>What a measure takes of what happens.</summary>
public enum MeasureOf
{
    /// <summary>1 for each event of the kinds named, as long as it stands: a sale until all of it has come back, a post until it is removed. The default.</summary>
    Events,

    /// <summary>The points that events of the kinds named brought, less what was taken back.</summary>
    Points,

    /// <summary>Whole pieces of the goods that stay out.</summary>
    Goods,

    /// <summary>Net money for the goods that stay out, in minor units. Only where the programme ranks by spend.</summary>
    Spend,

    /// <summary>1 for each badge, or each level of one, that stands; on the date of its award.</summary>
    Badges,

    /// <summary>The length of a run of a streak, on the first day of the last period that it reaches.</summary>
    Streak,

    /// <summary>
    /// What the programme's impact factors make of it for one counter, in thousandths of the counter's unit (spec F7). A corrected factor restates the boards that are not
    /// settled; a settled one stays as the factors of then had it.
    /// </summary>
    Impact,
}

/// <summary>What a measure that counts different things tells apart.</summary>
public enum MeasureThing
{
    /// <summary>What an event is about: a recipe, a product that was reviewed. An event about nothing is not counted.</summary>
    Subject,

    /// <summary>What an event was done to.</summary>
    Target,

    Store,

    /// <summary>Business dates.</summary>
    Day,

    Sku,

    Category,
}

/// <summary>
/// Something that boards of a programme can count besides points, sales and spend. It counts what is recorded from then on; a rebuild of the
/// projections counts all of history.
/// </summary>
[GenerateSerializer, Immutable, Alias("board-measure")]
public sealed record BoardMeasure
{
    public const int EventsMax = 16;

    /// <summary>A lower-case letter, then letters, digits and hyphens, 32 at most; not <c>points</c>, <c>receipts</c> or <c>spend</c>.</summary>
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public Aggregator Aggregator { get; init; }

    [Id(2)] public required string NameFr { get; init; }

    [Id(3)] public required string NameNl { get; init; }

    [Id(4)] public required string NameEn { get; init; }

    [Id(5)] public MeasureOf Of { get; init; }

    /// <summary>Of events and points: the kinds that count, at least one. Goods and money are those of sales.</summary>
    [Id(6)] public ImmutableArray<EarningEvent> On { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Which goods of a sale count; null for all. A sale without any does not count as an event either.</summary>
    [Id(7)] public Goods? Goods { get; init; }

    /// <summary>A badge's or a streak's id in the recognition document, or a counter's in the impact factors. Null for every badge.</summary>
    [Id(8)] public string? Named { get; init; }

    /// <summary>Asked of <see cref="Aggregator.Distinct"/> alone.</summary>
    [Id(9)] public MeasureThing Thing { get; init; }
}
