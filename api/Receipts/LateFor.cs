using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes;

namespace Gamification.Api;

/// <summary>
/// For which of the programme's boards a sale came too late (spec §4): their windows ended, and their grace with them, before it was recorded. It brings points all the same, and counts on the boards that go on.
/// Told where time is that of the wall; a replay's and a sandbox's is not that of their receipts.
/// </summary>
internal static class LateFor
{
    private static readonly BoardPeriod[] Periods = [BoardPeriod.Day, BoardPeriod.Week, BoardPeriod.Month];

    /// <summary>No zone is further ahead: a receipt that is younger is late for nothing.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromHours(14);

    /// <summary>The windows, <c>day/2026-11-20</c>, shortest first; empty for nearly every receipt, at the cost of a comparison.</summary>
    public static ImmutableArray<string> Of(ReceiptRecord record, Programme programme)
    {
        var (date, grace) = (record.Key.BusinessDate, TimeSpan.FromHours(programme.Settings.Boards.GraceHours));
        if (record.RecordedAt.UtcDateTime - date.ToDateTime(default) < TimeSpan.FromDays(1) + grace - AheadMax) return [];
        if (record.Treatment != Treatment.Earned || programme.Settings.Clock != BusinessClockKind.Live) return [];
        var closed = programme.DateIn(store: null, record.RecordedAt - grace);
        var seasons = programme.Settings.Boards.Seasons.Select(season => BoardWindow.Of(season)).Where(season => season.Contains(date));
        return [.. Periods.Select(period => BoardWindow.Containing(period, date)).Concat(seasons).Where(window => window.To <= closed).Select(window => $"{BoardNames.Of(window.Period)}/{window.Label}")];
    }
}
