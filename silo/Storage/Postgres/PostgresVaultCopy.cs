using System.Runtime.CompilerServices;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>The vault's tables as a whole.</summary>
internal sealed class PostgresVaultCopy(NpgsqlDataSource database) : IVaultCopy
{
    public async IAsyncEnumerable<TransferRow> Rows([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in database.Stream(
            "select programme, member, public_id, enrolled, birth_date, birth_given from vault.member order by programme, member",
            row => new TransferRow.Member(row.GetString(0), row.GetGuid(1), row.GetString(2), row.GetBoolean(3))
            {
                BirthDate = row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4),
                BirthGiven = row.GetInt16(5),
            },
            cancellation)) yield return row;
        await foreach (var row in database.Stream(
            "select programme, hash, member from vault.card order by programme, hash",
            row => new TransferRow.Card(row.GetString(0), row.GetGuid(1), row.GetGuid(2)),
            cancellation)) yield return row;
        await foreach (var row in database.Stream(
            "select programme, store, digest, reason, detail, body, received_at from vault.quarantine order by number",
            row => new TransferRow.Quarantined(
                row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetFieldValue<byte[]>(5), new(row.GetDateTime(6))),
            cancellation)) yield return row;
    }

    public async ValueTask<bool> IsEmpty(CancellationToken cancellation) => await database.First(
        "select not exists (select from vault.member) and not exists (select from vault.card) and not exists (select from vault.quarantine)",
        row => row.GetBoolean(0),
        cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var members = rows.OfType<TransferRow.Member>().ToArray();
        await Run(
            """
            insert into vault.member (programme, member, public_id, enrolled, birth_date, birth_given)
            select * from unnest($1::text[], $2::uuid[], $3::text[], $4::boolean[], $5::date[], $6::smallint[]) on conflict do nothing
            """,
            members.Select(member => member.Programme).ToArray(),
            members.Select(member => member.Surrogate).ToArray(),
            members.Select(member => member.PublicId).ToArray(),
            members.Select(member => member.Enrolled).ToArray(),
            members.Select(member => member.BirthDate).ToArray(),
            members.Select(member => (short)member.BirthGiven).ToArray());
        var cards = rows.OfType<TransferRow.Card>().ToArray();
        await Run(
            "insert into vault.card (programme, hash, member) select * from unnest($1::text[], $2::uuid[], $3::uuid[]) on conflict do nothing",
            cards.Select(card => card.Programme).ToArray(),
            cards.Select(card => card.Hash).ToArray(),
            cards.Select(card => card.Surrogate).ToArray());
        foreach (var quarantined in rows.OfType<TransferRow.Quarantined>())
        {
            await Run(
                """
                insert into vault.quarantine (programme, store, digest, reason, detail, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict do nothing
                """,
                quarantined.Programme,
                quarantined.Store,
                quarantined.Digest,
                PostgresVault.Storable(quarantined.Reason),
                PostgresVault.Storable(quarantined.Detail),
                quarantined.Body.ToArray(),
                quarantined.ReceivedAt.UtcDateTime);
        }

        await transaction.CommitAsync();

        async Task Run(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
            await command.ExecuteNonQueryAsync();
        }
    }
}
