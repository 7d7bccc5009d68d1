using Npgsql;

namespace Gamification.Storage.Postgres;

internal static class PostgresMigrations
{
    /// <summary>Any number will do, as long as every program that migrates this database takes the same one.</summary>
    private const long Lock = 4_715_018_293_847;

    /// <summary>Brings a component's tables up to date in one transaction. Whoever starts at the same time waits and then finds nothing to do.</summary>
    public static async Task Apply(NpgsqlDataSource database, string component, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run($"select pg_advisory_xact_lock({Lock})");
        await Run("create table if not exists schema_version (component text primary key, version integer not null)");

        await using var read = new NpgsqlCommand("select version from schema_version where component = $1", connection, transaction);
        read.Parameters.Add(new() { Value = component });
        var version = await read.ExecuteScalarAsync(cancellation) as int? ?? 0;
        foreach (var (next, script) in Migrations.Of("Postgres", component).After(version))
        {
            await Run(script);
            await using var write = new NpgsqlCommand(
                "insert into schema_version values ($1, $2) on conflict (component) do update set version = excluded.version", connection, transaction);
            write.Parameters.Add(new() { Value = component });
            write.Parameters.Add(new() { Value = next });
            await write.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
