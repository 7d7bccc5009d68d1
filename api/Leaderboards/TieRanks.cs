using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>Ranks of rows under a tie policy; the order of the rows is the same under each.</summary>
internal static class TieRanks
{
    /// <summary>Of rows that begin with the first of the board.</summary>
    public static ImmutableArray<long> OfTop(ImmutableArray<BoardRow> rows, TiePolicy ties)
    {
        var dense = 0L;
        long? score = null;
        var ranks = ImmutableArray.CreateBuilder<long>(rows.Length);
        foreach (var row in rows)
        {
            if (row.Score != score) (dense, score) = (dense + 1, row.Score);
            ranks.Add(Rank(row, ties, dense));
        }

        return ranks.MoveToImmutable();
    }

    /// <summary>Of any rows of the board. Dense ranks are asked of the board, as it stands a moment after the rows were read.</summary>
    public static async ValueTask<ImmutableArray<long>> Of(ImmutableArray<BoardRow> rows, TiePolicy ties, IBoardGrain? board)
    {
        if (ties != TiePolicy.Dense || rows.IsEmpty || board is null) return [.. rows.Select(row => Rank(row, ties, 0))];
        return rows[0].Place == 1 && rows.Select((row, at) => row.Place == at + 1).All(inOrder => inOrder)
            ? OfTop(rows, ties)
            : await board.DenseRanks([.. rows.Select(row => row.Score)]);
    }

    private static long Rank(BoardRow row, TiePolicy ties, long dense) => ties switch
    {
        TiePolicy.Dense => dense,
        TiePolicy.Ordinal => row.Place,
        _ => row.Rank,
    };
}
