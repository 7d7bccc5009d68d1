using Gamification.Leaderboards;
using Gamification.Programmes;

namespace Gamification.Api;

/// <summary>
/// Which board an address or topic means: scope, period and metric, and a window, by default the one that the programme's business time is in.
/// </summary>
public sealed class BoardAddress(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Before any receipt that this engine could be given.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Null when there is no such board.</summary>
    public async ValueTask<BoardId?> Find(Programme programme, string scope, string period, string metric, string? window)
    {
        if (!BoardNames.TryScope(scope, out var store) || !BoardNames.TryPeriod(period, out var kind) || !BoardNames.TryMetric(metric, out var counted)) return null;
        if (store is not null && !programme.Stores.ContainsKey(store)) return null;
        if (window is null) return new(programme.Settings.Id, store, counted, await Current(programme, store, kind));
        return BoardWindow.TryParse(kind, window, out var named) ? new(programme.Settings.Id, store, counted, named) : null;
    }

    /// <summary>The window that is open now on the business clock: in the store's calendar, or the programme's own.</summary>
    public async ValueTask<BoardWindow> Current(Programme programme, string? store, BoardPeriod period)
    {
        if (period == BoardPeriod.All) return BoardWindow.All;
        var now = await grains.GetGrain<IProgrammeGrain>(programme.Settings.Id).BusinessTime() ?? clock.GetUtcNow();
        return BoardWindow.Containing(period, programme.DateIn(store, now));
    }

    /// <summary>
    /// Whether the board's window lies before all history or after the current one. Nobody can have a score in it, so it is answered without
    /// an actor: otherwise every date of eight thousand years would be one that costs memory.
    /// </summary>
    public async ValueTask<bool> IsOutOfTime(Programme programme, BoardId board)
    {
        if (board.Window.Period == BoardPeriod.All) return false;
        if (board.Window.To <= Earliest) return true;
        return board.Window.From > (await Current(programme, board.Store, board.Window.Period)).From;
    }

    /// <summary><c>board/programme/week/points</c>: the current window; a named one is added to it.</summary>
    public static string Topic(BoardId board, string? window)
    {
        var topic = $"board/{board.Scope}/{BoardNames.Of(board.Window.Period)}/{BoardNames.Of(board.Metric)}";
        return window is null ? topic : $"{topic}/{window}";
    }
}
