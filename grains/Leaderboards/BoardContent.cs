using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>
/// What a live board holds: its order, and what it takes to make scores of the changes that it is told. All of it comes from the roll-up and can
/// be loaded again at any time.
/// </summary>
internal sealed class BoardContent
{
    /// <summary>How much is read before others have their turn: a load lasts long, and its board is asked meanwhile.</summary>
    private const int RowsATurn = 1_000;

    private readonly Dictionary<Guid, (long Score, long ReachedAt)> _past = [];

    private BoardContent(RollupWindow window, int fromDay, Circle? circle, MeasureBook? book, IStandings standings) =>
        (Window, FromDay, Circle, Book, Standings) = (window, fromDay, circle, book, standings);

    public RollupWindow Window { get; }

    /// <summary>The day number from which changes carry scores; 0 when they carry those of the whole window.</summary>
    public int FromDay { get; }

    /// <summary>Who belongs on the board; null when everybody does.</summary>
    public Circle? Circle { get; }

    /// <summary>Null unless the board is of a measure.</summary>
    private MeasureBook? Book { get; }

    public IStandings Standings { get; }

    /// <summary>The newest rows of the roll-up, which the caller has brought up to where the board is fed from.</summary>
    /// <param name="board">Which board.</param>
    /// <param name="fromDay">From which day on the board is told scores.</param>
    /// <param name="sources">Where from.</param>
    /// <param name="shard">The shards of this load by their number, should the board be large.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<BoardContent> Load(BoardId board, int fromDay, BoardSources sources, Func<int, IBoardShardGrain> shard, CancellationToken cancellation)
    {
        var window = sources.Windows.Of(board);
        var circle = board.Group is { IsOfMembers: true } group
            ? await sources.Circles.Find(board.Programme, group, cancellation) ?? Leaderboards.Circle.Nobody
            : null;
        var visibility = await sources.Rollup.Visibility(board.Programme, cancellation);
        var book = board.Measure is null ? null : await sources.Book(board, window, circle);
        var rows = book is null ? sources.Rollup.Scores(window, cancellation) : Rows(book).ToAsyncEnumerable();
        var standings = await Order(BoardSeed.Of(board.ToString()), Within(rows, circle), visibility, sources.Options, shard, cancellation);
        var content = new BoardContent(window, fromDay, circle, book, standings);
        if (fromDay > 0) await content.LoadPast(sources.Rollup, cancellation);
        return content;
    }

    /// <summary>Takes over one stretch of changes; whether anything that shows has changed.</summary>
    public ValueTask<bool> Apply(BoardChanges stretch)
    {
        var changes = Book is null ? Whole(stretch) : Measured(stretch, Book);
        return changes.IsEmpty && stretch.Visibility.IsEmpty ? new(false) : Standings.Apply(changes, stretch.Visibility);
    }

    /// <summary>It is shown no longer.</summary>
    public Task Leave() => Standings.Leave();

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

    private async Task LoadPast(IRollupStorage rollup, CancellationToken cancellation)
    {
        var before = Window with { ToDay = Math.Min(FromDay, Window.ToDay) };
        await foreach (var row in rollup.Scores(before, cancellation)) _past.Add(row.Member, (row.Score, row.ReachedAt));
    }

    /// <summary>In one piece as long as it is not large. What was read until that showed goes on to the shards.</summary>
    private static async Task<IStandings> Order(
        ulong seed, IAsyncEnumerable<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility, BoardOptions options, Func<int, IBoardShardGrain> shard, CancellationToken cancellation)
    {
        var first = new List<ScoreRow>();
        await using var row = rows.GetAsyncEnumerator(cancellation);
        while (await row.MoveNextAsync())
        {
            first.Add(row.Current);
            if (first.Count % RowsATurn == 0) await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            if (first.Count > options.ShardAbove) return await Shards(seed, Rest(first, row, cancellation), visibility, [.. Enumerable.Range(0, options.Shards).Select(shard)]);
        }

        return await WholeStandings.Load(seed, first, visibility);
    }

    private static async Task<ShardedStandings> Shards(ulong seed, IAsyncEnumerable<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility, ImmutableArray<IBoardShardGrain> shards)
    {
        var sharded = new ShardedStandings(seed, shards);
        try
        {
            await sharded.Load(rows, visibility);
            return sharded;
        }
        catch
        {
            await sharded.Leave();
            throw;
        }
    }

    private static async IAsyncEnumerable<ScoreRow> Rest(List<ScoreRow> first, IAsyncEnumerator<ScoreRow> row, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var read in first) yield return read;

        // The rest may be many times as much.
        first.Clear();
        first.TrimExcess();
        for (; await row.MoveNextAsync(); cancellation.ThrowIfCancellationRequested()) yield return row.Current;
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
