using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>Where a member stands on the programme's points board of this week; no rank without a score.</summary>
internal sealed record WeekRank(long? Rank, long? Place, long? TiedWith, long Size);

/// <summary>
/// Asks the week's board for its watched members' ranks. While one question is on its way the next collects itself, so that thousands of
/// members make a few calls, never one each.
/// </summary>
internal sealed class WeekRanks(LiveProgramme programme, IGrainFactory grains)
{
    private const int MembersPerCall = 500;

    private static readonly BoardTopic Week = new("board/programme/week/points", null, BoardPeriod.Week, BoardMetric.Points);

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
        var size = (await board.View()).Size;
        foreach (var (row, ranked, _) in await board.Standings([.. asked.Keys]))
        {
            if (asked.Remove(row.Member, out var answer)) answer.SetResult(new(row.Rank, row.Place, row.TiedWith, ranked));
        }

        foreach (var answer in asked.Values) answer.SetResult(new(null, null, null, size));
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
