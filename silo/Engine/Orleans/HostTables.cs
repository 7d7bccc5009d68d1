using Gamification.Storage.Postgres;
using Npgsql;

namespace Gamification.Silo.Engine;

/// <summary>What Orleans keeps of its own in the engine's database: who is in the cluster, and reminders.</summary>
internal sealed class HostTables(string connection) : IAsyncDisposable
{
    public string Connection => connection;

    public static HostTables In(string folder) =>
        throw new FormatException($"A cluster keeps its members in PostgreSQL, and so cannot run on SQLite in {folder}: give --postgres CONNECTION, or start the embedded build.");

    /// <summary>Brings the tables and named queries up to date that Orleans' providers expect.</summary>
    public static async Task<HostTables> Open(NpgsqlDataSource database, EngineOptions options, CancellationToken cancellation)
    {
        await PostgresMigrations.Apply(database, "cluster", cancellation);
        return new(options.Postgres!);
    }

    public IEnumerable<int> Partitions(EngineOptions options) => Enumerable.Range(0, options.Partitions);

    public ValueTask DisposeAsync() => default;
}
