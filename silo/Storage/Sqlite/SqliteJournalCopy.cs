using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gamification.Journal;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>The journal's file as a whole.</summary>
internal sealed class SqliteJournalCopy(SqliteDatabase database, SqliteProgrammes programmes) : IJournalCopy
{
    private const int SeqBits = 40;
    private const int Page = 1_000;

    public ValueTask<ImmutableArray<string>> Programmes(CancellationToken cancellation) => database.Read(
        session => session.ReadAll(
            "select name from programme p where exists (select 1 from journal_entry e where e.programme = p.number)", row => row.GetString(0)).ToImmutableArray(),
        cancellation);

    public ValueTask<ImmutableArray<TransferRow.Head>> Heads(CancellationToken cancellation) => database.Read(
        session => session.ReadAll(
            "select partition, last_seq, last_at from journal_head order by partition",
            row => new TransferRow.Head(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2).ToInstant())).ToImmutableArray(),
        cancellation);

    public async IAsyncEnumerable<TransferRow.Entry> Entries([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = -1L; ;)
        {
            var from = after;
            var page = await database.Read(
                session => session.ReadAll(
                    """
                    select place, programme, actor, version, type, payload, recorded_at, key_month, key_digest, key_content
                    from journal_entry where place > $1 order by place limit $2
                    """,
                    row => ReadEntry(session, row),
                    from,
                    Page),
                cancellation);
            foreach (var entry in page) yield return entry;
            if (page.Count < Page) yield break;
            after = Place(page[^1].Stored.Partition, page[^1].Stored.Seq);
        }
    }

    public async IAsyncEnumerable<TransferRow.Snapshot> Snapshots([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (programme, actor) = (0L, "");
        while (true)
        {
            var (fromProgramme, fromActor) = (programme, actor);
            var page = await database.Read(
                session => session.ReadAll(
                    "select programme, actor, version, state from journal_snapshot where (programme, actor) > ($1, $2) order by programme, actor limit $3",
                    row => (Programme: row.GetInt64(0), Actor: row.GetString(1),
                        Row: new TransferRow.Snapshot(ActorId.FromPath(programmes.NameOf(session, row.GetInt64(0)), row.GetString(1)), row.GetInt64(2), row.GetBlob(3))),
                    fromProgramme,
                    fromActor,
                    Page),
                cancellation);
            foreach (var snapshot in page) yield return snapshot.Row;
            if (page.Count < Page) yield break;
            (programme, actor) = (page[^1].Programme, page[^1].Actor);
        }
    }

    public ValueTask<ImmutableArray<TransferRow.Lease>> Leases(CancellationToken cancellation) => database.Read(
        session => session.ReadAll(
            "select p.name, l.lease, l.points, l.awards, l.is_open from journal_lease l join programme p on p.number = l.programme order by p.name, l.lease",
            row => new TransferRow.Lease(row.GetString(0), row.GetBlobGuid(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4))).ToImmutableArray(),
        cancellation);

    public async ValueTask LetGo(IReadOnlyList<TransferRow.Lease> over) => await database.Write(session => session.InTransaction(() =>
    {
        foreach (var lease in over) session.Run("delete from journal_lease where programme = $1 and lease = $2", programmes.Find(session, lease.Programme), lease.Id.ToBlob());
        return over.Count;
    }));

    public ValueTask<ImmutableArray<TransferRow.Seal>> Seals(CancellationToken cancellation) => database.Read(
        session => session.ReadAll(
            "select partition, seq, mac from journal_seal order by partition, seq",
            row => new TransferRow.Seal(row.GetInt32(0), row.GetInt64(1), row.GetBlob(2))).ToImmutableArray(),
        cancellation);

    public async ValueTask Seal(TransferRow.Seal seal) => await database.Write(session => Store(session, seal));

    public ValueTask<bool> IsEmpty(CancellationToken cancellation) => database.Read(
        session => session.ReadFirst("select not exists (select 1 from journal_entry) and not exists (select 1 from journal_head)", row => row.GetBoolean(0)), cancellation);

    public ValueTask<TransferMark?> Mark(CancellationToken cancellation) => database.Read(
        session => session.ReadFirst("select chunk, running from journal_transfer", row => new TransferMark(row.GetInt64(0), row.GetBlob(1))), cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows, TransferMark mark) => await database.Write(session =>
    {
        foreach (var programme in rows.Select(ProgrammeOf).OfType<string>().Distinct()) programmes.Ensure(session, programme);
        return session.InTransaction(() =>
        {
            foreach (var row in rows) Store(session, row);
            return session.Run(
                "insert into journal_transfer (id, chunk, running) values (1, $1, $2) on conflict (id) do update set chunk = excluded.chunk, running = excluded.running",
                mark.Chunk,
                mark.Running.ToBlob());
        });
    });

    public async ValueTask Finish() => await database.Write(session => session.Run("delete from journal_transfer"));

    private int Store(SqliteSession session, TransferRow row) => row switch
    {
        TransferRow.Head head => session.Run(
            "insert into journal_head (partition, owner, epoch, last_seq, last_at) values ($1, zeroblob(16), 1, $2, $3)",
            head.Partition,
            head.LastSeq,
            head.LastAt.ToMicroseconds()),
        TransferRow.Entry { Stored: var entry, Key: var key } => session.Run(
            """
            insert into journal_entry (place, programme, version, recorded_at, actor, type, key_month, key_digest, key_content, payload)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            Place(entry.Partition, entry.Seq),
            programmes.Find(session, entry.Actor.Programme),
            entry.Version,
            entry.RecordedAt.ToMicroseconds(),
            entry.Actor.Path,
            entry.Type,
            key?.Month,
            key?.Digest.ToBlob(),
            key?.Content.ToBlob(),
            entry.Payload.ToBlob()),
        TransferRow.Snapshot snapshot => session.Run(
            "insert into journal_snapshot (programme, actor, version, state) values ($1, $2, $3, $4)",
            programmes.Find(session, snapshot.Actor.Programme),
            snapshot.Actor.Path,
            snapshot.Version,
            snapshot.State.ToBlob()),
        TransferRow.Lease lease => session.Run(
            "insert into journal_lease (programme, lease, points, awards, is_open) values ($1, $2, $3, $4, $5)",
            programmes.Find(session, lease.Programme),
            lease.Id.ToBlob(),
            lease.Points,
            lease.Awards,
            lease.IsOpen ? 1 : 0),
        TransferRow.Seal seal => session.Run(
            "insert into journal_seal (partition, seq, mac) values ($1, $2, $3) on conflict (partition, seq) do update set mac = excluded.mac",
            seal.Partition,
            seal.Seq,
            seal.Mac.ToBlob()),
        _ => 0,
    };

    private static string? ProgrammeOf(TransferRow row) => row switch
    {
        TransferRow.Entry entry => entry.Stored.Actor.Programme,
        TransferRow.Snapshot snapshot => snapshot.Actor.Programme,
        TransferRow.Lease lease => lease.Programme,
        _ => null,
    };

    private TransferRow.Entry ReadEntry(SqliteSession session, SqliteDataReader row)
    {
        var place = row.GetInt64(0);
        return new(
            new()
            {
                Actor = ActorId.FromPath(programmes.NameOf(session, row.GetInt64(1)), row.GetString(2)),
                Version = row.GetInt64(3),
                Partition = (int)(place >> SeqBits),
                Seq = place & ((1L << SeqBits) - 1),
                Type = row.GetString(4),
                Payload = row.GetBlob(5),
                RecordedAt = row.GetInt64(6).ToInstant(),
            },
            row.IsDBNull(7) ? null : new BusinessKey(row.GetInt32(7), row.GetBlobGuid(8), row.GetBlobGuid(9)));
    }

    private static long Place(int partition, long seq) => ((long)partition << SeqBits) + seq;
}
