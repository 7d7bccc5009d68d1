using System.Collections.Immutable;
using System.Data;
using Npgsql;

namespace Gamification.Storage.Postgres;

internal static class PostgresJournalCheck
{
    private static readonly string[] Checks =
    [
        """
        select format('partition %s: head is at %s, entries are %s to %s, %s of them', h.partition, h.last_seq, min(e.seq), max(e.seq), count(e.seq))
        from journal_head h left join journal_entry e using (partition)
        group by h.partition having h.last_seq <> count(e.seq) or h.last_seq <> coalesce(max(e.seq), 0)
        """,
        "select format('partition %s has entries but no head', e.partition) from journal_entry e where not exists (select from journal_head h where h.partition = e.partition) group by e.partition",
        "select format('actor %s: newest version is %s, but it has %s entries from %s', actor, max(version), count(*), min(version)) from journal_entry group by programme, actor having max(version) <> count(*) or min(version) <> 1",
        """
        select format('partition %s: entry %s was recorded before the one ahead of it', partition, seq)
        from (select partition, seq, recorded_at, lag(recorded_at) over (partition by partition order by seq) as before from journal_entry) e where recorded_at < before
        """,
        "select format('snapshot of %s is at version %s, which has no entry', actor, version) from journal_snapshot s where not exists (select from journal_entry e where e.programme = s.programme and e.actor = s.actor and e.version = s.version)",
        "select format('programme number %s has no name', programme) from journal_entry where programme not in (select number from programme) group by programme",
    ];

    public static async ValueTask<JournalCheck> Run(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var counts = await Read(
            "select count(*), count(*) filter (where version = 1), count(key_digest) from journal_entry",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (var check in Checks)
            findings.AddRange(await Read(check, row => row.GetString(0)));
        var (entries, actors, keys) = counts[0];
        return new(entries, actors, keys, findings.DrainToImmutable());

        async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var command = new NpgsqlCommand(sql, connection, snapshot) { CommandTimeout = 0 };
            await using var row = await command.ExecuteReaderAsync(cancellation);
            List<T> rows = [];
            while (await row.ReadAsync(cancellation))
                rows.Add(read(row));
            return rows;
        }
    }
}
