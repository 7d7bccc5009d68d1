using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// One node of a cluster without an edge. On SIGTERM it takes no new calls, lets those under way finish, hands its actors over, makes the
/// last writes durable, and ends.
/// </summary>
internal static class SiloNode
{
    public const string Usage = """
        Runs actors for a cluster, without HTTP.
          --postgres CONNECTION   the engine's database; its nodes find each other in it
          --redis CONNECTION      tells API hosts outside the cluster of live topics
          --data data             holds secret.key: the same file on every node
          --programme FILE        the programme's settings, the same on every node
          --cluster gamification  the cluster's name
          --node-address 127.0.0.1  --silo-port 11111  --gateway-port 0    where the other nodes, and clients, reach this one
        Each may be given by the environment: --silo-port as Gamification__SiloPort, --data as Gamification__DataFolder.
        """;

    /// <summary>Printed once the node is in the cluster.</summary>
    public const string Ready = "This node is in the cluster.";

    public static async Task Run(EngineOptions options)
    {
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = EngineComposition.DrainMax);
        builder.Services.AddEngine(options, storage);
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        await host.WaitForShutdownAsync();
    }
}
