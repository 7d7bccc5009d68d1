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
        if (!BoardScope.TryParse(scope, out var whose) || !BoardNames.TryPeriod(period, out var kind) || !BoardMetricName.TryParse(metric, out var counted)) return null;
        if (!programme.Settings.Boards.Has(counted) || !await Has(programme, whose)) return null;
        return await Window(programme, whose, kind, window) is { } found ? BoardId.Of(programme.Settings.Id, whose, counted, found) : null;
    }

    /// <summary>
    /// The window that is open now on the business clock: in the store's calendar, or the programme's own. Between seasons it is the last one that
    /// ended; null in a programme without seasons.
    /// </summary>
    public async ValueTask<BoardWindow?> Current(Programme programme, BoardScope scope, BoardPeriod period) => period switch
    {
        BoardPeriod.All => BoardWindow.All,
        BoardPeriod.Season => programme.Settings.Boards.SeasonAt(await Today(programme, scope)) is { } season ? BoardWindow.Of(season) : null,
        _ => BoardWindow.Containing(period, await Today(programme, scope)),
    };

    /// <summary>
    /// Whether the board's window lies before all history or after the current one. Nobody can have a score in it, so it is answered without
    /// an actor: otherwise every date of eight thousand years would be one that costs memory.
    /// </summary>
    public async ValueTask<bool> IsOutOfTime(Programme programme, BoardId board) =>
        board.Window.Period != BoardPeriod.All && (board.Window.To <= Earliest || board.Window.From > await Today(programme, board.Scope));

    /// <summary><c>board/programme/week/points</c>: the current window; a named one is added to it.</summary>
    public static string Topic(BoardId board, string? window)
    {
        var topic = $"board/{board.Scope}/{BoardNames.Of(board.Window.Period)}/{board.MetricName}";
        return window is null ? topic : $"{topic}/{window}";
    }

    private async ValueTask<bool> Has(Programme programme, BoardScope scope) => scope switch
    {
        { Store: { } store } => programme.Stores.ContainsKey(store),
        { Group: { Kind: BoardGroupKind.Region } region } => programme.Settings.Earning?.Zones.Any(zone => zone.Id == region.Name) ?? false,
        { Group: { } group } => await grains.GetGrain<IProgrammeGrain>(programme.Settings.Id).HasGroup(group),
        _ => true,
    };

    private async ValueTask<BoardWindow?> Window(Programme programme, BoardScope scope, BoardPeriod period, string? window)
    {
        if (window is null) return await Current(programme, scope, period);
        if (period == BoardPeriod.Season) return programme.Settings.Boards.SeasonOf(window) is { } season ? BoardWindow.Of(season) : null;
        return BoardWindow.TryParse(period, window, out var named) ? named : null;
    }

    private async ValueTask<DateOnly> Today(Programme programme, BoardScope scope)
    {
        var now = await grains.GetGrain<IProgrammeGrain>(programme.Settings.Id).BusinessTime() ?? clock.GetUtcNow();
        return programme.DateIn(scope.Store, now);
    }
}
