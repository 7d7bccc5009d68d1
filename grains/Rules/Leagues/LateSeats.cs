using Gamification.Leagues;

namespace Gamification.Rules.Leagues;

/// <summary>
/// Where those sit who join after the draw: in their division's smallest group, among equals the first; when all are as large as they should be, a new group. A
/// function of the seats and of who comes, in whatever order they are named.
/// </summary>
public static class LateSeats
{
    public static List<LeagueSeat> Of(LeagueRules rules, IEnumerable<LeagueSeat> seated, IEnumerable<LeagueEntrant> late, string seed)
    {
        var sizes = new SortedDictionary<(int Division, int Group), int>();
        foreach (var seat in seated) sizes[(seat.Division, seat.Group)] = sizes.GetValueOrDefault((seat.Division, seat.Group)) + 1;
        var seats = new List<LeagueSeat>();
        foreach (var entrant in late.OrderBy(entrant => Grouping.LotOf(seed, entrant.Member)).ThenBy(entrant => entrant.Member))
        {
            var division = Math.Clamp(entrant.Division, 0, rules.Divisions.Length - 1);
            var groups = sizes.Where(group => group.Key.Division == division).ToArray();
            var group = groups.Length == 0 ? 0
                : groups.MinBy(one => (one.Value, one.Key.Group)) is var smallest && smallest.Value < rules.GroupSize ? smallest.Key.Group
                : groups.Max(one => one.Key.Group) + 1;
            sizes[(division, group)] = sizes.GetValueOrDefault((division, group)) + 1;
            seats.Add(new(entrant.Member, division, group));
        }

        return seats;
    }
}
