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
    private const int RaceAttemptsMax = 16;
    private const int LooksAfterRefusal = 64;
    private const string Entries = $"select {PostgresEntry.Columns} from journal_entry e where ";

    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;
    private readonly PostgresHistories _histories;
    private readonly Guid _owner = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<int, Writer> _writers = [];

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
        await writer.Busy.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Commit(writer, partition, epoch, batch, now).ConfigureAwait(false);
        }
        finally
        {
            writer.Busy.Release();
        }
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

    private async ValueTask<Writer> Ready(int partition, IReadOnlyList<Append> batch)
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
            return _writers[partition] = await Writer.Open(_database).ConfigureAwait(false);
        }
        catch (Exception away)
        {
            throw PostgresFaults.Unavailable(away);
        }
    }

    private async ValueTask<ImmutableArray<AppendOutcome>> Commit(Writer writer, int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        var at = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Store(writer, partition, epoch, batch, at, looks: attempt > 1 || writer.TakeLook()).ConfigureAwait(false);
            }
            catch (Exception race) when (PostgresFaults.IsRace(race) && attempt < RaceAttemptsMax)
            {
                // What is in the way is visible now, and the next attempt answers with it. Repeats come in bursts: a till sends its queue again.
                writer.LooksLeft = LooksAfterRefusal;
            }
            catch (Exception bad) when (PostgresFaults.IsBadRow(bad) && !PostgresFaults.IsRace(bad))
            {
                throw new BadAppendException("A row of the batch was refused by the database.", bad);
            }
            catch (Exception fault) when (PostgresFaults.NothingWritten(fault))
            {
                throw PostgresFaults.Unavailable(fault);
            }
        }
    }

    /// <summary>
    /// One try at the whole batch. Appends that repeat a key of an earlier one in the batch go in a round of their own, after it,
    /// and then all rounds share a transaction; nearly always there is one round, and the statement is the transaction.
    /// </summary>
    private async Task<ImmutableArray<AppendOutcome>> Store(
        Writer writer, int partition, long epoch, IReadOnlyList<Append> batch, DateTime now, bool looks)
    {
        var outcomes = new AppendOutcome[batch.Count];
        var rounds = Rounds(batch);
        if (rounds.Count == 1)
        {
            await Round(rounds[0]).ConfigureAwait(false);
            return ImmutableArray.Create(outcomes);
        }

        var transaction = await writer.Connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var round in rounds)
                await Round(round).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return ImmutableArray.Create(outcomes);
        }

        async Task Round(List<int> positions)
        {
            while (positions.Count > 0)
            {
                var answers = await writer.Batch.Run(partition, epoch, now, batch, positions, ProgrammeOf, looks).ConfigureAwait(false);
                if (answers is [PostgresBatch.Answer.Moved moved])
                {
                    Number(partition, batch, positions, moved, outcomes);
                    return;
                }

                if (answers.Count == 0)
                    throw new PartitionFencedException(partition, epoch);
                if (!looks)
                {
                    // A stale version alone was seen. Its key may be taken as well, and that goes first.
                    looks = true;
                    continue;
                }

                foreach (var answer in answers)
                    outcomes[answer.Append] = await Refusal(answer, outcomes[answer.Append]).ConfigureAwait(false);
                positions = positions.FindAll(position => outcomes[position] is null);
            }
        }
    }

    private static void Number(
        int partition, IReadOnlyList<Append> batch, List<int> positions, PostgresBatch.Answer.Moved moved, AppendOutcome[] outcomes)
    {
        var (seq, at) = (moved.Base, new DateTimeOffset(moved.At));
        foreach (var position in positions)
        {
            var count = batch[position].Entries.Length;
            outcomes[position] = new AppendOutcome.Appended(partition, seq + 1, seq + count, at);
            seq += count;
        }
    }

    /// <summary>A taken key goes before a stale version, and the first taken key before the others.</summary>
    private async ValueTask<AppendOutcome> Refusal(PostgresBatch.Answer answer, AppendOutcome? before) => (answer, before) switch
    {
        (PostgresBatch.Answer.Taken taken, AppendOutcome.KeyTaken other) when other.Index < taken.Index => other,
        (PostgresBatch.Answer.Taken taken, _) => new AppendOutcome.KeyTaken(taken.Index, taken.Content, await Entry(taken.First).ConfigureAwait(false)),
        (PostgresBatch.Answer.Stale, AppendOutcome.KeyTaken other) => other,
        (PostgresBatch.Answer.Stale stale, _) => new AppendOutcome.StaleVersion(stale.Version),
        _ => throw new InvalidOperationException("The head moved although an append was refused."),
    };

    private static List<List<int>> Rounds(IReadOnlyList<Append> batch)
    {
        List<List<int>> rounds = [[]];
        Dictionary<(string, int, Guid), int>? roundOf = null;
        for (var position = 0; position < batch.Count; position++)
        {
            var round = 0;
            foreach (var entry in batch[position].Entries)
            {
                if (entry.Key is { } key && (roundOf ??= []).TryGetValue((batch[position].Actor.Programme, key.Month, key.Digest), out var taken))
                    round = Math.Max(round, taken + 1);
            }

            if (round == rounds.Count)
                rounds.Add([]);
            rounds[round].Add(position);
            foreach (var entry in batch[position].Entries)
            {
                if (entry.Key is { } key)
                    roundOf![(batch[position].Actor.Programme, key.Month, key.Digest)] = round;
            }
        }

        return rounds;
    }

    private short ProgrammeOf(string name) =>
        _programmes.TryGet(name, out var number) ? number : throw new InvalidOperationException($"Programme {name} has no number yet.");

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
            entries.Add(await Entry(PostgresEntry.Read(row)));
        return entries.DrainToImmutable();
    });

    private async ValueTask<StoredEntry> Entry(PostgresEntry row) =>
        row.Of(ActorId.FromPath(await _programmes.NameOf(row.Programme, CancellationToken.None).ConfigureAwait(false), row.Actor));

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }

    private sealed record Writer(NpgsqlConnection Connection, PostgresBatch Batch) : IAsyncDisposable
    {
        // One plan for ever, whatever the statistics of a young table say: look up by index, never scan. A client that dies inside a
        // transaction must not hold the head row for longer than a writer looks for a lost commit.
        private const string Settings =
            """
            set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off;
            set enable_mergejoin = off; set jit = off; set synchronous_commit = on; set idle_in_transaction_session_timeout = '5s'
            """;

        public static async Task<Writer> Open(NpgsqlDataSource database)
        {
            var connection = await database.OpenConnectionAsync().ConfigureAwait(false);
            try
            {
                await using (var settings = new NpgsqlCommand(Settings, connection))
                    await settings.ExecuteNonQueryAsync().ConfigureAwait(false);
                var batch = new PostgresBatch(connection);
                await batch.Prepare().ConfigureAwait(false);
                return new(connection, batch);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        /// <summary>How many of the next batches look before they write.</summary>
        public int LooksLeft { get; set; }

        public bool TakeLook()
        {
            if (LooksLeft == 0) return false;
            LooksLeft--;
            return true;
        }

        /// <summary>Held during a commit, so that closing waits for the one under way.</summary>
        public SemaphoreSlim Busy { get; } = new(1);

        public async ValueTask DisposeAsync()
        {
            await Busy.WaitAsync().ConfigureAwait(false);
            Batch.Dispose();
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
