using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Leaderboards;
using Gamification.Projections;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// The roll-up in PostgreSQL. Its commits wait for no flush: the offset is lost together with the rows it stands for, and both are folded again.
/// </summary>
public sealed class PostgresRollupStorage : IRollupStorage
{
    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;

    private PostgresRollupStorage(NpgsqlDataSource database)
    {
        _database = database;
        _programmes = new(database);
    }

    public static async Task<PostgresRollupStorage> Open(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "projections", cancellation);
        return new(database);
    }

    public async ValueTask<IReadOnlyDictionary<int, long>> Offsets(CancellationToken cancellation)
    {
        await using var command = Command("select partition, seq from rollup_offset");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        Dictionary<int, long> offsets = [];
        while (await row.ReadAsync(cancellation))
            offsets.Add(row.GetInt32(0), row.GetInt64(1));
        return offsets;
    }

    public async ValueTask Apply(int partition, long fromSeq, long toSeq, RollupBatch batch)
    {
        await EnsureProgrammes(batch);
        var newest = Newest(batch.Rows);
        var measures = Newest(batch.Measures);
        var circles = Newest(batch.Circles);
        var isRare = measures.Length > 0 || circles.Length > 0 || batch.Visibility.Count > 0;
        var wishes = batch.Visibility.OrderBy(wish => NumberOf(wish.Programme)).ThenBy(wish => wish.Wish.Member.ToString(), StringComparer.Ordinal).ToArray();
        var clocks = batch.NewestOccurredAt.OrderBy(clock => clock.Key, StringComparer.Ordinal).ToArray();
        await using var apply = _database.CreateCommand(
            $"""
            with moved as (
                insert into rollup_offset as o select $1, $3 where $2 = 0 or exists (select from rollup_offset where partition = $1)
                on conflict (partition) do update set seq = excluded.seq where o.seq = $2
                returning partition
            ), rows as (
                insert into rollup as r (programme, day, store, actor, version, points, receipts, spend, points_reached_at, receipts_reached_at)
                select n.* from moved, unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    n (programme, day, store, actor, version, points, receipts, spend, points_reached_at, receipts_reached_at)
                on conflict (programme, day, store, actor) do update set
                    version = excluded.version, points = excluded.points, receipts = excluded.receipts, spend = excluded.spend,
                    points_reached_at = excluded.points_reached_at, receipts_reached_at = excluded.receipts_reached_at
                where r.version < excluded.version
            ), clocks as (
                insert into rollup_clock as c (programme, newest_occurred_at) select n.* from moved, unnest($14, $15) n (programme, newest_occurred_at)
                on conflict (programme) do update set newest_occurred_at = excluded.newest_occurred_at
                where c.newest_occurred_at < excluded.newest_occurred_at
            ){(isRare ? RareTables : "")}
            select count(*), set_config('synchronous_commit', 'off', true) from moved
            """);
        Add(partition);
        Add(fromSeq);
        Add(toSeq);
        Add(Column(row => NumberOf(row.Actor.Programme)));
        Add(Column(row => row.Day));
        Add(Column(row => row.Store));
        Add(Column(row => row.Actor.Path));
        Add(Column(row => row.Version));
        Add(Column(row => row.Points));
        Add(Column(row => row.Receipts));
        Add(Column(row => row.Spend));
        Add(Column(row => row.PointsReachedAt));
        Add(Column(row => row.ReceiptsReachedAt));
        Add(clocks.Select(clock => NumberOf(clock.Key)).ToArray());
        Add(clocks.Select(clock => clock.Value).ToArray());
        if (isRare)
        {
            Add(Array.ConvertAll(measures, row => NumberOf(row.Actor.Programme)));
            Add(Array.ConvertAll(measures, row => row.Measure));
            Add(Array.ConvertAll(measures, row => row.Day));
            Add(Array.ConvertAll(measures, row => row.Store));
            Add(Array.ConvertAll(measures, row => row.Actor.Path));
            Add(Array.ConvertAll(measures, row => row.Thing));
            Add(Array.ConvertAll(measures, row => row.Version));
            Add(Array.ConvertAll(measures, row => row.Value));
            Add(Array.ConvertAll(measures, row => row.ReachedAt));
            Add(Array.ConvertAll(wishes, wish => NumberOf(wish.Programme)));
            Add(Array.ConvertAll(wishes, wish => wish.Wish.Member.ToString()));
            Add(Array.ConvertAll(wishes, wish => wish.Wish.IsHidden));
            Add(Array.ConvertAll(wishes, wish => wish.Wish.Version));
            Add(Array.ConvertAll(circles, row => NumberOf(row.Actor.Programme)));
            Add(Array.ConvertAll(circles, row => (short)row.Kind));
            Add(Array.ConvertAll(circles, row => row.Actor.Path));
            Add(Array.ConvertAll(circles, row => row.Version));
            Add(Array.ConvertAll(circles, row => row.Value));
        }

        if (await apply.ExecuteScalarAsync() is not 1L)
            throw new InvalidOperationException($"The roll-up of partition {partition} does not stand at {fromSeq}.");

        T[] Column<T>(Func<RollupRow, T> value) => Array.ConvertAll(newest, row => value(row));

        void Add<T>(T value)
            where T : notnull => apply.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
    }

    /// <summary>Beside the tables of every batch, those that most never touch.</summary>
    private const string RareTables =
        """
        , measures as (
            insert into measure as m (programme, measure, day, store, actor, thing, version, value, reached_at)
            select n.* from moved, unnest($16, $17, $18, $19, $20, $21, $22, $23, $24) n (programme, measure, day, store, actor, thing, version, value, reached_at)
            on conflict (programme, measure, day, store, actor, thing) do update set
                version = excluded.version, value = excluded.value, reached_at = excluded.reached_at
            where m.version < excluded.version
        ), wishes as (
            insert into visibility as v (programme, member, is_hidden, version)
            select n.* from moved, unnest($25, $26, $27, $28) n (programme, member, is_hidden, version)
            on conflict (programme, member) do update set is_hidden = excluded.is_hidden, version = excluded.version
            where v.version < excluded.version
        ), circles as (
            insert into circle as c (programme, kind, actor, version, value, partition, seq)
            select n.*, $1, $3 from moved, unnest($29, $30, $31, $32, $33) n (programme, kind, actor, version, value)
            on conflict (programme, kind, actor) do update set version = excluded.version, value = excluded.value, partition = excluded.partition, seq = excluded.seq
            where c.version < excluded.version
        )
        """;

    private async ValueTask EnsureProgrammes(RollupBatch batch)
    {
        var programmes = batch.Rows.Select(row => row.Actor.Programme)
            .Concat(batch.Measures.Select(row => row.Actor.Programme))
            .Concat(batch.Circles.Select(row => row.Actor.Programme))
            .Concat(batch.Visibility.Select(wish => wish.Programme))
            .Concat(batch.NewestOccurredAt.Keys);
        foreach (var programme in programmes.Distinct()) await _programmes.Ensure(programme, CancellationToken.None);
    }

    public IAsyncEnumerable<MeasureRow> Measures(RollupWindow window, CancellationToken cancellation) => Reach.Guard(ReadMeasures(window, cancellation));

    public IAsyncEnumerable<CircleRow> Circles(string programme, IReadOnlyDictionary<int, long> after, CancellationToken cancellation) =>
        Reach.Guard(ReadCircles(programme, after, cancellation));

    public ValueTask<ImmutableArray<VisibilityChange>> Visibility(string programme, CancellationToken cancellation) =>
        Reach.Guard(() => ReadVisibility(programme, cancellation));

    public IAsyncEnumerable<ScoreRow> Scores(RollupWindow window, CancellationToken cancellation) => Reach.Guard(ReadScores(window, cancellation));

    public ValueTask<RollupTotals> Totals(string programme, string? store, CancellationToken cancellation) => Reach.Guard(() => ReadTotals(programme, store, cancellation));

    public async ValueTask<long?> NewestOccurredAt(string programme, CancellationToken cancellation)
    {
        await using var command = Command("select newest_occurred_at from rollup_clock where programme = $1", await NumberOf(programme, cancellation));
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    public async ValueTask Drop(CancellationToken cancellation)
    {
        await using var command = Command("truncate rollup, measure, circle, visibility, rollup_offset, rollup_clock");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async IAsyncEnumerable<ScoreRow> ReadScores(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (value, reachedAt) = window.Metric switch
        {
            RollupMetric.Points => ("points", "points_reached_at"),
            RollupMetric.Receipts => ("receipts", "receipts_reached_at"),
            _ => ("spend", "receipts_reached_at"),
        };
        await using var command = Command(
            $"""
            select substr(actor, 8), sum({value})::bigint as score, max({reachedAt}) as reached_at, max(version)
            from rollup
            where programme = $1 and day >= $2 and day < $3 and ($4::text[] is null or store = any($4)) and actor like 'member/%'
            group by actor having sum({value}) <> 0
            order by score desc, reached_at, actor
            """,
            await NumberOf(window.Programme, cancellation),
            window.FromDay,
            window.ToDay,
            (object?)window.Stores?.ToArray() ?? DBNull.Value);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return new(MemberId.Parse(row.GetString(0)).Value, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
    }

    private async IAsyncEnumerable<MeasureRow> ReadMeasures(RollupWindow window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(
            """
            select actor, store, day, thing, value, reached_at, version
            from measure
            where programme = $1 and measure = $2 and day >= $3 and day < $4 and ($5::text[] is null or store = any($5)) and actor like 'member/%'
            """,
            await NumberOf(window.Programme, cancellation),
            window.Measure!,
            window.FromDay,
            window.ToDay,
            (object?)window.Stores?.ToArray() ?? DBNull.Value);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new()
            {
                Actor = ActorId.FromPath(window.Programme, row.GetString(0)),
                Measure = window.Measure!,
                Store = row.GetString(1),
                Day = row.GetInt32(2),
                Thing = row.GetString(3),
                Value = row.GetInt64(4),
                ReachedAt = row.GetInt64(5),
                Version = row.GetInt64(6),
            };
        }
    }

    private async IAsyncEnumerable<CircleRow> ReadCircles(string programme, IReadOnlyDictionary<int, long> after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(
            """
            select kind, actor, value, version
            from circle left join unnest($2::int[], $3::bigint[]) as known (partition, seq) using (partition)
            where programme = $1 and circle.seq > coalesce(known.seq, 0)
            """,
            await NumberOf(programme, cancellation),
            after.Keys.ToArray(),
            after.Values.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) yield return new(ActorId.FromPath(programme, row.GetString(1)), (CircleKind)row.GetInt16(0), row.GetString(2), row.GetInt64(3));
    }

    private async ValueTask<ImmutableArray<VisibilityChange>> ReadVisibility(string programme, CancellationToken cancellation)
    {
        await using var command = Command("select member, is_hidden, version from visibility where programme = $1", await NumberOf(programme, cancellation));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var wishes = ImmutableArray.CreateBuilder<VisibilityChange>();
        while (await row.ReadAsync(cancellation)) wishes.Add(new(MemberId.Parse(row.GetString(0)), row.GetBoolean(1), row.GetInt64(2)));
        return wishes.DrainToImmutable();
    }

    private async ValueTask<RollupTotals> ReadTotals(string programme, string? store, CancellationToken cancellation)
    {
        await using var command = Command(
            """
            select coalesce(sum(receipts), 0)::bigint, coalesce(sum(receipts) filter (where actor not like 'member/%'), 0)::bigint,
                   count(distinct actor) filter (where actor like 'member/%'),
                   coalesce(sum(points), 0)::bigint, coalesce(sum(spend), 0)::bigint
            from rollup where programme = $1 and ($2::text is null or store = $2)
            """,
            await NumberOf(programme, cancellation),
            (object?)store ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    /// <summary>
    /// One row a key, because a statement may touch a row once, and in the order of the keys, so that two partitions never wait for each other in a circle.
    /// </summary>
    private RollupRow[] Newest(IReadOnlyList<RollupRow> rows) =>
    [
        .. rows.GroupBy(row => (Programme: NumberOf(row.Actor.Programme), row.Day, row.Store, row.Actor.Path))
            .OrderBy(group => group.Key.Programme).ThenBy(group => group.Key.Day)
            .ThenBy(group => group.Key.Store, StringComparer.Ordinal).ThenBy(group => group.Key.Path, StringComparer.Ordinal)
            .Select(group => group.MaxBy(row => row.Version)),
    ];

    private MeasureRow[] Newest(IReadOnlyList<MeasureRow> rows) =>
    [
        .. rows.GroupBy(row => (Programme: NumberOf(row.Actor.Programme), row.Measure, row.Day, row.Store, row.Actor.Path, row.Thing))
            .OrderBy(group => group.Key.Programme).ThenBy(group => group.Key.Measure, StringComparer.Ordinal).ThenBy(group => group.Key.Day)
            .ThenBy(group => group.Key.Store, StringComparer.Ordinal).ThenBy(group => group.Key.Path, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Thing, StringComparer.Ordinal)
            .Select(group => group.MaxBy(row => row.Version)),
    ];

    private CircleRow[] Newest(IReadOnlyList<CircleRow> rows) =>
    [
        .. rows.GroupBy(row => (Programme: NumberOf(row.Actor.Programme), row.Kind, row.Actor.Path))
            .OrderBy(group => group.Key.Programme).ThenBy(group => group.Key.Kind).ThenBy(group => group.Key.Path, StringComparer.Ordinal)
            .Select(group => group.MaxBy(row => row.Version)),
    ];

    private short NumberOf(string programme) =>
        _programmes.TryGet(programme, out var number) ? number : throw new InvalidOperationException($"Programme {programme} has no number yet.");

    /// <summary>The programme's number, or one that no programme has.</summary>
    private async ValueTask<short> NumberOf(string programme, CancellationToken cancellation) => await _programmes.Find(programme, cancellation) ?? -1;

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }
}
