using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gamification.Leaderboards;
using Gamification.Projections;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>
/// The roll-up in a SQLite file of its own: it never competes with the journal for the one write lock, needs no flush a commit
/// (its offset goes back with its rows), and may simply be deleted.
/// </summary>
public sealed class SqliteRollupStorage(string path) : IRollupStorage, IAsyncDisposable
{
    private const int PageSize = 4_096;

    private readonly SqliteDatabase _database = new(path, "projections", SqliteDurability.Rebuildable, readers: 2);
    private readonly SqliteProgrammes _programmes = new();

    public ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation) => _database.Read<IReadOnlyDictionary<int, long>>(
        session => session.ReadAll("select partition, seq from rollup_offset", row => (Partition: row.GetInt32(0), Seq: row.GetInt64(1)))
            .ToDictionary(offset => offset.Partition, offset => offset.Seq),
        cancellation);

    public async ValueTask Apply(
        int partition, long fromSeq, long toSeq, IReadOnlyList<RollupRow> rows, IReadOnlyDictionary<string, long> newestOccurredAt) =>
        await _database.Write(session =>
        {
            foreach (var row in rows)
                _programmes.Ensure(session, row.Actor.Programme);
            foreach (var programme in newestOccurredAt.Keys)
                _programmes.Ensure(session, programme);
            return session.InTransaction(() =>
            {
                MoveOffset(session, partition, fromSeq, toSeq);
                foreach (var row in rows)
                    Upsert(session, row);
                foreach (var (programme, instant) in newestOccurredAt)
                    MoveClock(session, programme, instant);
                return 0;
            });
        });

    public async IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A large board reads for seconds: it gets a connection and a thread of its own, and a page or two of room ahead of whoever listens.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pages = Channel.CreateBounded<List<ScoreRow>>(2);
        var reading = Task.Factory.StartNew(
            () => ReadScores(window, pages.Writer, ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
            {
                foreach (var row in page)
                    yield return row;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    public ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation) => _database.Read(
        session => session.ReadFirst(
            """
            select coalesce(sum(receipts), 0), coalesce(sum(receipts) filter (where actor not glob 'member/*'), 0),
                   count(distinct actor) filter (where actor glob 'member/*'), coalesce(sum(points), 0), coalesce(sum(spend), 0)
            from rollup where programme = $1 and ($2 is null or store = $2)
            """,
            row => new RollupTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            _programmes.Find(session, programme) ?? -1,
            store)!,
        cancellation);

    public ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation) => _database.Read(
        session => session.ReadFirst(
            "select newest_occurred_at from rollup_clock where programme = $1", row => (long?)row.GetInt64(0), _programmes.Find(session, programme) ?? -1),
        cancellation);

    public async ValueTask Drop(CancellationToken cancellation) => await _database.Write(session => session.InTransaction(() =>
        session.Run("delete from rollup") + session.Run("delete from rollup_offset") + session.Run("delete from rollup_clock")));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static void MoveOffset(SqliteSession session, int partition, long fromSeq, long toSeq)
    {
        var offset = session.ReadFirst("select seq from rollup_offset where partition = $1", row => row.GetInt64(0), partition);
        if (offset != fromSeq)
            throw new InvalidOperationException($"The roll-up of partition {partition} stands at {offset}, not at {fromSeq}.");
        session.Run("insert into rollup_offset values ($1, $2) on conflict (partition) do update set seq = excluded.seq", partition, toSeq);
    }

    private void Upsert(SqliteSession session, RollupRow row) => session.Run(
        """
        insert into rollup (programme, day, store, actor, version, points, receipts, spend, points_reached_at, receipts_reached_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (programme, day, store, actor) do update set
            version = excluded.version, points = excluded.points, receipts = excluded.receipts, spend = excluded.spend,
            points_reached_at = excluded.points_reached_at, receipts_reached_at = excluded.receipts_reached_at
        where version < excluded.version
        """,
        _programmes.Find(session, row.Actor.Programme),
        row.Day,
        row.Store,
        row.Actor.Path,
        row.Version,
        row.Points,
        row.Receipts,
        row.Spend,
        row.PointsReachedAt,
        row.ReceiptsReachedAt);

    private void MoveClock(SqliteSession session, string programme, long instant) => session.Run(
        """
        insert into rollup_clock values ($1, $2)
        on conflict (programme) do update set newest_occurred_at = excluded.newest_occurred_at where newest_occurred_at < excluded.newest_occurred_at
        """,
        _programmes.Find(session, programme),
        instant);

    private void ReadScores(RollupWindow window, ChannelWriter<List<ScoreRow>> pages, CancellationToken ended)
    {
        Exception? fault = null;
        try
        {
            using var session = _database.OpenForReading();
            var (value, reachedAt) = window.Metric == RollupMetric.Points ? ("points", "points_reached_at") : ("receipts", "receipts_reached_at");
            session.Read(
                $"""
                select substr(actor, 8), sum({value}) as score, max({reachedAt}) as reached_at, max(version)
                from rollup
                where programme = $1 and day >= $2 and day < $3 and ($4 is null or store = $4) and actor glob 'member/*'
                group by actor having sum({value}) <> 0
                order by score desc, reached_at, actor
                """,
                row => WritePages(row, pages, ended),
                _programmes.Find(session, window.Programme) ?? -1,
                window.FromDay,
                window.ToDay,
                window.Store);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        catch (Exception error)
        {
            fault = error;
        }

        pages.Complete(fault);
    }

    private static int WritePages(SqliteDataReader row, ChannelWriter<List<ScoreRow>> pages, CancellationToken ended)
    {
        List<ScoreRow> page = new(PageSize);
        while (row.Read())
        {
            page.Add(new(MemberId.Parse(row.GetString(0)).Value, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
            if (page.Count < PageSize)
                continue;
            pages.WriteAsync(page, ended).AsTask().GetAwaiter().GetResult();
            page = new(PageSize);
        }

        pages.WriteAsync(page, ended).AsTask().GetAwaiter().GetResult();
        return 0;
    }
}
