using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Rules.Challenges;

namespace Gamification.Rules.Leagues;

/// <summary>Facts of a league, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record LeagueEntry
{
    /// <summary>The league was first heard of: who joins and what is done is read from these positions of the journal on.</summary>
    public sealed record Founded(ImmutableArray<Position> From, long At) : LeagueEntry
    {
        public const string Type = "league.founded";
    }

    /// <summary>A season begins, and is played by these rules whatever becomes of the document.</summary>
    public sealed record Begun(LeagueSeason Season, long At) : LeagueEntry
    {
        public const string Type = "league.begun";
    }

    /// <summary>A chunk of seats, which lies in the archive, holds; the first are the draw.</summary>
    /// <param name="Season">Its number.</param>
    /// <param name="Sha256">Of the chunk; null for a draw among nobody.</param>
    /// <param name="At">When.</param>
    public sealed record Seated(int Season, string? Sha256, long At) : LeagueEntry
    {
        public const string Type = "league.seated";
    }

    /// <summary>A season is over: its standings lie in the archive and never change.</summary>
    /// <param name="Season">Its number.</param>
    /// <param name="Hash">SHA-256 of its certificate.</param>
    /// <param name="Standings">SHA-256 of its standings.</param>
    /// <param name="Rows">How many lines they have.</param>
    /// <param name="At">When.</param>
    public sealed record Settled(int Season, string Hash, string Standings, int Rows, long At) : LeagueEntry
    {
        public const string Type = "league.settled";
    }
}

/// <summary>One season: business dates in [<see cref="From"/>, <see cref="Until"/>). Instants are Unix milliseconds.</summary>
public sealed record LeagueSeason
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    public required long Opens { get; init; }

    public required long Closes { get; init; }

    public required long Settles { get; init; }

    public required LeagueRules Rules { get; init; }

    /// <summary>Of its chunks of seats, in order.</summary>
    public ImmutableArray<string> Seats { get => field.IsDefault ? [] : field; init; } = [];

    public bool IsDrawn { get; init; }

    /// <summary>What lots are drawn by in it.</summary>
    public string SeedIn(string programme, string league) => $"{programme}/{league}/{Name}";
}

/// <summary>A settled season, by the hashes under which the archive has it.</summary>
public sealed record SettledLeague(int Number, string Name, string Hash, string Standings, int Rows);

/// <summary>A league: a fold over its entries, and its snapshot.</summary>
public sealed record League
{
    private const int SettledMax = 520;

    public static League Empty { get; } = new();

    public bool IsFounded { get; init; }

    public ImmutableArray<Position> From { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Oldest first: the one that waits for what is late, and the one of now.</summary>
    public ImmutableArray<LeagueSeason> Open { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableArray<SettledLeague> Settled { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The first date after all seasons that ever began.</summary>
    public DateOnly Until { get; init; }

    public int Seasons { get; init; }

    public League Apply(LeagueEntry entry) => entry switch
    {
        LeagueEntry.Founded founded => this with { IsFounded = true, From = founded.From },
        LeagueEntry.Begun { Season: var season } => this with { Open = Open.Add(season), Seasons = season.Number, Until = season.Until },
        LeagueEntry.Seated seated => this with
        {
            Open = [.. Open.Select(season => season.Number != seated.Season ? season : season with { IsDrawn = true, Seats = seated.Sha256 is { } hash ? season.Seats.Add(hash) : season.Seats })],
        },
        LeagueEntry.Settled settled => this with
        {
            Open = [.. Open.Where(season => season.Number != settled.Season)],
            Settled = [.. Settled.Skip(Settled.Length - SettledMax + 1), new(settled.Season, Open.First(season => season.Number == settled.Season).Name, settled.Hash, settled.Standings, settled.Rows)],
        },
        _ => this,
    };

    public ImmutableArray<LeagueEntry> Found(ImmutableArray<Position> from, long at) => IsFounded ? [] : [new LeagueEntry.Founded(from, at)];

    /// <summary>A season begins once, and after all that began before: a week in which nothing ran is not played.</summary>
    public ImmutableArray<LeagueEntry> Begin(LeagueSeason season, long at) =>
        !IsFounded || season.From < Until || season.Number != Seasons + 1 ? [] : [new LeagueEntry.Begun(season, at)];

    /// <summary>Seats follow those that hold, in the season that is played: groups are drawn when all seasons before are settled.</summary>
    public ImmutableArray<LeagueEntry> Seat(int season, int chunk, string? sha256, long at) =>
        Open is [var playing, ..] && playing.Number == season && playing.Seats.Length == chunk && (sha256 is not null || !playing.IsDrawn) ? [new LeagueEntry.Seated(season, sha256, at)] : [];

    public ImmutableArray<LeagueEntry> Settle(int season, string hash, string standings, int rows, long at) =>
        Open is [var first, ..] && first.Number == season && at >= first.Settles ? [new LeagueEntry.Settled(season, hash, standings, rows, at)] : [];
}
