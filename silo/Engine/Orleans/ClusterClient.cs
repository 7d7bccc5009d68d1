using Gamification.Redis;
using Gamification.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Gamification.Silo.Engine;

/// <summary>A process that calls the cluster's actors and runs none. It finds the nodes that have a gateway in the cluster's own tables.</summary>
public static class ClusterClient
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Orleans' own is a minute, in which a node that came is not called and one that went is tried.</summary>
    private static readonly TimeSpan GatewaysReadEvery = TimeSpan.FromSeconds(5);

    /// <summary>The deployment's secret, once the database has confirmed it: with another one, this host would know no card and no token.</summary>
    public static async Task<DeploymentSecret> Admit(EngineOptions options)
    {
        var secret = DeploymentSecret.In(options.DataFolder);
        await using var database = NpgsqlDataSource.Create(Postgres(options));
        var vault = await PostgresVault.Open(database, new(secret.For("vault/cards")));
        await vault.Check(secret.For("check"));
        return secret;
    }

    /// <summary>Starting waits until a node with a gateway is there, and goes on without end when none comes.</summary>
    public static void AddClusterClient(this IServiceCollection services, EngineOptions options)
    {
        var redis = options.Redis ?? throw new FormatException("The role api is told of live topics by Redis: give --redis CONNECTION, the same as the nodes'.");
        services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.Error));
        services.AddRedis(new() { Connection = redis });
        services.AddSingleton<IClientConnectionRetryFilter, UntilThere>();
        services.AddOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Node.Cluster, options.Node.Cluster));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", Postgres(options)));
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewaysReadEvery);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        });
    }

    private static string Postgres(EngineOptions options) => options.Postgres
        ?? throw new FormatException("The role api finds the cluster's nodes in its database: give --postgres CONNECTION, the same as the nodes'.");

    private sealed class UntilThere(TimeProvider clock, ILogger<UntilThere> log) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            log.LogWarning("No node of the cluster can be called yet: {Fault} It needs one with --gateway-port.", exception.Message);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            return true;
        }
    }
}
