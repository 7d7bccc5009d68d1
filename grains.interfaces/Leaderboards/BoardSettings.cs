using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>A range of business dates under a name, [<see cref="From"/>, <see cref="To"/>).</summary>
[GenerateSerializer, Immutable, Alias("season")]
public sealed record Season
{
    /// <summary>Lower-case letters, digits and hyphens, 32 at most.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required DateOnly From { get; init; }

    /// <summary>The first date that no longer counts.</summary>
    [Id(2)] public required DateOnly To { get; init; }

    [Id(3)] public required string NameFr { get; init; }

    [Id(4)] public required string NameNl { get; init; }

    [Id(5)] public required string NameEn { get; init; }
}

/// <summary>What boards a programme has besides those of points and sales for each day, ISO week, month and all time.</summary>
[GenerateSerializer, Immutable, Alias("board-settings")]
public sealed record BoardSettings
{
    public const int SeasonsMax = 60;
    public const int MeasuresMax = 32;

    /// <summary>Whether members are ranked by what they spent. Off unless a programme insists: such boards shame (spec G6).</summary>
    [Id(0)] public bool Spend { get; init; }

    /// <summary>How ranks are counted where a question does not say.</summary>
    [Id(1)] public TiePolicy Ties { get; init; }

    /// <summary>They may overlap; the current one is the one that began last.</summary>
    [Id(2)] public ImmutableArray<Season> Seasons { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3)] public ImmutableArray<BoardMeasure> Measures { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How long after a window's end what belongs in it still counts for its settled board (spec §4): 0 to 720, and at least the longest outage of a till.</summary>
    [Id(4)] public int GraceHours { get; init; } = 72;

    public bool Has(BoardMetricName metric) => metric.Metric switch
    {
        BoardMetric.Spend => Spend,
        BoardMetric.Measure => MeasureOf(metric.Measure) is not null,
        _ => true,
    };

    public BoardMeasure? MeasureOf(string? code) => Measures.FirstOrDefault(measure => measure.Code == code);

    public Season? SeasonOf(string id) => Seasons.FirstOrDefault(season => season.Id == id);

    /// <summary>The season that a date lies in; between seasons the last that ended, before all of them the first. Null without any.</summary>
    public Season? SeasonAt(DateOnly date) =>
        Seasons.Where(season => season.From <= date).OrderBy(season => date < season.To).ThenBy(season => season.From).LastOrDefault()
        ?? Seasons.MinBy(season => season.From);
}
