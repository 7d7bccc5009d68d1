using System.Text;
using Gamification.Journal;
using Gamification.Storage.Postgres;
using Gamification.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gamification.Tests.Cluster;

/// <summary>Who writes which partition.</summary>
public sealed class LeaseTests(PostgresServer postgres)
{
    private static readonly ActorId Actor = new("demo", "till", "BRU/1");

    [Fact]
    public async Task Each_takes_a_partition_of_its_own_and_the_next_takes_what_was_let_go()
    {
        await using var database = await Prepared();
        await using var first = await PostgresPartitionLease.Take(database, default);
        var second = await PostgresPartitionLease.Take(database, default);
        await using var third = await PostgresPartitionLease.Take(database, default);
        Assert.Equal([0, 1, 2], new[] { first.Partition, second.Partition, third.Partition });

        await second.DisposeAsync();
        await using var next = await PostgresPartitionLease.Take(database, default);
        Assert.Equal(1, next.Partition);
    }

    [Fact]
    public async Task Many_that_start_at_once_share_nothing()
    {
        await using var database = await Prepared();
        var leases = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostgresPartitionLease.Take(database, default)));
        Assert.Equal(Enumerable.Range(0, 12), leases.Select(lease => lease.Partition).Order());
        foreach (var lease in leases) await lease.DisposeAsync();
    }

    /// <summary>A node that stood still past its lease, and comes back to find that another writes its partition.</summary>
    [Fact]
    public async Task A_writer_that_lost_its_lease_writes_nothing_more()
    {
        await using var database = await Prepared();
        await using var paused = await Node.Start(database);
        Assert.IsType<AppendOutcome.Appended>(await paused.Append(0));

        await using (var late = database.CreateCommand("update partition_lease set until = clock_timestamp() - interval '1 s'"))
            await late.ExecuteNonQueryAsync();
        await using var next = await Node.Start(database);
        Assert.Equal(paused.Lease.Partition, next.Lease.Partition);

        // The next writes first, or the paused one may still squeeze in before it: both are allowed, and then never again.
        Assert.IsType<AppendOutcome.Appended>(await next.Append(1));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await paused.Append(2));
        await paused.Lease.Lost.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.IsType<AppendOutcome.Appended>(await next.Append(2));
        var entries = await next.Storage.ReadForward(Actor, 0, 10, default);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Version));
    }

    private async Task<NpgsqlDataSource> Prepared()
    {
        var database = await postgres.CreateDatabase("lease");
        await PostgresMigrations.Apply(database, "cluster", default);
        return database;
    }

    private sealed class Node(PostgresPartitionLease lease, PostgresJournalStorage storage, JournalWriter writer) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public PostgresPartitionLease Lease => lease;

        public PostgresJournalStorage Storage => storage;

        public static async Task<Node> Start(NpgsqlDataSource database)
        {
            var lease = await PostgresPartitionLease.Take(database, default);
            var storage = await PostgresJournalStorage.Open(database);
            var node = new Node(lease, storage, new(storage, new() { Partitions = [lease.Partition] }, TimeProvider.System, NullLogger<JournalWriter>.Instance));
            node._running = node.Run();
            return node;
        }

        public ValueTask<AppendOutcome> Append(long version) => writer.Append(new()
        {
            Actor = Actor, ExpectedVersion = version, Entries = [new("test", Encoding.UTF8.GetBytes("{}"))],
        });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await storage.DisposeAsync();
            await lease.DisposeAsync();
            writer.Dispose();
            _stop.Dispose();
        }

        private Task Run() => writer.Run(lease.Partition, _stop.Token);
    }
}
