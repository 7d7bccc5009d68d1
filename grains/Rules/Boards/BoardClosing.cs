using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Boards;

/// <summary>When a board's window is closed (spec §4): its end in the store's zone, or the programme's, and the grace in which what is late still counts.</summary>
public static class BoardClosing
{
    /// <summary>The first instant at which nothing counts any more; null for a board without an end.</summary>
    public static DateTimeOffset? Of(BoardId board, ProgrammeSettings settings)
    {
        if (board.Window.Period == BoardPeriod.All) return null;
        var zone = settings.Stores.FirstOrDefault(store => store.Id == board.Store)?.TimeZone ?? settings.TimeZone;
        return DateTimeOffset.FromUnixTimeMilliseconds(LedgerCalendar.In(zone).StartOf(board.Window.To.DayNumber)).AddHours(settings.Boards.GraceHours);
    }

    /// <summary>Whether such a board is settled at all: one that ends.</summary>
    public static bool IsSettled(BoardId board) => board.Window.Period != BoardPeriod.All;
}
