using System.Collections.Immutable;
using Gamification.Leagues;

namespace Gamification.Rules.Leagues;

/// <summary>A member's effort in a group.</summary>
public readonly record struct LeagueEffort(Guid Member, long Effort, long ReachedAt);

/// <summary>A place in a group; ranks are shared: 1-2-2-4.</summary>
public readonly record struct LeaguePlace(Guid Member, int Rank, long Effort, long ReachedAt, LeagueMove Move);

/// <summary>
/// One group of a league: its order (effort, then the earlier to reach it, then a lot that the period draws), who goes up and down, and what of it is shown.
/// </summary>
public static class LeagueTable
{
    /// <param name="rules">Of the league.</param>
    /// <param name="division">Of the group.</param>
    /// <param name="efforts">Each member of the group once.</param>
    /// <param name="seed">Of the period.</param>
    public static ImmutableArray<LeaguePlace> Of(LeagueRules rules, int division, IEnumerable<LeagueEffort> efforts, string seed)
    {
        var inOrder = efforts.OrderByDescending(one => one.Effort).ThenBy(one => one.ReachedAt).ThenBy(one => Grouping.LotOf(seed, one.Member)).ThenBy(one => one.Member).ToArray();
        var places = ImmutableArray.CreateBuilder<LeaguePlace>(inOrder.Length);

        // A small group sends fewer, so that going up and down never meet.
        var (up, down) = (Math.Min(rules.Promoted, inOrder.Length / 2), Math.Min(rules.Relegated, inOrder.Length / 2));
        for (var at = 0; at < inOrder.Length; at++)
        {
            var one = inOrder[at];
            var rank = at > 0 && inOrder[at - 1].Effort == one.Effort ? places[at - 1].Rank : at + 1;
            var goesUp = at < up && one.Effort > 0 && division < rules.Divisions.Length - 1;
            var goesDown = at >= inOrder.Length - down && division > 0 && (one.Effort == 0 || !rules.KeepsEffort);
            places.Add(new(one.Member, rank, one.Effort, one.ReachedAt, goesUp ? LeagueMove.Up : goesDown ? LeagueMove.Down : LeagueMove.Stays));
        }

        return places.MoveToImmutable();
    }

    /// <summary>
    /// What a member of the group is shown: the upper half, rounded up, and itself; of the others neither place nor name (spec G6). Its own rank only
    /// when that is in the upper half.
    /// </summary>
    public static ImmutableArray<(LeaguePlace Place, bool ShowsRank)> ShownTo(Guid viewer, ImmutableArray<LeaguePlace> places)
    {
        var upper = (places.Length + 1) / 2;
        return [.. places.Select((place, at) => (place, ShowsRank: at < upper)).Where(one => one.ShowsRank || one.place.Member == viewer)];
    }

    /// <summary>The division of the next period.</summary>
    public static int NextDivision(LeagueRules rules, int division, LeagueMove move) =>
        Math.Clamp(division + (move switch { LeagueMove.Up => 1, LeagueMove.Down => -1, _ => 0 }), 0, rules.Divisions.Length - 1);
}
