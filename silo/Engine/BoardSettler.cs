using Gamification.Leaderboards;
using Gamification.Programmes;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Has the boards settled whose window and grace are over, also those that became due while nothing ran: each programme's and each store's day, week, month
/// and season, of what everybody is ranked by. Others are settled when staff asks. Settling twice comes to the same.
/// </summary>
public sealed class BoardSettler(ProgrammeCatalog programmes, BusinessClock clock, IGrainFactory grains, TimeProvider time, ILogger<BoardSettler> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    /// <summary>How many windows of a kind are looked at: a deployment that stood still for longer has the older ones settled when somebody asks.</summary>
    private const int WindowsBack = 3;

    private readonly HashSet<BoardId> _done = [];

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) await Look();
        }
    }

    private async Task Look()
    {
        foreach (var programme in programmes.All)
        {
            // A replay's history runs too fast for that.
            if (programme.Clock == BusinessClockKind.Replay || clock.Now(programme.Id) is not { } now) continue;
            foreach (var board in Ended(programme, DateOnly.FromDateTime(now.UtcDateTime)))
            {
                if (_done.Contains(board)) continue;
                try
                {
                    if ((await grains.GetGrain<ISettledBoardGrain>(board.ToString()).Settle()).Hash is not null) _done.Add(board);
                }
                catch (Exception fault)
                {
                    log.LogWarning(fault, "Board {Board} was not settled; it is tried again in {Delay}.", board, LookEvery);
                }
            }
        }
    }

    internal static IEnumerable<BoardId> Ended(ProgrammeSettings programme, DateOnly today) =>
        from window in ((BoardPeriod[])[BoardPeriod.Day, BoardPeriod.Week, BoardPeriod.Month]).SelectMany(period => Before(period, today))
            .Concat(programme.Boards.Seasons.Where(season => season.To <= today).OrderByDescending(season => season.To).Take(WindowsBack).Select(BoardWindow.Of))
        from scope in programme.Stores.Select(store => new BoardScope(store.Id)).Prepend(BoardScope.Programme)
        from metric in (BoardMetric[])[BoardMetric.Points, BoardMetric.Receipts, BoardMetric.Spend]
        where metric != BoardMetric.Spend || programme.Boards.Spend
        where scope.Store is null || window.Period is not BoardPeriod.Day
        select BoardId.Of(programme.Id, scope, new(metric), window);

    private static IEnumerable<BoardWindow> Before(BoardPeriod period, DateOnly today)
    {
        var window = BoardWindow.Containing(period, today);
        for (var back = 0; back < WindowsBack; back++)
        {
            window = BoardWindow.Containing(period, window.From.AddDays(-1));
            yield return window;
        }
    }
}
