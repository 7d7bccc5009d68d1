using System.Collections.Immutable;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>A group of the season that is played, as one member of it is shown it.</summary>
/// <param name="season">Which.</param>
/// <param name="seat">The viewer's.</param>
/// <param name="others">Of the group, as far as they are seen.</param>
/// <param name="effortOf">By the season's rules.</param>
/// <param name="seed">Of the season.</param>
internal sealed class LeagueGroup(LeagueSeason season, LeagueSeat seat, Guid[] others, Func<Guid, (long Effort, long ReachedAt)> effortOf, string seed)
{
    /// <summary>The upper half and the viewer itself; for who is hidden, others' places as if it were not there, and its own where it would stand.</summary>
    public LeagueStanding Shown(LeagueStanding standing)
    {
        var withItself = Places([.. others, seat.Member]);
        var shown = LeagueTable.ShownTo(seat.Member, standing.IsHidden ? Places(others) : withItself).Select(one => Row(one.Place, one.ShowsRank)).ToList();
        if (standing.IsHidden)
        {
            var own = withItself.IndexOf(withItself.First(place => place.Member == seat.Member));
            shown.Add(Row(withItself[own], own < (withItself.Length + 1) / 2) with { GoesUp = false });
        }

        var last = shown.LastOrDefault(row => row is { Rank: not null, IsOwn: false });
        return standing with
        {
            Division = seat.Division,
            GroupSize = withItself.Length,
            Rows = [.. shown],
            ToBeShown = shown.Any(row => row is { IsOwn: true, Rank: null }) && last is not null ? last.Effort - standing.Effort + 1 : null,
        };
    }

    private LeagueRow Row(LeaguePlace place, bool showsRank) => new(new(place.Member), showsRank ? place.Rank : null, place.Effort, place.Move == LeagueMove.Up, place.Member == seat.Member);

    private ImmutableArray<LeaguePlace> Places(Guid[] members) =>
        LeagueTable.Of(season.Rules, seat.Division, members.Select(member => effortOf(member) is var (effort, at) ? new LeagueEffort(member, effort, at) : default), seed);
}
