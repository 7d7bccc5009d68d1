using System.Collections.Immutable;
using Gamification.Journal;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Gamification.Storage.Sqlite;

/// <summary>
/// One commit, row by row in a transaction: an entry goes in only on top of its predecessor, and the unique indexes refuse taken keys and versions, so the
/// usual append is a single statement. What can be done once a batch is: the head moves once, and so does each lease.
/// </summary>
internal sealed class SqliteBatch(SqliteSession session, SqliteProgrammes programmes, Func<SqliteSession, long, BusinessKey, (StoredEntry Entry, Guid Content)?> findKey)
{
    public ImmutableArray<AppendOutcome> Store(int partition, long epoch, IReadOnlyList<Append> batch, long now)
    {
        var head = session.ReadFirst(
            "select last_seq, last_at from journal_head where partition = $1 and epoch = $2",
            row => ((long LastSeq, long LastAt)?)(row.GetInt64(0), row.GetInt64(1)),
            partition,
            epoch) ?? throw new PartitionFencedException(partition, epoch);

        var at = Math.Max(now, head.LastAt);
        var seq = head.LastSeq;
        var leases = new SqliteLeases(session);
        var outcomes = ImmutableArray.CreateBuilder<AppendOutcome>(batch.Count);
        foreach (var append in batch)
        {
            var programme = programmes.Find(session, append.Actor.Programme)!.Value;
            var over = leases.Over(programme, append);
            var stored = over is null && !IsTakenBehind(programme, append) && Insert(programme, append, SqliteJournalStorage.Place(partition, seq + 1), at);
            if (!stored)
            {
                outcomes.Add(Refusal(programme, append, over));
                continue;
            }

            leases.Count(programme, append);

            if (append.Snapshot is { } state)
                SaveSnapshot(programme, append, state);
            outcomes.Add(new AppendOutcome.Appended(partition, seq + 1, seq + append.Entries.Length, at.ToInstant()));
            seq += append.Entries.Length;
        }

        leases.Save();
        session.Run("update journal_head set last_seq = $1, last_at = $2 where partition = $3", seq, at, partition);
        return outcomes.MoveToImmutable();
    }

    /// <summary>
    /// Whether an entry behind the first is refused though the first may not be. Asked before anything is written, because what could be rolled back alone
    /// would have every page copied first that it touches.
    /// </summary>
    private bool IsTakenBehind(long programme, Append append)
    {
        for (var i = 1; i < append.Entries.Length; i++)
        {
            if (append.Entries[i].Key is { } key && IsTaken(programme, key)) return true;
        }

        return false;
    }

    private bool IsTaken(long programme, BusinessKey key) => session.ReadFirst(
        "select 1 from journal_entry where programme = $1 and key_month = $2 and key_digest = $3",
        static _ => true,
        programme,
        key.Month,
        key.Digest.ToBlob());

    /// <summary>All of them, where the first decides.</summary>
    private bool Insert(long programme, Append append, long place, long at)
    {
        if (!TryInsert(programme, append, 0, place, at)) return false;
        for (var i = 1; i < append.Entries.Length; i++)
        {
            if (!TryInsert(programme, append, i, place + i, at))
                throw new InvalidOperationException($"{append.Actor} has an entry above its newest: verify the journal.");
        }

        return true;
    }

    /// <summary>One row of values: a statement that selects its rows may have to be undone in part, and copies every page first that it touches. Who leaves a gap is no actor.</summary>
    private bool TryInsert(long programme, Append append, int index, long place, long at)
    {
        var entry = append.Entries[index];
        try
        {
            return session.Run(
                """
                insert into journal_entry (place, programme, version, recorded_at, actor, type, key_month, key_digest, key_content, payload)
                values ($1, $2, $3, $4, case when $3 = 1 or exists (select 1 from journal_entry where programme = $2 and actor = $5 and version = $3 - 1) then $5 end, $6, $7, $8, $9, $10)
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
        catch (SqliteException gap) when (gap.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_NOTNULL)
        {
            return false;
        }
    }

    private void SaveSnapshot(long programme, Append append, ReadOnlyMemory<byte> state) => session.Run(
        """
        insert into journal_snapshot (programme, actor, version, state) values ($1, $2, $3, $4)
        on conflict (programme, actor) do update set version = excluded.version, state = excluded.state where version < excluded.version
        """,
        programme,
        append.Actor.Path,
        append.NextVersion,
        state.ToBlob());

    /// <summary>Why an append was refused: its first taken key, or else the actor's version, or else a lease that is over.</summary>
    private AppendOutcome Refusal(long programme, Append append, Guid? over)
    {
        for (var i = 0; i < append.Entries.Length; i++)
        {
            if (append.Entries[i].Key is { } key && findKey(session, programme, key) is var (entry, content))
                return new AppendOutcome.KeyTaken(i, content, entry);
        }

        var version = session.ReadFirst(
            "select version from journal_entry where programme = $1 and actor = $2 order by version desc limit 1",
            row => row.GetInt64(0),
            programme,
            append.Actor.Path);
        return version != append.ExpectedVersion
            ? new AppendOutcome.StaleVersion(version)
            : over is { } lease ? new AppendOutcome.LeaseOver(lease)
            : throw new InvalidOperationException($"An append of {append.Actor} was refused, but neither its keys nor its version say why: verify the journal.");
    }
}
