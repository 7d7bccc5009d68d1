using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Rules.Boards;

/// <summary>Frozen standings as a board's rows: those who were to be seen, and why each stands below the one above.</summary>
internal static class SettledRows
{
    public static ImmutableArray<FrozenRow> Seen(FrozenStandings standings) => [.. standings.Rows.ToArray().Where(row => !row.IsHidden)];

    /// <param name="seen">All of <see cref="Seen"/>.</param>
    /// <param name="offset">Rows to pass over.</param>
    /// <param name="limit">Rows at most.</param>
    /// <param name="shows">Whether a member may still be named.</param>
    public static ImmutableArray<BoardRow> Page(ImmutableArray<FrozenRow> seen, int offset, int limit, Func<Guid, bool> shows)
    {
        var rows = ImmutableArray.CreateBuilder<BoardRow>();
        for (var at = offset; at < seen.Length && rows.Count < limit; at++)
        {
            var row = seen[at];
            rows.Add(new(
                new(shows(row.Member) ? row.Member : Guid.Empty), at + 1, row.Rank, TiedWith(seen, at), row.Score, DateTimeOffset.FromUnixTimeMilliseconds(row.ReachedAt),
                at == 0 ? null : Reason(seen[at - 1], row)));
        }

        return rows.DrainToImmutable();
    }

    private static int TiedWith(ImmutableArray<FrozenRow> seen, int at)
    {
        var last = at;
        while (last + 1 < seen.Length && seen[last + 1].Rank == seen[at].Rank) last++;
        return last + 1 - seen[at].Rank;
    }

    private static OrderReason Reason(FrozenRow above, FrozenRow row) =>
        above.Score != row.Score ? OrderReason.Score : above.ReachedAt != row.ReachedAt ? OrderReason.ReachedAt : OrderReason.Draw;
}
