using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Leaderboards;

/// <summary>Which rows of the roll-up make a board, by what its programme says today.</summary>
public sealed class BoardWindows(ProgrammeCatalog programmes, BusinessClock clock)
{
    /// <summary>A region that the programme no longer knows has no stores, and nobody on its boards.</summary>
    public RollupWindow Of(BoardId board) => board.Group is { Kind: BoardGroupKind.Region } region
        ? RollupWindow.Of(board) with { Region = StoresOf(board.Programme, region.Name) }
        : RollupWindow.Of(board);

    /// <summary>
    /// The day from which on members remember all they did, when that lies inside a window that began earlier: what came before, a board loads
    /// from the roll-up. 0 when members remember the whole window. Only seasons are longer than a member's memory.
    /// </summary>
    public int RememberedFrom(BoardId board)
    {
        if (board.Window.Period != BoardPeriod.Season || clock.Now(board.Programme) is not { } now) return 0;

        // One more day: somewhere it is tomorrow already.
        var kept = Tallies.FirstDayKept(DateOnly.FromDateTime(now.UtcDateTime).DayNumber + 1);
        return kept > board.Window.From.DayNumber ? kept : 0;
    }

    private ImmutableSortedSet<string> StoresOf(string programme, string region) => programmes.Find(programme)?.Earning?.Zones
        .Where(zone => zone.Id == region).SelectMany(zone => zone.Stores).ToImmutableSortedSet(StringComparer.Ordinal)
        ?? ImmutableSortedSet<string>.Empty;
}
