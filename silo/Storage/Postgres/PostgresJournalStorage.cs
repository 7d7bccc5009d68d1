using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// The journal in PostgreSQL. Each partition writes through a connection of its own, one statement a batch; reads take connections from the pool.
/// </summary>
public sealed class PostgresJournalStorage : IJournalStorage, ISelfChecking, IAsyncDisposable
{
    private const string Entries = $"select {PostgresEntry.Columns} from journal_entry e where ";

    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;
    private readonly PostgresHistories _histories;
    private readonly Guid _owner = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<int, PostgresPartitionWriter> _writers = [];

    private PostgresJournalStorage(NpgsqlDataSource database)
    {
        _database = database;
        _programmes = new(database);
        _histories = new(database, _programmes);
    }

    /// <summary>Brings the tables up to date. The data source stays the caller's.</summary>
    public static async Task<PostgresJournalStorage> Open(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "journal", cancellation);
        return new(database);
    }

    public async ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation)
    {
        await Drop(partition);
        return (await ReadHead(
            """
            insert into journal_head (partition, owner, epoch, last_seq, last_at) values ($1, $2, 1, 0, timestamptz '1970-01-01 00:00:00+00')
            on conflict (partition) do update set epoch = journal_head.epoch + 1, owner = excluded.owner
            returning epoch, last_seq
            """,
            partition,
            cancellation))!.Value;
    }

    public async ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation)
    {
        await Drop(partition);
        return await ReadHead(
                "update journal_head set epoch = epoch + 1 where partition = $1 and owner = $2 returning epoch, last_seq", partition, cancellation)
            ?? throw new PartitionFencedException(partition, await AwaitHead(partition, cancellation) - 1);
    }

    public async ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        AppendChecks.Check(batch);
        var writer = await Ready(partition, batch).ConfigureAwait(false);
        return await writer.Commit(epoch, batch, now).ConfigureAwait(false);
    }

    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => _histories.Load(actor, cancellation);

    public async ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) =>
        await Number(actor.Programme, cancellation) is { } programme
            ? await ReadEntries(
                Entries + "e.programme = $1 and e.actor = $2 and e.version > $3 order by e.version limit $4",
                cancellation,
                programme,
                actor.Path,
                afterVersion,
                limit)
            : [];

    public async ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) =>
        await Number(actor.Programme, cancellation) is { } programme
            ? await ReadEntries(
                Entries + "e.programme = $1 and e.actor = $2 and e.version < $3 order by e.version desc limit $4",
                cancellation,
                programme,
                actor.Path,
                beforeVersion,
                limit)
            : [];

    public async ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) =>
        await Number(programme, cancellation) is { } number
        && await ReadEntries(
            Entries + "e.programme = $1 and e.key_month = $2 and e.key_digest = $3", cancellation, number, key.Month, key.Digest) is [var entry]
            ? entry
            : null;

    public async ValueTask OpenLease(string programme, Guid lease) => await Reach.Guard(async () =>
    {
        await using var command = Command(
            "insert into journal_lease (programme, lease, points, awards, is_open) values ($1, $2, 0, 0, true) on conflict do nothing",
            await _programmes.Ensure(programme, CancellationToken.None),
            lease);
        return await command.ExecuteNonQueryAsync();
    });

    /// <summary>Waits for a commit under way, which holds the lease's row until it has come to its end.</summary>
    public ValueTask<LeaseTally> EndLease(string programme, Guid lease) => Reach.Guard(async ValueTask<LeaseTally> () =>
    {
        if (await _programmes.Find(programme, CancellationToken.None) is not { } number) return default;
        await using var command = Command("update journal_lease set is_open = false where programme = $1 and lease = $2 returning points, awards", number, lease);
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? new(row.GetInt64(0), row.GetInt64(1)) : default;
    });

    public ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation) =>
        ReadEntries(Entries + "e.partition = $1 and e.seq > $2 order by e.seq limit $3", cancellation, partition, afterSeq, limit);

    public ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation) => Reach.Guard(async ValueTask<ImmutableArray<PartitionHead>> () =>
    {
        await using var command = Command("select partition, epoch, last_seq from journal_head order by partition");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var heads = ImmutableArray.CreateBuilder<PartitionHead>();
        while (await row.ReadAsync(cancellation))
            heads.Add(new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)));
        return heads.DrainToImmutable();
    });

    public ValueTask<JournalCheck> Verify(CancellationToken cancellation) => PostgresJournalCheck.Run(_database, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var partition in _writers.Keys)
            await Drop(partition);
    }

    private async ValueTask<PostgresPartitionWriter> Ready(int partition, IReadOnlyList<Append> batch)
    {
        try
        {
            foreach (var append in batch)
            {
                if (!_programmes.TryGet(append.Actor.Programme, out _))
                    await _programmes.Ensure(append.Actor.Programme, CancellationToken.None).ConfigureAwait(false);
            }

            if (_writers.TryGetValue(partition, out var writer))
                return writer;
            return _writers[partition] = await PostgresPartitionWriter.Open(_database, _programmes, partition).ConfigureAwait(false);
        }
        catch (Exception away)
        {
            throw PostgresFaults.Unavailable(away);
        }
    }

    private async ValueTask Drop(int partition)
    {
        if (_writers.TryRemove(partition, out var writer))
            await writer.DisposeAsync();
    }

    private async ValueTask<PartitionHead?> ReadHead(string sql, int partition, CancellationToken cancellation)
    {
        await using var command = Command(sql, partition, _owner);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(partition, row.GetInt64(0), row.GetInt64(1)) : null;
    }

    /// <summary>Waits for whatever is under way on the head row and returns its epoch.</summary>
    private async ValueTask<long> AwaitHead(int partition, CancellationToken cancellation)
    {
        await using var command = Command("select epoch from journal_head where partition = $1 for update", partition);
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 1;
    }

    private ValueTask<short?> Number(string programme, CancellationToken cancellation) => Reach.Guard(() => _programmes.Find(programme, cancellation));

    private ValueTask<ImmutableArray<StoredEntry>> ReadEntries(string sql, CancellationToken cancellation, params object[] parameters) => Reach.Guard(async ValueTask<ImmutableArray<StoredEntry>> () =>
    {
        await using var command = Command(sql, parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entries = ImmutableArray.CreateBuilder<StoredEntry>();
        while (await row.ReadAsync(cancellation))
            entries.Add(await _programmes.Entry(PostgresEntry.Read(row)));
        return entries.DrainToImmutable();
    });

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }
}
