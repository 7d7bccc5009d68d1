using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Api;

internal sealed record SeasonMessage(int Number, string Name, DateTimeOffset Opens, DateTimeOffset Closes, DateTimeOffset Settles, DateTimeOffset? Draws, int Players)
{
    public static SeasonMessage? Of(LeagueSeasonView? season) =>
        season is null ? null : new(season.Number, season.Name, season.Opens, season.Closes, season.Settles, season.Draws, season.Players);
}

internal sealed record SettledMessage(int Number, string Name, string Hash, int Rows);

/// <summary>One place of the own group: a public id, never a surrogate. <see cref="Rank"/> is null in the lower half.</summary>
internal sealed record PlaceMessage(string? Id, string Name, int? Rank, long Effort, bool GoesUp, bool IsOwn);

internal sealed record ResultMessage(string Season, Wording Division, int? Rank, string Move);

/// <summary>Where the calling member stands.</summary>
internal sealed record OwnLeagueMessage(
    bool Joined, bool Hidden, Wording? Division, int GroupSize, long Effort, long? ToBeShown, ImmutableArray<PlaceMessage> Places, ResultMessage? Last)
{
    public static OwnLeagueMessage Of(LeagueStanding standing, LeagueRules rules, Func<MemberId, MemberName> nameOf) => new(
        standing.HasJoined,
        standing.IsHidden,
        standing.Division is { } division ? Named(rules, division) : null,
        standing.GroupSize,
        standing.Effort,
        standing.ToBeShown,
        [.. standing.Rows.Select(row => new PlaceMessage(nameOf(row.Member).PublicId, nameOf(row.Member).Name, row.Rank, row.Effort, row.GoesUp, row.IsOwn))],
        standing.Last is { } last ? new(last.Season, Named(rules, last.Division), last.Rank, last.Move switch { LeagueMove.Up => "up", LeagueMove.Down => "down", _ => "stays" }) : null);

    private static Wording Named(LeagueRules rules, int division) => rules.Divisions[Math.Clamp(division, 0, rules.Divisions.Length - 1)];
}

/// <summary>A league as JSON: the same in an answer and in a live message.</summary>
internal sealed record LeagueMessage(
    string League, Wording Name, Sentence Words, ImmutableArray<Wording> Divisions, int Promoted, SeasonMessage? Season, ImmutableArray<SettledMessage> Settled, OwnLeagueMessage? Own)
{
    public static LeagueMessage Of(LeagueView view, OwnLeagueMessage? own) => new(
        view.Rules.Id,
        view.Rules.Name,
        view.Words,
        view.Rules.Divisions,
        view.Rules.Promoted,
        SeasonMessage.Of(view.Season),
        [.. view.Settled.Select(one => new SettledMessage(one.Number, one.Name, one.Hash, one.Rows))],
        own);
}

internal sealed record LeaguesMessage(ImmutableArray<LeagueMessage> Leagues);
