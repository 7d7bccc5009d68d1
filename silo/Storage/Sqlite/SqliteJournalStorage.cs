using System.Collections.Immutable;
using Gamification.Journal;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Gamification.Storage.Sqlite;

/// <summary>
/// The journal in one SQLite file. One transaction a batch, row by row: an entry goes in only on top of its predecessor,
/// and the unique indexes refuse taken keys and versions, so the usual append is a single statement.
/// </summary>
public sealed class SqliteJournalStorage : IJournalStorage, ISelfChecking, IAsyncDisposable
{
    private const int SeqBits = 40;
    private const string Columns = "e.programme, e.actor, e.version, e.place, e.type, e.payload, e.recorded_at, e.key_content";

    private readonly SqliteDatabase _database;
    private readonly SqliteProgrammes _programmes = new();
    private readonly byte[] _owner = Guid.CreateVersion7().ToBlob();
    private volatile Exception? _damage;

    /// <summary>Opens or creates the file and brings its tables up to date.</summary>
    public SqliteJournalStorage(string path) => _database = new(path, "journal", SqliteDurability.Full);

    internal SqliteJournalCopy Copy => new(_database, _programmes);

    public ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation) => Guard(() => _database.Write(session => session.InTransaction(() =>
    {
        session.Run(
            """
            insert into journal_head (partition, owner, epoch, last_seq, last_at) values ($1, $2, 1, 0, 0)
            on conflict (partition) do update set epoch = epoch + 1, owner = excluded.owner
            """,
            partition,
            _owner);
        return ReadHead(session, partition)!.Value;
    })));

    public async ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation)
    {
        // Ours is the only writing thread, so nothing of an earlier commit is under way once the connection has been opened anew.
        await Guard(async () =>
        {
            await _database.Reopen();
            return 0;
        });
        var (head, isOurs) = await Guard(() => _database.Write(session => session.InTransaction(() =>
        {
            var moved = session.Run("update journal_head set epoch = epoch + 1 where partition = $1 and owner = $2", partition, _owner);
            return (ReadHead(session, partition), moved == 1);
        })));
        return isOurs ? head!.Value : throw new PartitionFencedException(partition, (head?.Epoch ?? 1) - 1);
    }

    public ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        AppendChecks.Check(batch);
        return Guard(() => _database.Write(session =>
        {
            foreach (var append in batch)
                _programmes.Ensure(session, append.Actor.Programme);

            try
            {
                return session.InTransaction(() => Store(session, partition, epoch, batch, now.ToMicroseconds()));
            }
            catch (SqliteException bad) when (bad.SqliteErrorCode is SQLITE_CONSTRAINT or SQLITE_TOOBIG or SQLITE_MISMATCH or SQLITE_RANGE)
            {
                throw new BadAppendException("A row of the batch was refused by the database.", bad);
            }
        }));
    }

    /// <summary>One read transaction, or a snapshot taken in between would hide entries.</summary>
    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => Guard(() => _database.Read(session => session.AtOnce(() => Load(session, actor)), cancellation));

    public ValueTask<ImmutableArray<ActorHistory>> LoadAll(IReadOnlyList<ActorId> actors, CancellationToken cancellation) => Guard(() => _database.Read(
        session => session.AtOnce(() => actors.Select(actor => Load(session, actor)).ToImmutableArray()), cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) => Guard(() => _database.Read(
        session => _programmes.Find(session, actor.Programme) is { } programme ? Forward(session, programme, actor, afterVersion, limit) : [],
        cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) => Guard(() => _database.Read(
        session => _programmes.Find(session, actor.Programme) is { } programme
            ? ReadEntries(
                session,
                $"select {Columns} from journal_entry e where e.programme = $1 and e.actor = $2 and e.version < $3 order by e.version desc limit $4",
                programme,
                actor.Path,
                beforeVersion,
                limit)
            : [],
        cancellation));

    public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) => Guard(() => _database.Read(
        session => _programmes.Find(session, programme) is { } number ? FindKey(session, number, key)?.Entry : null,
        cancellation));

    public ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation) => Guard(() => _database.Read(
        session => ReadEntries(
            session,
            $"select {Columns} from journal_entry e where e.place > $1 and e.place < $2 order by e.place limit $3",
            Place(partition, afterSeq),
            Place(partition + 1, 0),
            limit),
        cancellation));

    public ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation) => Guard(() => _database.Read(
        session => session.ReadAll(
            "select partition, epoch, last_seq from journal_head order by partition",
            row => new PartitionHead(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2))).ToImmutableArray(),
        cancellation));

    public ValueTask<JournalCheck> Verify(CancellationToken cancellation) => _database.Read(SqliteJournalCheck.Run, cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private ActorHistory Load(SqliteSession session, ActorId actor)
    {
        if (_programmes.Find(session, actor.Programme) is not { } programme)
            return ActorHistory.Empty;
        var (version, state) = session.ReadFirst(
            "select version, state from journal_snapshot where programme = $1 and actor = $2",
            row => (row.GetInt64(0), (ReadOnlyMemory<byte>?)row.GetBlob(1)),
            programme,
            actor.Path);
        return new(version, state, Forward(session, programme, actor, version, -1));
    }

    private static long Place(int partition, long seq) => ((long)partition << SeqBits) + seq;

    private static PartitionHead? ReadHead(SqliteSession session, int partition) => session.ReadFirst(
        "select epoch, last_seq from journal_head where partition = $1",
        row => (PartitionHead?)new PartitionHead(partition, row.GetInt64(0), row.GetInt64(1)),
        partition);

    private ImmutableArray<AppendOutcome> Store(SqliteSession session, int partition, long epoch, IReadOnlyList<Append> batch, long now)
    {
        var head = session.ReadFirst(
            "select last_seq, last_at from journal_head where partition = $1 and epoch = $2",
            row => ((long LastSeq, long LastAt)?)(row.GetInt64(0), row.GetInt64(1)),
            partition,
            epoch) ?? throw new PartitionFencedException(partition, epoch);

        var at = Math.Max(now, head.LastAt);
        var seq = head.LastSeq;
        var outcomes = ImmutableArray.CreateBuilder<AppendOutcome>(batch.Count);
        foreach (var append in batch)
        {
            var programme = _programmes.Find(session, append.Actor.Programme)!.Value;
            var stored = append.Entries.Length == 1
                ? TryInsert(session, programme, append, 0, Place(partition, seq + 1), at)
                : TryInsertAll(session, programme, append, Place(partition, seq + 1), at);
            if (!stored)
            {
                outcomes.Add(Refusal(session, programme, append));
                continue;
            }

            if (append.Snapshot is { } state)
                SaveSnapshot(session, programme, append, state);
            outcomes.Add(new AppendOutcome.Appended(partition, seq + 1, seq + append.Entries.Length, at.ToInstant()));
            seq += append.Entries.Length;
        }

        session.Run("update journal_head set last_seq = $1, last_at = $2 where partition = $3", seq, at, partition);
        return outcomes.MoveToImmutable();
    }

    private bool TryInsertAll(SqliteSession session, long programme, Append append, long place, long at)
    {
        session.Run("savepoint append");
        for (var i = 0; i < append.Entries.Length; i++)
        {
            if (TryInsert(session, programme, append, i, place + i, at))
                continue;
            session.Run("rollback to append");
            session.Run("release append");
            return false;
        }

        session.Run("release append");
        return true;
    }

    private static bool TryInsert(SqliteSession session, long programme, Append append, int index, long place, long at)
    {
        var entry = append.Entries[index];
        return session.Run(
            """
            insert into journal_entry (place, programme, version, recorded_at, actor, type, key_month, key_digest, key_content, payload)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
            where $3 = 1 or exists (select 1 from journal_entry where programme = $2 and actor = $5 and version = $3 - 1)
            on conflict do nothing
            """,
            place,
            programme,
            append.ExpectedVersion + 1 + index,
            at,
            append.Actor.Path,
            entry.Type,
            entry.Key?.Month,
            entry.Key?.Digest.ToBlob(),
            entry.Key?.Content.ToBlob(),
            entry.Payload.ToBlob()) == 1;
    }

    private static void SaveSnapshot(SqliteSession session, long programme, Append append, ReadOnlyMemory<byte> state) => session.Run(
        """
        insert into journal_snapshot (programme, actor, version, state) values ($1, $2, $3, $4)
        on conflict (programme, actor) do update set version = excluded.version, state = excluded.state where version < excluded.version
        """,
        programme,
        append.Actor.Path,
        append.NextVersion,
        state.ToBlob());

    /// <summary>Why an append was refused: its first taken key, or else the actor's version.</summary>
    private AppendOutcome Refusal(SqliteSession session, long programme, Append append)
    {
        for (var i = 0; i < append.Entries.Length; i++)
        {
            if (append.Entries[i].Key is { } key && FindKey(session, programme, key) is var (entry, content))
                return new AppendOutcome.KeyTaken(i, content, entry);
        }

        var version = session.ReadFirst(
            "select version from journal_entry where programme = $1 and actor = $2 order by version desc limit 1",
            row => row.GetInt64(0),
            programme,
            append.Actor.Path);
        return version != append.ExpectedVersion
            ? new AppendOutcome.StaleVersion(version)
            : throw new InvalidOperationException($"An append of {append.Actor} was refused, but neither its keys nor its version say why: verify the journal.");
    }

    private (StoredEntry Entry, Guid Content)? FindKey(SqliteSession session, long programme, BusinessKey key) => session.ReadFirst(
        $"select {Columns} from journal_entry e where e.programme = $1 and e.key_month = $2 and e.key_digest = $3",
        row => ((StoredEntry, Guid)?)(ReadEntry(session, row), row.GetBlobGuid(7)),
        programme,
        key.Month,
        key.Digest.ToBlob());

    private ImmutableArray<StoredEntry> Forward(SqliteSession session, long programme, ActorId actor, long afterVersion, int limit) => ReadEntries(
        session,
        $"select {Columns} from journal_entry e where e.programme = $1 and e.actor = $2 and e.version > $3 order by e.version limit $4",
        programme,
        actor.Path,
        afterVersion,
        limit);

    private ImmutableArray<StoredEntry> ReadEntries(SqliteSession session, string sql, params ReadOnlySpan<object?> parameters) =>
        [.. session.ReadAll(sql, row => ReadEntry(session, row), parameters)];

    private StoredEntry ReadEntry(SqliteSession session, SqliteDataReader row)
    {
        var place = row.GetInt64(3);
        return new()
        {
            Actor = ActorId.FromPath(_programmes.NameOf(session, row.GetInt64(0)), row.GetString(1)),
            Version = row.GetInt64(2),
            Partition = (int)(place >> SeqBits),
            Seq = place & ((1L << SeqBits) - 1),
            Type = row.GetString(4),
            Payload = row.GetBlob(5),
            RecordedAt = row.GetInt64(6).ToInstant(),
        };
    }

    /// <summary>
    /// Says what is known after a fault. Anything before COMMIT was rolled back; a failing COMMIT is unknown; and once a flush has failed,
    /// what the file shows may not be on the disk, so nothing is written or acknowledged any more until the process starts anew.
    /// </summary>
    private async ValueTask<T> Guard<T>(Func<ValueTask<T>> work)
    {
        if (_damage is { } damage)
            throw new JournalUnavailableException("The journal's file could not be flushed earlier; the disk needs a look and the process a restart.", damage);

        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SqliteCommitException commit) when (commit.NothingWritten)
        {
            throw new JournalUnavailableException("The disk is full; nothing was written.", commit);
        }
        catch (SqliteCommitException commit)
        {
            if (((SqliteException)commit.InnerException!).SqliteExtendedErrorCode is SQLITE_IOERR_FSYNC or SQLITE_IOERR_DIR_FSYNC)
                _damage = commit;
            throw;
        }
        catch (Exception before) when (before is SqliteException or ObjectDisposedException)
        {
            throw new JournalUnavailableException($"SQLite refused: {before.Message} Nothing was written.", before);
        }
    }
}
