using Gamification.Programmes;
using Gamification.Programmes.Documents;
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

    /// <summary>Whether the board counts impact, and so follows the version of the factors by which that is told.</summary>
    internal bool IsOfImpact(BoardId board) => Defined(board) is { Of: MeasureOf.Impact };

    /// <summary>What stands of the board's measure, told by this version of the impact factors where it is one of impact. A measure that the programme defines no longer has nobody on its boards.</summary>
    internal async Task<MeasureBook> Book(BoardId board, RollupWindow window, Circle? circle, int edition)
    {
        var measure = Defined(board);
        var factors = measure is { Of: MeasureOf.Impact } ? programmes.EditionOf(board.Programme, ProgrammePart.Impact, edition) : null;
        var book = new MeasureBook(measure?.Aggregator ?? Aggregator.Sum, measure is null ? null : BoardRules.WorthOf(measure, factors));
        if (measure is null) return book;
        await foreach (var row in Rollup.Measures(window, CancellationToken.None))
        {
            if (circle is null || circle.Members.Contains(MemberId.Parse(row.Actor.Key))) book.Load(row);
        }

        return book;
    }

    private BoardMeasure? Defined(BoardId board) => programmes.Find(board.Programme)?.Boards.MeasureOf(board.Measure);
}
