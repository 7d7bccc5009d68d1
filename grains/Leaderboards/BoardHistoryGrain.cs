using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>Answers about boards as they stood, one question at a time, so that a curious person costs a programme one reader of its journal.</summary>
internal sealed class BoardHistoryGrain(BoardHistory history, RollupProjector projector, IRollupStorage rollup) : Grain, IBoardHistoryGrain
{
    private const int PageMax = 500;
    private const int Kept = 4;

    private readonly LinkedList<(BoardId Board, DateTimeOffset At, Ranking Ranking)> _told = [];

    public async Task<BoardPage> At(BoardId board, DateTimeOffset at, int offset, int limit)
    {
        var ranking = await Told(board, at);
        await projector.CatchUp();
        foreach (var (member, isHidden, version) in await rollup.Visibility(board.Programme, CancellationToken.None))
            _ = isHidden ? ranking.Hide(member.Value, version) : ranking.Show(member.Value, version);
        var first = Math.Max(0, offset);
        var above = first > 0 && ranking.Page(first - 1, 1) is [var row] ? row : (Standing?)null;
        return new(board, ranking.Size, BoardRows.Of(ranking.Page(first, Math.Clamp(limit, 0, PageMax)), above));
    }

    private async Task<Ranking> Told(BoardId board, DateTimeOffset at)
    {
        foreach (var known in _told)
        {
            if (known.Board == board && known.At == at) return known.Ranking;
        }

        var ranking = await history.At(board, at);
        _told.AddFirst((board, at, ranking));
        if (_told.Count > Kept) _told.RemoveLast();
        return ranking;
    }
}
