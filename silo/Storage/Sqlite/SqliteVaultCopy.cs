using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>The vault's file as a whole.</summary>
internal sealed class SqliteVaultCopy(SqliteDatabase database) : IVaultCopy
{
    private const int Page = 1_000;

    /// <summary>Bodies may be large, so few are in memory at once.</summary>
    private const int BodiesPage = 20;

    public async IAsyncEnumerable<TransferRow> Rows([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Pages(
            "select programme, member, public_id, enrolled, birth_date, birth_given from member where (programme, member) > ($1, $2) order by programme, member limit $3",
            row => new TransferRow.Member(row.GetString(0), row.GetBlobGuid(1), row.GetString(2), row.GetBoolean(3))
            {
                BirthDate = row.IsDBNull(4) ? null : DateOnly.FromDayNumber(row.GetInt32(4)),
                BirthGiven = row.GetInt32(5),
            },
            last => (last.Programme, last.Surrogate),
            cancellation)) yield return row;
        await foreach (var row in Pages(
            "select programme, hash, member from card where (programme, hash) > ($1, $2) order by programme, hash limit $3",
            row => new TransferRow.Card(row.GetString(0), row.GetBlobGuid(1), row.GetBlobGuid(2)),
            last => (last.Programme, last.Hash),
            cancellation)) yield return row;
        for (var after = 0L; ;)
        {
            var from = after;
            var page = await database.Read(
                session => session.ReadAll(
                    "select number, programme, store, digest, reason, detail, body, received_at from quarantine where number > $1 order by number limit $2",
                    row => (Number: row.GetInt64(0), Row: ReadQuarantined(row)),
                    from,
                    BodiesPage),
                cancellation);
            foreach (var quarantined in page) yield return quarantined.Row;
            if (page.Count < BodiesPage) yield break;
            after = page[^1].Number;
        }
    }

    public ValueTask<bool> IsEmpty(CancellationToken cancellation) => database.Read(
        session => session.ReadFirst(
            "select not exists (select 1 from member) and not exists (select 1 from card) and not exists (select 1 from quarantine)", row => row.GetBoolean(0)),
        cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows) => await database.Write(session => session.InTransaction(() =>
    {
        foreach (var row in rows) Store(session, row);
        return 0;
    }));

    private static void Store(SqliteSession session, TransferRow row)
    {
        _ = row switch
        {
            TransferRow.Member member => session.Run(
                "insert into member (programme, member, public_id, enrolled, birth_date, birth_given) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                member.Programme,
                member.Surrogate.ToBlob(),
                member.PublicId,
                member.Enrolled,
                member.BirthDate?.DayNumber,
                member.BirthGiven),
            TransferRow.Card card => session.Run(
                "insert into card (programme, hash, member) values ($1, $2, $3) on conflict do nothing", card.Programme, card.Hash.ToBlob(), card.Surrogate.ToBlob()),
            TransferRow.Quarantined quarantined => session.Run(
                """
                insert into quarantine (programme, store, digest, reason, detail, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict do nothing
                """,
                quarantined.Programme,
                quarantined.Store,
                quarantined.Digest.ToBlob(),
                quarantined.Reason,
                quarantined.Detail,
                quarantined.Body.ToBlob(),
                quarantined.ReceivedAt.ToMicroseconds()),
            _ => 0,
        };
    }

    private async IAsyncEnumerable<T> Pages<T>(
        string sql, Func<SqliteDataReader, T> read, Func<T, (string Programme, Guid Id)> place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (programme, id) = ("", Guid.Empty);
        while (true)
        {
            var (fromProgramme, fromId) = (programme, id);
            var page = await database.Read(session => session.ReadAll(sql, read, fromProgramme, fromId.ToBlob(), Page), cancellation);
            foreach (var row in page) yield return row;
            if (page.Count < Page) yield break;
            (programme, id) = place(page[^1]);
        }
    }

    private static TransferRow.Quarantined ReadQuarantined(SqliteDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetBlobGuid(3), row.GetString(4), row.GetString(5), row.GetBlob(6), row.GetInt64(7).ToInstant());
}
