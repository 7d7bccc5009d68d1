using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Cluster;

/// <summary>SIGTERM while receipts come, as at every update.</summary>
public sealed class DrainTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task A_node_that_is_told_to_end_hands_over_and_no_caller_is_refused()
    {
        await using var database = await postgres.CreateDatabase("drain");
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, database.ConnectionString, node: new() { Cluster = "drain", SiloPort = ParityEngine.FreePort() });
        using var node = await NodeProcess.Silo("drain", folder.Path, database.ConnectionString);
        await using var tills = new BusyTills("drain", engine, engine.Url);

        await Drained(node, tills, database);
        await tills.Stop();
        Assert.Equal(0, tills.Retries);
        await tills.Check(engine);
    }

    [Fact]
    public async Task An_edge_that_is_told_to_end_answers_what_it_took_and_the_others_take_the_rest()
    {
        await using var database = await postgres.CreateDatabase("drain");
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, database.ConnectionString, node: new() { Cluster = "drain", SiloPort = ParityEngine.FreePort() });
        using var node = await NodeProcess.Api("drain", folder.Path, database.ConnectionString);
        await using var tills = new BusyTills("drain", engine, engine.Url, node.Url!);

        await Drained(node, tills, database);
        await tills.Check(engine);
    }

    private async Task Drained(NodeProcess node, BusyTills tills, NpgsqlDataSource database)
    {
        await tills.More(400);
        tills.Forget();
        await tills.More(200);
        var usual = tills.Longest;
        tills.Forget();
        var since = TimeProvider.System.GetTimestamp();
        node.Drain();
        Assert.Equal(0, await node.Ended());
        var took = TimeProvider.System.GetElapsedTime(since);

        // It let go of its partition, which it does once the journal's last batch is committed.
        Assert.Equal(1, await Leases(database));
        await tills.More(400);
        output.WriteLine($"The node ended after {took.TotalSeconds:N1} s. The longest call took {usual.TotalMilliseconds:N0} ms before the drain and {tills.Longest.TotalMilliseconds:N0} ms during it; {tills.Retries} receipts were posted again.");
        Assert.True(tills.Longest < TimeSpan.FromSeconds(15), $"A call took {tills.Longest}.\n{node.Said}");
    }

    private static async Task<long> Leases(NpgsqlDataSource database)
    {
        await using var count = database.CreateCommand("select count(*) from partition_lease where until > clock_timestamp()");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
