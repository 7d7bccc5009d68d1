using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
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

    private readonly SqliteDatabase _database = new(path, "projections", SqliteDurability.Rebuildable, readers: 2);
    private readonly SqliteProgrammes _programmes = new();

    public ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation) => _database.Read<IReadOnlyDictionary<int, long>>(
        session => session.ReadAll("select partition, seq from rollup_offset", row => (Partition: row.GetInt32(0), Seq: row.GetInt64(1)))
            .ToDictionary(offset => offset.Partition, offset => offset.Seq),
        cancellation);

    public async ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch) =>
        await _database.Write(session =>
        {
            foreach (var row in batch.Rows)
                _programmes.Ensure(session, row.Actor.Programme);
            foreach (var row in batch.Measures)
                _programmes.Ensure(session, row.Actor.Programme);
            foreach (var row in batch.Circles)
                _programmes.Ensure(session, row.Actor.Programme);
            foreach (var (programme, _) in batch.Visibility)
                _programmes.Ensure(session, programme);
            foreach (var programme in batch.NewestOccurredAt.Keys)
                _programmes.Ensure(session, programme);
            return session.InTransaction(() =>
            {
                MoveOffset(session, partition, fromSeq, toSeq);
                foreach (var row in batch.Rows)
                    Upsert(session, row);
                foreach (var row in batch.Measures)
                    Upsert(session, row);
                foreach (var row in batch.Circles)
                    Upsert(session, row, partition, toSeq);
                foreach (var (programme, wish) in batch.Visibility)
                    Upsert(session, programme, wish);
                foreach (var (programme, instant) in batch.NewestOccurredAt)
                    MoveClock(session, programme, instant);
                return 0;
            });
        });

    public IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, CancellationToken cancellation)
    {
        var (value, reachedAt) = window.Metric switch
        {
            RollupMetric.Points => ("points", "points_reached_at"),
            RollupMetric.Receipts => ("receipts", "receipts_reached_at"),
            _ => ("spend", "receipts_reached_at"),
        };
        return _database.Stream(
            $"""
            select substr(actor, 8), sum({value}) as score, max({reachedAt}) as reached_at, max(version)
            from rollup
            where programme = $1 and day >= $2 and day < $3 and ($4 is null or store in (select value from json_each($4))) and actor glob 'member/*'
            group by actor having sum({value}) <> 0
            order by score desc, reached_at, actor
            """,
            session => [_programmes.Find(session, window.Programme) ?? -1, window.FromDay, window.ToDay, JsonOf(window.Stores)],
            row => new ScoreRow(MemberId.Parse(row.GetString(0)).Value, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellation);
    }

    public IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, CancellationToken cancellation) => _database.Stream(
        """
        select actor, store, day, thing, value, reached_at, version
        from measure
        where programme = $1 and measure = $2 and day >= $3 and day < $4 and ($5 is null or store in (select value from json_each($5))) and actor glob 'member/*'
        """,
        session => [_programmes.Find(session, window.Programme) ?? -1, window.Measure, window.FromDay, window.ToDay, JsonOf(window.Stores)],
        row => new MeasureRow
        {
            Actor = ActorId.FromPath(window.Programme, row.GetString(0)),
            Measure = window.Measure!,
            Store = row.GetString(1),
            Day = row.GetInt32(2),
            Thing = row.GetString(3),
            Value = row.GetInt64(4),
            ReachedAt = row.GetInt64(5),
            Version = row.GetInt64(6),
        },
        cancellation);

    public IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, CancellationToken cancellation) => _database.Stream(
        "select kind, actor, value, version from circle where programme = $1 and seq > coalesce((select value from json_each($2) where cast(key as integer) = partition), 0)",
        session => [_programmes.Find(session, programme) ?? -1, JsonSerializer.Serialize(after)],
        row => new CircleRow(ActorId.FromPath(programme, row.GetString(1)), (CircleKind)row.GetInt32(0), row.GetString(2), row.GetInt64(3)),
        cancellation);

    public async ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation) => await _database.Read(
        session => session.ReadAll(
            "select member, is_hidden, version from visibility where programme = $1",
            row => new VisibilityChange(MemberId.Parse(row.GetString(0)), row.GetBoolean(1), row.GetInt64(2)),
            _programmes.Find(session, programme) ?? -1).ToImmutableArray(),
        cancellation);

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
        session.Run("delete from rollup") + session.Run("delete from measure") + session.Run("delete from circle") + session.Run("delete from visibility") + session.Run("delete from rollup_offset") + session.Run("delete from rollup_clock")));

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

    private void Upsert(SqliteSession session, MeasureRow row) => session.Run(
        """
        insert into measure (programme, measure, day, store, actor, thing, version, value, reached_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (programme, measure, day, store, actor, thing) do update set
            version = excluded.version, value = excluded.value, reached_at = excluded.reached_at
        where version < excluded.version
        """,
        _programmes.Find(session, row.Actor.Programme),
        row.Measure,
        row.Day,
        row.Store,
        row.Actor.Path,
        row.Thing,
        row.Version,
        row.Value,
        row.ReachedAt);

    private void Upsert(SqliteSession session, CircleRow row, int partition, long seq) => session.Run(
        """
        insert into circle (programme, kind, actor, version, partition, seq, value) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (programme, kind, actor) do update set version = excluded.version, partition = excluded.partition, seq = excluded.seq, value = excluded.value
        where version < excluded.version
        """,
        _programmes.Find(session, row.Actor.Programme),
        (int)row.Kind,
        row.Actor.Path,
        row.Version,
        partition,
        seq,
        row.Value);

    private void Upsert(SqliteSession session, string programme, VisibilityChange wish) => session.Run(
        """
        insert into visibility (programme, member, is_hidden, version) values ($1, $2, $3, $4)
        on conflict (programme, member) do update set is_hidden = excluded.is_hidden, version = excluded.version where version < excluded.version
        """,
        _programmes.Find(session, programme),
        wish.Member.ToString(),
        wish.IsHidden ? 1 : 0,
        wish.Version);

    /// <summary>Stores as one parameter, whatever their number; null for all of them.</summary>
    private static string? JsonOf(IReadOnlyCollection<string>? stores) => stores is null ? null : JsonSerializer.Serialize(stores);
}
