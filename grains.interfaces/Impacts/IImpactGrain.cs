using System.Collections.Immutable;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Impacts;

/// <summary>A version of a factor that is in a figure, and where it comes from: shown wherever the figure is.</summary>
[GenerateSerializer, Immutable, Alias("impact-cited")]
public sealed record CitedFactor(
    [property: Id(0)] string Factor, [property: Id(1)] int Version, [property: Id(2)] ImpactSource Source, [property: Id(3)] Sentence Words);

/// <summary>Where a counter stands, in thousandths of its unit, rounded down: nothing is claimed that was not reached. Without a cited factor it is 0.</summary>
[GenerateSerializer, Immutable, Alias("impact-figure")]
public sealed record ImpactFigure([property: Id(0)] ImpactCounter Counter, [property: Id(1)] long Thousandths, [property: Id(2)] ImmutableArray<CitedFactor> Sources)
{
    /// <summary>It is about fewer people than the programme tells of (<see cref="Programmes.ProgrammeSettings.PeopleMin"/>): neither figure nor sources are given.</summary>
    [Id(3)] public bool IsWithheld { get; init; }
}

/// <summary>A counter of the whole community before and after a correction, in thousandths of its unit.</summary>
[GenerateSerializer, Immutable, Alias("impact-restated")]
public sealed record RestatedCounter([property: Id(0)] string Counter, [property: Id(1)] long Before, [property: Id(2)] long After);

/// <summary>Why something was restated: a version of a factor that came with it, and what its authors say.</summary>
[GenerateSerializer, Immutable, Alias("impact-correction")]
public sealed record FactorCorrection([property: Id(0)] string Factor, [property: Id(1)] int Version, [property: Id(2)] Wording? Why, [property: Id(3)] ImpactSource Source);

/// <summary>What a published version of the factors changed of what had been counted. Durable, and never taken back.</summary>
[GenerateSerializer, Immutable, Alias("impact-restatement")]
public sealed record ImpactRestatement
{
    /// <summary>The number of the published version.</summary>
    [Id(0)] public required int Edition { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>Only counters that moved.</summary>
    [Id(2)] public required ImmutableArray<RestatedCounter> Counters { get; init; }

    [Id(3)] public required ImmutableArray<FactorCorrection> Corrections { get; init; }
}

/// <summary>Impact counters of a member, a store or the community, with everything that must be shown beside them.</summary>
[GenerateSerializer, Immutable, Alias("impact-view")]
public sealed record ImpactView
{
    /// <summary>The published version that they are told by; 0 as long as there is none.</summary>
    [Id(0)] public int Edition { get; init; }

    /// <summary>In the order of the document.</summary>
    [Id(1)] public ImmutableArray<ImpactFigure> Figures { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>A newer version that is being counted: until it has, everything is told by <see cref="Edition"/>. Null for none.</summary>
    [Id(2)] public int? Restating { get; init; }

    /// <summary>How far that has come, in per cent.</summary>
    [Id(3)] public int RestatedPercent { get; init; }

    /// <summary>The newest first, three at most: <see cref="IImpactGrain.Restatements"/> has all.</summary>
    [Id(4)] public ImmutableArray<ImpactRestatement> Restatements { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>
/// A programme's impact counters (spec F7): what members' deeds come to by its factors. The key is the programme's id. Counted from the journal a moment after
/// it is durable; what comes back is taken back exactly. Told by one published version of the factors as a whole.
/// </summary>
[Alias("impact")]
public interface IImpactGrain : IGrainWithStringKey
{
    /// <param name="store">Null for the whole community: deeds in no store too.</param>
    [Alias("view")]
    Task<ImpactView> View(string? store);

    [Alias("of")]
    Task<ImpactView> Of(MemberId member);

    /// <summary>The published version of the factors by which everything is told; 0 as long as there is none.</summary>
    [Alias("edition")]
    Task<int> Edition();

    /// <summary>Newest first.</summary>
    [Alias("restatements")]
    Task<ImmutableArray<ImpactRestatement>> Restatements(int skip, int limit);

    /// <summary>Counts what was committed since, and restates what a newer version of the factors calls for; true when there is more to do at once.</summary>
    [Alias("count-on")]
    Task<bool> CountOn();
}
