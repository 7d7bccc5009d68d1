using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>Standings as rows that say why they stand where they do.</summary>
internal static class BoardRows
{
    /// <param name="standings">Consecutive, in the total order.</param>
    /// <param name="above">What stands just above the first of them; null when that is the first of the board.</param>
    public static ImmutableArray<BoardRow> Of(ReadOnlySpan<Standing> standings, Standing? above)
    {
        var rows = ImmutableArray.CreateBuilder<BoardRow>(standings.Length);
        foreach (var standing in standings)
        {
            rows.Add(Of(standing, above));
            above = standing;
        }

        return rows.MoveToImmutable();
    }

    public static BoardRow Of(Standing standing, Standing? above) => new(
        new(standing.Member),
        standing.Place.Ordinal,
        standing.Place.Rank,
        standing.Place.TiedWith,
        standing.Score,
        DateTimeOffset.FromUnixTimeMilliseconds(standing.ReachedAt),
        above is { } better ? standing.ReasonBelow(better) : null);
}
