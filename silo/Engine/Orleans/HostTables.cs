using System.Collections.Immutable;
using Gamification.Silo.Engine.Transfer;
using Gamification.Storage;
using Gamification.Storage.Postgres;
using Npgsql;

namespace Gamification.Silo.Engine;

/// <summary>What a node of a cluster keeps in the engine's database: who is in the cluster, reminders, and which partitions it writes.</summary>
internal sealed class HostTables(string connection, ImmutableArray<PostgresPartitionLease> leases) : IAsyncDisposable
{
    private const string Embedded = "A journal is moved by the embedded build, with the cluster stopped: this one's reminders belong to its nodes.";

    public string Connection => connection;

    /// <summary>Completes when another node has taken one of the partitions.</summary>
    public Task Lost => Task.WhenAny(leases.Select(lease => lease.Lost));

    public static HostTables In(string folder) =>
        throw new FormatException($"A cluster keeps its members in PostgreSQL, and so cannot run on SQLite in {folder}: give --postgres CONNECTION, or start the embedded build.");

    /// <summary>Brings the tables and named queries up to date that Orleans' providers expect, and leases as many partitions as are asked for.</summary>
    public static async Task<HostTables> Open(NpgsqlDataSource database, EngineOptions options, CancellationToken cancellation)
    {
        await PostgresMigrations.Apply(database, "cluster", cancellation);
        var leases = ImmutableArray.CreateBuilder<PostgresPartitionLease>();
        while (leases.Count < options.Partitions) leases.Add(await PostgresPartitionLease.Take(database, cancellation));
        return new(options.Postgres!, leases.DrainToImmutable());
    }

    /// <summary>Other nodes write other partitions: which are this one's is known once they are leased.</summary>
    public IEnumerable<int> Partitions(EngineOptions options) => leases.Select(lease => lease.Partition);

    public Task<IReadOnlyList<TransferRow.Reminder>> ReadReminders(CancellationToken cancellation) => throw new TransferException(Embedded);

    public Task WriteReminders(IEnumerable<TransferRow.Reminder> rows) => throw new TransferException(Embedded);

    public async ValueTask DisposeAsync()
    {
        foreach (var lease in leases) await lease.DisposeAsync();
    }
}
