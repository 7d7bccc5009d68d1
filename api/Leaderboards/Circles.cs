using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>A circle of friends on a board: the rows of those who were named, in the board's order, counted among themselves.</summary>
internal static class Circles
{
    /// <param name="standings">Of each that was named, once.</param>
    /// <param name="self">Who asks: shown to itself even when it does not wish to be seen, without a rank that others would notice.</param>
    public static ImmutableArray<CircleRow> Of(ImmutableArray<OwnStanding> standings, MemberId? self)
    {
        var seen = standings.Where(standing => standing.Row is not null && (!standing.IsVirtual || standing.Row.Member == self));
        var circle = ImmutableArray.CreateBuilder<CircleRow>();
        var (place, rank, dense, tie) = (0, 0, 0, (long?)null);
        foreach (var (row, isVirtual, _, _) in seen.OrderBy(standing => standing.Row!.Place).ThenBy(standing => standing.IsVirtual))
        {
            // A virtual row stands where its score belongs and takes nobody's place.
            var better = circle.Count(above => !above.IsVirtual && above.Row.Score > row!.Score);
            if (!isVirtual) place++;
            if (row!.Score != tie && !isVirtual) (dense, rank, tie) = (dense + 1, better + 1, row.Score);
            circle.Add(isVirtual ? new(row, better + 1, circle.Where(above => !above.IsVirtual && above.Row.Score > row.Score).Select(above => above.Row.Score).Distinct().Count() + 1, place + 1, true) : new(row, rank, dense, place, false));
        }

        return circle.DrainToImmutable();
    }
}

/// <summary>A row among friends: <see cref="Rank"/> (1-2-2-4), <see cref="Dense"/> (1-2-2-3) and <see cref="Place"/> count only those who were named.</summary>
internal readonly record struct CircleRow(BoardRow Row, long Rank, long Dense, long Place, bool IsVirtual)
{
    public long RankBy(TiePolicy ties) => ties switch { TiePolicy.Dense => Dense, TiePolicy.Ordinal => Place, _ => Rank };
}
