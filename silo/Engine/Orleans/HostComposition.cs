using Gamification.Leaderboards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Gamification.Silo.Engine;

/// <summary>The actors as one node of an Orleans cluster: members and reminders in PostgreSQL, the directory of grains in the cluster itself.</summary>
internal static class HostComposition
{
    private const string Npgsql = "Npgsql";

    /// <summary>
    /// Short, because a call to a node that has died hangs as long: whoever calls repeats, and every command may be repeated. Orleans' own: 30 s.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    public static void AddActors(this IServiceCollection services, EngineOptions options, HostTables tables)
    {
        services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.Warning));
        services.AddSingleton<Loops>();
        services.AddSingleton(tables);
        services.AddHostedService<LeaseWatch>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BoardExchange>(provider, NameOf(options.Node)));
        services.AddSingleton(provider => new EngineLoop(
            "exchange of boards", stop => OnceStarted(provider, provider.GetRequiredService<BoardExchange>().Run, stop)));
        services.AddOrleans(silo =>
        {
            var node = options.Node;
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (node.Cluster, node.Cluster));
            silo.ConfigureEndpoints(node.Address, node.SiloPort, node.GatewayPort);
            silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Npgsql, tables.Connection));
            silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (Npgsql, tables.Connection));
            silo.Configure<ClusterMembershipOptions>(Tune);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        });
    }

    /// <summary>The loops start before the node is in the cluster; this one calls grains.</summary>
    private static async Task OnceStarted(IServiceProvider provider, Func<CancellationToken, Task> run, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!stop.IsCancellationRequested) await run(stop);
    }

    /// <summary>No two processes have the same, not even one after the other.</summary>
    private static string NameOf(ClusterNode node) => $"{node.Address}:{node.SiloPort}/{Guid.CreateVersion7():N}";

    /// <summary>
    /// A node killed without warning is given up after some two seconds instead of Orleans' twelve or so. The price is that one which stands
    /// still for two seconds is given up as well: it then ends itself, and the journal's epochs keep it from writing until it does.
    /// </summary>
    private static void Tune(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1); // 5 s
        membership.NumMissedProbesLimit = 2; // 3
        membership.NumVotesForDeathDeclaration = 1; // 2
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10); // 60 s: only a lost gossip waits for it
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10); // 30 s: after three times this a joining node ignores a row that nobody cleared
    }
}
