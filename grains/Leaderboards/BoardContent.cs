using System.Collections.Immutable;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>
/// What a live board holds: its order, and what it takes to make scores of the changes that it is told. All of it comes from the roll-up and can
/// be loaded again at any time.
/// </summary>
internal sealed class BoardContent
{
    private readonly Dictionary<Guid, (long Score, long ReachedAt)> _past = [];

    private BoardContent(RollupWindow window, int fromDay, Circle? circle, MeasureBook? book, int edition, IStandings standings) =>
        (Window, FromDay, Circle, Book, Edition, Standings) = (window, fromDay, circle, book, edition, standings);

    public RollupWindow Window { get; }

    /// <summary>The day number from which changes carry scores; 0 when they carry those of the whole window.</summary>
    public int FromDay { get; }

    /// <summary>Who belongs on the board; null when everybody does.</summary>
    public Circle? Circle { get; }

    /// <summary>The version of the impact factors by which it is told; 0 unless it is a board of impact.</summary>
    public int Edition { get; }

    /// <summary>Null unless the board is of a measure.</summary>
    private MeasureBook? Book { get; }

    public IStandings Standings { get; }

    /// <summary>The newest rows of the roll-up, which the caller has brought up to where the board is fed from.</summary>
    /// <param name="shard">The shards of this load by their number, should the board be large.</param>
    public static async Task<BoardContent> Load(BoardId board, int fromDay, int edition, BoardSources sources, Func<int, IBoardShardGrain> shard)
    {
        var window = sources.Windows.Of(board);
        var circle = board.Group is { IsOfMembers: true } group
            ? await sources.Circles.Find(board.Programme, group, CancellationToken.None) ?? Leaderboards.Circle.Nobody
            : null;
        var visibility = await sources.Rollup.Visibility(board.Programme, CancellationToken.None);
        var book = board.Measure is null ? null : await sources.Book(board, window, circle, edition);
        var rows = book is null ? sources.Rollup.Scores(window, CancellationToken.None) : Rows(book).ToAsyncEnumerable();
        var standings = await Order(BoardSeed.Of(board.ToString()), Within(rows, circle), visibility, sources.Options, shard);
        var content = new BoardContent(window, fromDay, circle, book, edition, standings);
        if (fromDay > 0) await content.LoadPast(sources.Rollup);
        return content;
    }

    /// <summary>Takes over one stretch of changes; whether anything that shows has changed.</summary>
    public ValueTask<bool> Apply(BoardChanges stretch)
    {
        var changes = Book is null ? Whole(stretch) : Measured(stretch, Book);
        return changes.IsEmpty && stretch.Visibility.IsEmpty ? new(false) : Standings.Apply(changes, stretch.Visibility);
    }

    /// <summary>Scores of the whole window, of those who belong here.</summary>
    private ImmutableArray<ScoreChange> Whole(BoardChanges stretch)
    {
        if (FromDay == 0 && Circle is null) return stretch.Changes;
        return [.. stretch.Changes.Where(change => Belongs(change.Member)).Select(change => _past.TryGetValue(change.Member.Value, out var past)
            ? change with { Score = change.Score + past.Score, ReachedAt = Math.Max(change.ReachedAt, past.ReachedAt) }
            : change)];
    }

    private ImmutableArray<ScoreChange> Measured(BoardChanges stretch, MeasureBook book)
    {
        var changed = new HashSet<MemberId>();
        foreach (var change in stretch.Measured)
        {
            if (Belongs(change.Member) && book.Take(change)) changed.Add(change.Member);
        }

        return [.. changed.Select(book.ScoreOf)];
    }

    private bool Belongs(MemberId member) => Circle is null || Circle.Members.Contains(member);

    private async Task LoadPast(IRollupStorage rollup)
    {
        var before = Window with { ToDay = Math.Min(FromDay, Window.ToDay) };
        await foreach (var row in rollup.Scores(before, CancellationToken.None)) _past.Add(row.Member, (row.Score, row.ReachedAt));
    }

    /// <summary>In one piece as long as it is not large. What was read until that showed goes on to the shards.</summary>
    private static async Task<IStandings> Order(
        ulong seed, IAsyncEnumerable<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility, BoardOptions options, Func<int, IBoardShardGrain> shard)
    {
        var first = new List<ScoreRow>();
        await using var row = rows.GetAsyncEnumerator();
        while (await row.MoveNextAsync())
        {
            first.Add(row.Current);
            if (first.Count <= options.ShardAbove) continue;
            var sharded = new ShardedStandings(seed, [.. Enumerable.Range(0, options.Shards).Select(shard)]);
            await sharded.Load(Rest(first, row), visibility);
            return sharded;
        }

        return new WholeStandings(seed, first, visibility);
    }

    private static async IAsyncEnumerable<ScoreRow> Rest(List<ScoreRow> first, IAsyncEnumerator<ScoreRow> row)
    {
        foreach (var read in first) yield return read;
        while (await row.MoveNextAsync()) yield return row.Current;
    }

    private static async IAsyncEnumerable<ScoreRow> Within(IAsyncEnumerable<ScoreRow> rows, Circle? circle)
    {
        await foreach (var row in rows)
        {
            if (circle is null || circle.Members.Contains(new(row.Member))) yield return row;
        }
    }

    private static IEnumerable<ScoreRow> Rows(MeasureBook book) => book.Members
        .Select(book.ScoreOf)
        .OrderByDescending(change => change.Score).ThenBy(change => change.ReachedAt)
        .Select(change => new ScoreRow(change.Member.Value, change.Score, change.ReachedAt, change.Version));
}
