using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>A circle of friends on a board: the rows of those who were named, in the board's order, counted among themselves.</summary>
internal static class Circles
{
    /// <param name="standings">Of each that was named, once.</param>
    /// <param name="self">Who asks: shown to itself even when it does not wish to be seen, and then it takes nobody's place.</param>
    public static ImmutableArray<CircleRow> Of(ImmutableArray<OwnStanding> standings, MemberId? self)
    {
        var seen = standings.Where(standing => standing.Row is not null && (!standing.IsVirtual || standing.Row.Member == self))
            .OrderBy(standing => standing.Row!.Place).ThenByDescending(standing => standing.IsVirtual);
        var circle = ImmutableArray.CreateBuilder<CircleRow>();
        var better = new List<long>();
        foreach (var (row, isVirtual, _, _) in seen)
        {
            var score = row!.Score;
            var rank = 1 + better.Count(other => other > score);
            var dense = 1 + better.Where(other => other > score).Distinct().Count();
            circle.Add(new(row, rank, dense, better.Count + 1, isVirtual));
            if (!isVirtual) better.Add(score);
        }

        return circle.DrainToImmutable();
    }
}

/// <summary>A row among friends: <see cref="Rank"/> (1-2-2-4), <see cref="Dense"/> (1-2-2-3) and <see cref="Place"/> count only those who were named.</summary>
internal readonly record struct CircleRow(BoardRow Row, long Rank, long Dense, long Place, bool IsVirtual)
{
    public long RankBy(TiePolicy ties) => ties switch { TiePolicy.Dense => Dense, TiePolicy.Ordinal => Place, _ => Rank };
}
