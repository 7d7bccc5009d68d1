using Gamification.Programmes;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>Where boards load from.</summary>
public sealed class BoardSources(
    RollupProjector projector, IRollupStorage rollup, ProgrammeCatalog programmes, BusinessClock clock, ICircles? circles = null, BoardOptions? options = null,
    BoardWindows? windows = null)
{
    public RollupProjector Projector { get; } = projector;

    public IRollupStorage Rollup { get; } = rollup;

    public BusinessClock Clock { get; } = clock;

    public BoardWindows Windows { get; } = windows ?? new(programmes, clock);

    public ICircles Circles { get; } = circles ?? new NoCircles();

    public BoardOptions Options { get; } = options ?? new();

    /// <summary>What stands of the board's measure. A measure that the programme defines no longer has nobody on its boards.</summary>
    internal async Task<MeasureBook> Book(BoardId board, RollupWindow window, Circle? circle)
    {
        var measure = programmes.Find(board.Programme)?.Boards.MeasureOf(board.Measure);
        var book = new MeasureBook(measure?.Aggregator ?? Aggregator.Sum);
        if (measure is null) return book;
        await foreach (var row in Rollup.Measures(window, CancellationToken.None))
        {
            if (circle is null || circle.Members.Contains(MemberId.Parse(row.Actor.Key))) book.Load(row);
        }

        return book;
    }
}
