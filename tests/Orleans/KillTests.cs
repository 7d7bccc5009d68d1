using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Cluster;

/// <summary>Nodes as processes, killed without warning while receipts come.</summary>
public sealed class KillTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_node_that_dies_costs_a_pause_and_every_acknowledged_receipt_counts_once()
    {
        await using var database = await postgres.CreateDatabase("kill");
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, database.ConnectionString, node: new() { Cluster = "kill", SiloPort = ParityEngine.FreePort() });
        using var node = await NodeProcess.Silo("kill", folder.Path, database.ConnectionString);
        await using var tills = new BusyTills("kill", engine, engine.Url);

        await tills.More(200);
        node.Kill();
        await node.Ended();
        await tills.More(200);
        using var again = await NodeProcess.Silo("kill", folder.Path, database.ConnectionString);
        await tills.More(200);
        await tills.Stop();

        // The edge asks again by itself: its callers need not.
        Assert.Equal(0, tills.Retries);
        await tills.Check(engine);
    }
}
