using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Gamification.Storage.Postgres;

/// <summary>The journal's tables as a whole. They are filled by COPY: a row of an import needs no look at what is there.</summary>
internal sealed class PostgresJournalCopy(NpgsqlDataSource database) : IJournalCopy
{
    private readonly PostgresProgrammes _programmes = new(database);

    public async ValueTask<ImmutableArray<string>> Programmes(CancellationToken cancellation) => [.. await database
        .Stream(
            "select name from programme p where exists (select from journal_entry e where e.programme = p.number)", row => row.GetString(0), cancellation)
        .ToListAsync(cancellation)];

    public async ValueTask<ImmutableArray<TransferRow.Head>> Heads(CancellationToken cancellation) => [.. await database
        .Stream(
            "select partition, last_seq, last_at from journal_head order by partition",
            row => new TransferRow.Head(row.GetInt32(0), row.GetInt64(1), new(row.GetDateTime(2))),
            cancellation)
        .ToListAsync(cancellation)];

    public async IAsyncEnumerable<TransferRow.Entry> Entries([EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = database.Stream(
            $"select {PostgresEntry.Columns}, e.key_month, e.key_digest, e.key_content from journal_entry e order by e.partition, e.seq",
            row => (Entry: PostgresEntry.Read(row), Key: row.IsDBNull(8) ? (BusinessKey?)null : new BusinessKey(row.GetInt32(8), row.GetGuid(9), row.GetGuid(10))),
            cancellation);
        await foreach (var (entry, key) in rows)
            yield return new(entry.Of(ActorId.FromPath(await _programmes.NameOf(entry.Programme, cancellation), entry.Actor)), key);
    }

    public async IAsyncEnumerable<TransferRow.Snapshot> Snapshots([EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = database.Stream(
            "select programme, actor, version, state from journal_snapshot order by programme, actor",
            row => (Programme: row.GetInt16(0), Actor: row.GetString(1), Version: row.GetInt64(2), State: row.GetFieldValue<byte[]>(3)),
            cancellation);
        await foreach (var row in rows)
            yield return new(ActorId.FromPath(await _programmes.NameOf(row.Programme, cancellation), row.Actor), row.Version, row.State);
    }

    public async ValueTask<ImmutableArray<TransferRow.Lease>> Leases(CancellationToken cancellation) => [.. await database
        .Stream(
            "select p.name, l.lease, l.points, l.awards, l.is_open from journal_lease l join programme p on p.number = l.programme order by p.name, l.lease",
            row => new TransferRow.Lease(row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4)),
            cancellation)
        .ToListAsync(cancellation)];

    public async ValueTask<ImmutableArray<TransferRow.Seal>> Seals(CancellationToken cancellation) => [.. await database
        .Stream(
            "select partition, seq, mac from journal_seal order by partition, seq",
            row => new TransferRow.Seal(row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            cancellation)
        .ToListAsync(cancellation)];

    public async ValueTask LetGo(IReadOnlyList<TransferRow.Lease> over)
    {
        await using var command = database.CreateCommand(
            """
            delete from journal_lease l using unnest($1::text[], $2::uuid[]) o (programme, lease), programme p
            where p.name = o.programme and l.programme = p.number and l.lease = o.lease
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = over.Select(lease => lease.Programme).ToArray() }, new() { Value = over.Select(lease => lease.Id).ToArray() } });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask Seal(TransferRow.Seal seal)
    {
        await using var command = database.CreateCommand(
            "insert into journal_seal (partition, seq, mac) values ($1, $2, $3) on conflict (partition, seq) do update set mac = excluded.mac");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = seal.Partition }, new() { Value = seal.Seq }, new() { Value = seal.Mac.ToArray() } });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask<bool> IsEmpty(CancellationToken cancellation) => await database.First(
        "select not exists (select from journal_entry) and not exists (select from journal_head)", row => row.GetBoolean(0), cancellation);

    public ValueTask<TransferMark?> Mark(CancellationToken cancellation) => database.First(
        "select chunk, running from journal_transfer", row => new TransferMark(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows, TransferMark mark)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Copy<TransferRow.Head>(connection, "journal_head (partition, owner, epoch, last_seq, last_at)", rows, async (row, head) =>
        {
            await row.WriteAsync(head.Partition, NpgsqlDbType.Integer);
            await row.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid);
            await row.WriteAsync(1L, NpgsqlDbType.Bigint);
            await row.WriteAsync(head.LastSeq, NpgsqlDbType.Bigint);
            await row.WriteAsync(head.LastAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        });
        await Copy<TransferRow.Entry>(
            connection, "journal_entry (seq, version, recorded_at, key_digest, key_content, partition, key_month, programme, actor, type, payload)", rows, WriteEntry);
        await Copy<TransferRow.Snapshot>(connection, "journal_snapshot (version, programme, actor, state)", rows, async (row, snapshot) =>
        {
            await row.WriteAsync(snapshot.Version, NpgsqlDbType.Bigint);
            await row.WriteAsync(await _programmes.Ensure(snapshot.Actor.Programme, CancellationToken.None), NpgsqlDbType.Smallint);
            await row.WriteAsync(snapshot.Actor.Path, NpgsqlDbType.Text);
            await row.WriteAsync(snapshot.State, NpgsqlDbType.Bytea);
        });
        await Copy<TransferRow.Lease>(connection, "journal_lease (points, awards, lease, programme, is_open)", rows, async (row, lease) =>
        {
            await row.WriteAsync(lease.Points, NpgsqlDbType.Bigint);
            await row.WriteAsync(lease.Awards, NpgsqlDbType.Bigint);
            await row.WriteAsync(lease.Id, NpgsqlDbType.Uuid);
            await row.WriteAsync(await _programmes.Ensure(lease.Programme, CancellationToken.None), NpgsqlDbType.Smallint);
            await row.WriteAsync(lease.IsOpen, NpgsqlDbType.Boolean);
        });
        await Copy<TransferRow.Seal>(connection, "journal_seal (partition, seq, mac)", rows, async (row, seal) =>
        {
            await row.WriteAsync(seal.Partition, NpgsqlDbType.Integer);
            await row.WriteAsync(seal.Seq, NpgsqlDbType.Bigint);
            await row.WriteAsync(seal.Mac, NpgsqlDbType.Bytea);
        });
        await using var moved = new NpgsqlCommand(
            "insert into journal_transfer (id, chunk, running) values (1, $1, $2) on conflict (id) do update set chunk = excluded.chunk, running = excluded.running",
            connection,
            transaction);
        moved.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = mark.Chunk }, new() { Value = mark.Running.ToArray() } });
        await moved.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask Finish()
    {
        await using var command = database.CreateCommand("delete from journal_transfer");
        await command.ExecuteNonQueryAsync();
    }

    private async Task WriteEntry(NpgsqlBinaryImporter row, TransferRow.Entry moved)
    {
        var (entry, key) = (moved.Stored, moved.Key);
        await row.WriteAsync(entry.Seq, NpgsqlDbType.Bigint);
        await row.WriteAsync(entry.Version, NpgsqlDbType.Bigint);
        await row.WriteAsync(entry.RecordedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        await WriteOrNull(key?.Digest, NpgsqlDbType.Uuid);
        await WriteOrNull(key?.Content, NpgsqlDbType.Uuid);
        await row.WriteAsync(entry.Partition, NpgsqlDbType.Integer);
        await WriteOrNull(key?.Month, NpgsqlDbType.Integer);
        await row.WriteAsync(await _programmes.Ensure(entry.Actor.Programme, CancellationToken.None), NpgsqlDbType.Smallint);
        await row.WriteAsync(entry.Actor.Path, NpgsqlDbType.Text);
        await row.WriteAsync(entry.Type, NpgsqlDbType.Text);
        await row.WriteAsync(entry.Payload, NpgsqlDbType.Bytea);

        Task WriteOrNull<T>(T? value, NpgsqlDbType type)
            where T : struct => value is { } stated ? row.WriteAsync(stated, type) : row.WriteNullAsync();
    }

    private static async Task Copy<T>(NpgsqlConnection connection, string into, IReadOnlyList<TransferRow> rows, Func<NpgsqlBinaryImporter, T, Task> write)
        where T : TransferRow
    {
        if (!rows.OfType<T>().Any()) return;
        await using var importer = await connection.BeginBinaryImportAsync($"copy {into} from stdin (format binary)");
        foreach (var row in rows.OfType<T>())
        {
            await importer.StartRowAsync();
            await write(importer, row);
        }

        await importer.CompleteAsync();
    }
}
