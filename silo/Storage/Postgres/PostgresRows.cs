using System.Runtime.CompilerServices;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>Whole tables, read as they come: the driver holds a few rows of the wire, never all.</summary>
internal static class PostgresRows
{
    public static async IAsyncEnumerable<T> Stream<T>(
        this NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) yield return read(row);
    }

    public static async ValueTask<T?> First<T>(this NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await foreach (var row in database.Stream(sql, read, cancellation)) return row;
        return default;
    }
}
