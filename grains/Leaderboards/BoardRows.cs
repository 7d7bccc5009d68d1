using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>Standings as rows that say why they stand where they do.</summary>
internal static class BoardRows
{
    /// <param name="standings">Consecutive, in the order of <paramref name="ranking"/>, which has not changed since they were read.</param>
    public static ImmutableArray<BoardRow> Of(Ranking ranking, Standing[] standings)
    {
        var rows = ImmutableArray.CreateBuilder<BoardRow>(standings.Length);
        for (var at = 0; at < standings.Length; at++)
            rows.Add(Row(standings[at], at == 0 ? Above(ranking, standings[0]) : standings[at - 1]));
        return rows.MoveToImmutable();
    }

    private static Standing? Above(Ranking ranking, Standing standing) =>
        standing.Place.Ordinal > 1 ? ranking.Page(standing.Place.Ordinal - 2, 1)[0] : null;

    private static BoardRow Row(Standing standing, Standing? above) => new(
        new(standing.Member),
        standing.Place.Ordinal,
        standing.Place.Rank,
        standing.Place.TiedWith,
        standing.Score,
        DateTimeOffset.FromUnixTimeMilliseconds(standing.ReachedAt),
        above is { } better ? standing.ReasonBelow(better) : null);
}
