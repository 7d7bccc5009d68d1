using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Leagues;

/// <summary>Friendly groups of people who make about the same effort (spec G6), for one period after another.</summary>
[GenerateSerializer, Immutable, Alias("league-rules")]
public sealed record LeagueRules
{
    [Id(0), Slug] public required string Id { get; init; }

    [Id(1)] public required Wording Name { get; init; }

    /// <summary>Lowest first. Whoever begins, begins in the first.</summary>
    [Id(2), Bounds(1, 20)] public required ImmutableArray<Wording> Divisions { get; init; }

    /// <summary>How many are in a group, as nearly as members divide.</summary>
    [Id(3), Bounds(4, 100)] public int GroupSize { get; init; } = 30;

    /// <summary>How many of a group go one division up, and how many one down; nobody goes down who made an effort while <see cref="KeepsEffort"/>.</summary>
    [Id(4), Bounds(1, 50)] public int Promoted { get; init; } = 5;

    [Id(5), Bounds(0, 50)] public int Relegated { get; init; } = 5;

    /// <summary>Only who did nothing at all goes down. The default.</summary>
    [Id(6)] public bool KeepsEffort { get; init; } = true;

    /// <summary>What an event is worth. Sales are worth nothing unless they are named here: a league is no contest of purses.</summary>
    [Id(7), Bounds(1, 16)] public required ImmutableArray<EffortWeight> Efforts { get; init; }

    /// <summary>How long after its end a season waits for what happened in it: the groups of the next are drawn from its results. Name sales, and it should be what tills take.</summary>
    [Id(8), Bounds(0, 96)] public int GraceHours { get; init; } = 24;
}

/// <summary>A programme's leagues. A change of one holds from its next season on; one that is left out ends with the season it is in.</summary>
[GenerateSerializer, Immutable, Alias("league-list")]
public sealed record LeagueList
{
    [Id(0), Bounds(0, 10)] public ImmutableArray<LeagueRules> Leagues { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>What one event of a kind counts, and the most of it that counts on one business date.</summary>
[GenerateSerializer, Immutable, Alias("effort-weight")]
public sealed record EffortWeight([property: Id(0)] EarningEvent On, [property: Id(1), Bounds(1, 100)] int Weight, [property: Id(2), Bounds(1, 100)] int PerDay = 5);
