using System.Collections.Immutable;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>The season that is played, in memory: who sits where. The season after it only counts until its groups are drawn.</summary>
internal sealed class LeaguePlay
{
    private readonly Dictionary<Guid, LeagueSeat> _seats = [];
    private readonly Dictionary<(int Division, int Group), List<Guid>> _groups = [];

    public int Count => _seats.Count;

    public IEnumerable<LeagueSeat> Seats => _seats.Values;

    public LeagueSeat? SeatOf(Guid member) => _seats.TryGetValue(member, out var seat) ? seat : null;

    public IReadOnlyList<Guid> MembersOf(LeagueSeat seat) => _groups[(seat.Division, seat.Group)];

    public void Add(IEnumerable<LeagueSeat> seats)
    {
        foreach (var seat in seats)
        {
            if (!_seats.TryAdd(seat.Member, seat)) continue;
            if (!_groups.TryGetValue((seat.Division, seat.Group), out var group)) _groups[(seat.Division, seat.Group)] = group = [];
            group.Add(seat.Member);
        }
    }

    public void Clear()
    {
        _seats.Clear();
        _groups.Clear();
    }

    /// <summary>How a settled season ended, as its member is told: no rank in the lower half of its group.</summary>
    public static Dictionary<Guid, LeagueResult> Results(string season, IEnumerable<LeagueLine> lines)
    {
        var results = new Dictionary<Guid, LeagueResult>();
        foreach (var group in lines.GroupBy(line => (line.Division, line.Group)))
        {
            var seen = group.Where(line => !line.Hidden).ToArray();
            for (var at = 0; at < seen.Length; at++) results[seen[at].Member] = new(season, seen[at].Division, at < (seen.Length + 1) / 2 ? seen[at].Rank : null, seen[at].Move);
            foreach (var line in group.Where(line => line.Hidden)) results[line.Member] = new(season, line.Division, null, line.Move);
        }

        return results;
    }
}
