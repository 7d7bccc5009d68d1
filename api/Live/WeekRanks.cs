using System.Collections.Immutable;
using Gamification.Api;
using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// Where a member stands on the programme's points board of this week, or would stand if it wished to be seen; no rank without a score.
/// </summary>
internal sealed record WeekRank(long? Rank, long? Place, long? TiedWith, long Size, bool IsVirtual);

/// <summary>
/// Asks the week's board for its watched members' ranks. While one question is on its way the next collects itself, so that thousands of
/// members make a few calls, never one each.
/// </summary>
internal sealed class WeekRanks(LiveProgramme programme, IGrainFactory grains)
{
    private const int MembersPerCall = 500;

    private static readonly BoardTopic Week = new("board/programme/week/points", BoardScope.Programme, BoardPeriod.Week, new(BoardMetric.Points));

    private readonly Lock _gate = new();
    private readonly Dictionary<MemberId, TaskCompletionSource<WeekRank>> _asked = [];
    private bool _asking;

    public Task<WeekRank> Of(MemberId member)
    {
        lock (_gate)
        {
            if (!_asked.TryGetValue(member, out var answer))
            {
                _asked[member] = answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (!_asking)
            {
                _asking = true;
                _ = Task.Run(AskAll);
            }

            return answer.Task;
        }
    }

    private async Task AskAll()
    {
        while (Take() is { Count: > 0 } asked)
        {
            try
            {
                await Ask(asked);
            }
            catch (Exception fault)
            {
                foreach (var answer in asked.Values) answer.TrySetException(fault);
            }
        }
    }

    private async Task Ask(Dictionary<MemberId, TaskCompletionSource<WeekRank>> asked)
    {
        var board = grains.GetGrain<IBoardGrain>(programme.Current(Week).ToString());
        MemberId[] members = [.. asked.Keys];
        var own = await board.Own([.. members]);
        ImmutableArray<BoardRow> rows = [.. own.Select(standing => standing.Row).OfType<BoardRow>()];
        var ranks = new Queue<long>(await TieRanks.Of(rows, programme.Ties, board));
        for (var at = 0; at < members.Length; at++)
        {
            var (row, isVirtual, size, _) = own[at];
            asked[members[at]].SetResult(new(row is null ? null : ranks.Dequeue(), row?.Place, row?.TiedWith, size, isVirtual));
        }
    }

    private Dictionary<MemberId, TaskCompletionSource<WeekRank>> Take()
    {
        lock (_gate)
        {
            var taken = _asked.Take(MembersPerCall).ToDictionary();
            foreach (var member in taken.Keys) _asked.Remove(member);
            _asking = taken.Count > 0;
            return taken;
        }
    }
}
