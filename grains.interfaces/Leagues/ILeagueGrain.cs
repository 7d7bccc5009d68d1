using System.Collections.Immutable;
using Gamification.Statements;

namespace Gamification.Leagues;

public enum LeagueMove
{
    Stays,
    Up,
    Down,
}

/// <summary>One period of a league: an ISO week of the programme's zone. Efforts count by their business dates in it, as far as they are known when it is settled.</summary>
[GenerateSerializer, Immutable, Alias("league-season")]
public sealed record LeagueSeasonView
{
    /// <summary>From 1.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary><c>2026-W49</c>.</summary>
    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required DateTimeOffset Opens { get; init; }

    [Id(3)] public required DateTimeOffset Closes { get; init; }

    /// <summary>When it is settled: what happened inside and becomes known until then counts.</summary>
    [Id(4)] public required DateTimeOffset Settles { get; init; }

    /// <summary>When its groups are drawn, which takes the results of the season before; null once they are.</summary>
    [Id(5)] public DateTimeOffset? Draws { get; init; }

    /// <summary>Members who have a place in a group.</summary>
    [Id(6)] public int Players { get; init; }
}

/// <summary>A season that is over: its standings never change.</summary>
[GenerateSerializer, Immutable, Alias("league-settled")]
public sealed record SettledSeason([property: Id(0)] int Number, [property: Id(1)] string Name, [property: Id(2)] string Hash, [property: Id(3)] int Rows);

[GenerateSerializer, Immutable, Alias("league-view")]
public sealed record LeagueView
{
    [Id(0)] public required LeagueRules Rules { get; init; }

    /// <summary>The season of now; null before the first begins.</summary>
    [Id(1)] public LeagueSeasonView? Season { get; init; }

    /// <summary>Newest first, 20 at most.</summary>
    [Id(2)] public ImmutableArray<SettledSeason> Settled { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The whole of its rules in a sentence.</summary>
    [Id(3)] public required Sentence Words { get; init; }
}

/// <summary>One place of a group as it is shown; in the lower half that is the viewer's own alone, without a rank (spec G6).</summary>
[GenerateSerializer, Immutable, Alias("league-row")]
public sealed record LeagueRow([property: Id(0)] MemberId Member, [property: Id(1)] int? Rank, [property: Id(2)] long Effort, [property: Id(3)] bool GoesUp, [property: Id(4)] bool IsOwn);

/// <summary>How the last season ended for a member. No rank in the lower half.</summary>
[GenerateSerializer, Immutable, Alias("league-result")]
public sealed record LeagueResult([property: Id(0)] string Season, [property: Id(1)] int Division, [property: Id(2)] int? Rank, [property: Id(3)] LeagueMove Move);

/// <summary>Where one member stands, and whom it may see.</summary>
[GenerateSerializer, Immutable, Alias("league-standing")]
public sealed record LeagueStanding
{
    [Id(0)] public bool HasJoined { get; init; }

    /// <summary>By its own wish nobody sees it, and it is neither ranked nor moved: its rank is where it would stand.</summary>
    [Id(1)] public bool IsHidden { get; init; }

    /// <summary>From 0, the lowest. Null as long as it has no group.</summary>
    [Id(2)] public int? Division { get; init; }

    /// <summary>How many are in its group.</summary>
    [Id(3)] public int GroupSize { get; init; }

    [Id(4)] public long Effort { get; init; }

    /// <summary>The upper half, best first, and the member itself at the end when it is not in it.</summary>
    [Id(5)] public ImmutableArray<LeagueRow> Rows { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What it takes to be among those shown; null for who is.</summary>
    [Id(6)] public long? ToBeShown { get; init; }

    [Id(7)] public LeagueResult? Last { get; init; }
}

/// <summary>
/// A league (spec G6): season after season in groups of about 30 by effort. The key is <c>programme/league</c>. Efforts are counted from the journal; seats, and what a season came to,
/// are durable before anybody is told.
/// </summary>
[Alias("league")]
public interface ILeagueGrain : IGrainWithStringKey
{
    /// <summary>Null when the programme has no such league, and in the first seconds of one that was just published.</summary>
    [Alias("view")]
    Task<LeagueView?> View();

    [Alias("of")]
    Task<LeagueStanding> Of(MemberId member);

    /// <summary>Does what is due, also what became due while nothing ran: seasons settle and begin, groups are drawn, who joined late is seated.</summary>
    [Alias("due")]
    Task Due();

    /// <summary>What a settled season is certified by; null before.</summary>
    [Alias("certificate")]
    Task<string?> Certificate(int season);

    /// <summary>The standings as they were settled, in chunks of 4,096 lines; null for none.</summary>
    [Alias("standings")]
    Task<ReadOnlyMemory<byte>?> Standings(int season, int chunk);
}

/// <summary>Which leagues a programme has, those too that end with the season they are in. Stateless; the key is the programme's id.</summary>
[Alias("leagues")]
public interface ILeaguesGrain : IGrainWithStringKey
{
    [Alias("ids")]
    Task<ImmutableArray<string>> Ids();
}

public static class LeagueNames
{
    /// <summary>What a member's participation calls a league: no challenge is called that.</summary>
    public static string PartOf(string league) => $"league.{league}";
}
