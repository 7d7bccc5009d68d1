using System.Runtime.CompilerServices;
using Gamification.Impacts;
using Gamification.Rules.Challenges;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>Impact counters in PostgreSQL. Commits wait for no flush: rows and positions go back together, and the journal brings both forward again.</summary>
public sealed class PostgresImpactStorage : IImpactStorage
{
    private const string Columns = "d.member, d.deed, d.version, d.store, d.day, d.quantities";

    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;

    private PostgresImpactStorage(NpgsqlDataSource database)
    {
        _database = database;
        _programmes = new(database);
    }

    public static async Task<PostgresImpactStorage> Open(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "impacts", cancellation);
        return new(database);
    }

    public async ValueTask<IReadOnlyDictionary<int, long>> Positions(ImpactSet set, CancellationToken cancellation)
    {
        var number = await Number(set, cancellation);
        return (await ReadAll("select partition, seq from impact_position where counted = $1", row => (row.GetInt32(0), row.GetInt64(1)), cancellation, number))
            .ToDictionary(position => position.Item1, position => position.Item2);
    }

    public async ValueTask<IReadOnlyList<ImpactRow>> Find(ImpactSet set, IReadOnlyList<(Guid Member, Guid Deed)> deeds, CancellationToken cancellation) => await ReadAll(
        $"select {Columns} from unnest($2, $3) k (member, deed) join impact_deed d on d.counted = $1 and d.member = k.member and d.deed = k.deed",
        Row,
        cancellation,
        await Number(set, cancellation), deeds.Select(one => one.Member).ToArray(), deeds.Select(one => one.Deed).ToArray());

    public async ValueTask<IReadOnlyList<ImpactRow>> Of(ImpactSet set, Guid member, CancellationToken cancellation) =>
        await ReadAll($"select {Columns} from impact_deed d where d.counted = $1 and d.member = $2", Row, cancellation, await Number(set, cancellation), member);

    public async ValueTask<IReadOnlyList<ImpactSum>> Sums(ImpactSet set, CancellationToken cancellation) => await ReadAll(
        "select factor, store, day, thousandths from impact_sum where counted = $1",
        row => new ImpactSum(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3)),
        cancellation,
        await Number(set, cancellation));

    public async ValueTask<IReadOnlyList<ImpactPerson>> People(ImpactSet set, CancellationToken cancellation) => await ReadAll(
        "select factor, store, member from impact_person where counted = $1",
        row => new ImpactPerson(row.GetString(0), row.GetString(1), row.GetGuid(2)),
        cancellation,
        await Number(set, cancellation));

    public IAsyncEnumerable<ImpactRow> Rows(ImpactSet set, CancellationToken cancellation) => Reach.Guard(ReadRows(set, cancellation));

    public async ValueTask Keep(ImpactSet set, IReadOnlyList<ImpactRow> rows, IReadOnlyList<ImpactSum> sums, IReadOnlyList<ImpactPerson> people, IReadOnlyList<Position> from, IReadOnlyList<Position> to)
    {
        var programme = await _programmes.Ensure(set.Programme, CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run("set local synchronous_commit = off");
        await Run("insert into impact_set (programme, counting) values ($1, $2) on conflict do nothing", programme, set.Counting);

        // Whoever keeps holds the set's row, so that two activations take turns and the later finds its mistake.
        var number = (int)(await Scalar("select number from impact_set where programme = $1 and counting = $2 for update", programme, set.Counting))!;
        var stored = (long)(await Scalar(
            "select count(*) from impact_position p join unnest($2, $3) f (partition, seq) on p.partition = f.partition and p.seq = f.seq where p.counted = $1",
            number, from.Select(position => position.Partition).ToArray(), from.Select(position => position.Seq).ToArray()))!;
        if (stored != from.Count || (long)(await Scalar("select count(*) from impact_position where counted = $1", number))! != stored)
            throw new InvalidOperationException($"The impact of {set} does not stand where it is said to.");
        await Run(
            """
            insert into impact_deed (counted, member, deed, version, store, day, quantities)
            select $1, n.* from unnest($2, $3, $4, $5, $6, $7) n (member, deed, version, store, day, quantities)
            on conflict (counted, member, deed) do update set version = excluded.version, store = excluded.store, day = excluded.day, quantities = excluded.quantities
            """,
            number,
            rows.Select(row => row.Member).ToArray(),
            rows.Select(row => row.Deed).ToArray(),
            rows.Select(row => row.Version).ToArray(),
            rows.Select(row => row.Store).ToArray(),
            rows.Select(row => row.Day).ToArray(),
            rows.Select(row => QuantitiesText.Of(row.Quantities)).ToArray());
        await Run(
            """
            insert into impact_sum (counted, factor, store, day, thousandths) select $1, n.* from unnest($2, $3, $4, $5) n (factor, store, day, thousandths)
            on conflict (counted, factor, store, day) do update set thousandths = excluded.thousandths
            """,
            number,
            sums.Select(sum => sum.Factor).ToArray(),
            sums.Select(sum => sum.Store).ToArray(),
            sums.Select(sum => sum.Day).ToArray(),
            sums.Select(sum => sum.Thousandths).ToArray());
        await Run(
            "insert into impact_person (counted, factor, store, member) select $1, n.* from unnest($2, $3, $4) n (factor, store, member) on conflict do nothing",
            number,
            people.Select(person => person.Factor).ToArray(),
            people.Select(person => person.Store).ToArray(),
            people.Select(person => person.Member).ToArray());
        await Run(
            "insert into impact_position (counted, partition, seq) select $1, n.* from unnest($2, $3) n (partition, seq) on conflict (counted, partition) do update set seq = excluded.seq",
            number, to.Select(position => position.Partition).ToArray(), to.Select(position => position.Seq).ToArray());
        await transaction.CommitAsync();

        async Task Run(string sql, params object[] parameters)
        {
            await using var command = Command(sql, connection, parameters);
            await command.ExecuteNonQueryAsync();
        }

        async Task<object?> Scalar(string sql, params object[] parameters)
        {
            await using var command = Command(sql, connection, parameters);
            return await command.ExecuteScalarAsync();
        }
    }

    public async ValueTask<IReadOnlyList<ImpactSet>> Sets(string programme, CancellationToken cancellation) => await ReadAll(
        "select counting from impact_set where programme = $1 order by number",
        row => new ImpactSet(programme, row.GetString(0)),
        cancellation,
        await _programmes.Find(programme, cancellation) ?? (short)-1);

    public async ValueTask Drop(ImpactSet set)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = Command(
            """
            with gone as (delete from impact_set where number = $1),
                deeds as (delete from impact_deed where counted = $1),
                sums as (delete from impact_sum where counted = $1),
                people as (delete from impact_person where counted = $1)
            delete from impact_position where counted = $1
            """,
            connection,
            await Number(set, CancellationToken.None));
        await command.ExecuteNonQueryAsync();
    }

    private async ValueTask<int> Number(ImpactSet set, CancellationToken cancellation)
    {
        var programme = await _programmes.Find(set.Programme, cancellation) ?? (short)-1;
        return await ReadAll("select number from impact_set where programme = $1 and counting = $2", row => row.GetInt32(0), cancellation, programme, set.Counting) is [var number] ? number : -1;
    }

    private async IAsyncEnumerable<ImpactRow> ReadRows(ImpactSet set, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = await Number(set, cancellation);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = Command($"select {Columns} from impact_deed d where d.counted = $1", connection, number);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return Row(row);
    }

    private async Task<List<T>> ReadAll<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] parameters)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = Command(sql, connection, parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await row.ReadAsync(cancellation))
            rows.Add(read(row));
        return rows;
    }

    private static ImpactRow Row(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4), QuantitiesText.Read(row.GetString(5)));

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }
}
