using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>Teams or stores by what their members brought. Equal scores share a rank; the earlier to reach it comes first, then the one named first.</summary>
internal static class GroupStandings
{
    public static ImmutableArray<GroupRow> Of(Contest contest, ReadOnlySpan<FrozenRow> rows)
    {
        if (contest is not (InTeams or StoreAgainstStore)) return [];
        var totals = new GroupTotals(contest);
        foreach (ref readonly var row in rows) totals.Add(row.Group, row.Score, row.ReachedAt, 1);
        return totals.Standings();
    }
}

/// <summary>
/// Running totals of groups, to which members' contributions are added and from which they are taken. Exact: a contribution is taken as it was added.
/// <c>ReachedAt</c> only moves forward here; settlement computes it anew from what stands.
/// </summary>
public sealed class GroupTotals
{
    private const int Thousandths = 1_000;

    private readonly GroupScore _how;
    private readonly long _least;
    private readonly (long Sum, long Full, long FullSum, long ReachedAt)[] _groups;

    public GroupTotals(Contest contest)
    {
        (_how, _least, var count) = contest switch
        {
            InTeams teams => (teams.Score, teams.MinContribution, teams.Teams.Length),
            StoreAgainstStore stores => (stores.Score, stores.MinContribution, stores.Stores.Length),
            Together together => (GroupScore.Sum, together.MinContribution, 1),
            _ => (GroupScore.Sum, 1L, 1),
        };
        _groups = new (long, long, long, long)[count];
    }

    public long Sum(short group = 0) => _groups[group].Sum;

    /// <param name="group">Its place.</param>
    /// <param name="score">The member's.</param>
    /// <param name="reachedAt">When the member reached it.</param>
    /// <param name="sign">1 to add, -1 to take.</param>
    public void Add(short group, long score, long reachedAt, int sign)
    {
        ref var known = ref _groups[group];
        known.Sum += sign * score;
        if (score >= _least) (known.Full, known.FullSum) = (known.Full + sign, known.FullSum + (sign * score));
        if (sign > 0) known.ReachedAt = Math.Max(known.ReachedAt, reachedAt);
    }

    /// <summary>Groups with a score, best first.</summary>
    public ImmutableArray<GroupRow> Standings()
    {
        var rows = _groups
            .Select((group, at) => new GroupRow((short)at, 0, _how == GroupScore.Sum ? group.Sum : group.Full == 0 ? 0 : (long)((Int128)group.FullSum * Thousandths / group.Full), group.ReachedAt))
            .Where(group => group.Score > 0)
            .OrderByDescending(group => group.Score).ThenBy(group => group.ReachedAt).ThenBy(group => group.Group).ToArray();
        for (var at = 0; at < rows.Length; at++) rows[at] = rows[at] with { Rank = at > 0 && rows[at].Score == rows[at - 1].Score ? rows[at - 1].Rank : at + 1 };
        return [.. rows];
    }
}
