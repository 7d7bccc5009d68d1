using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Silo.Engine;

/// <summary>The embedded host is one process: there is no cluster to be outside of.</summary>
public static class ClusterClient
{
    private const string Why = "The role api is for a host outside a cluster: build with -p:ActorRuntime=Orleans. In one process, the role all has the API.";

    public static Task<DeploymentSecret> Admit(EngineOptions options) => throw new FormatException(Why);

    public static void AddClusterClient(this IServiceCollection services, EngineOptions options) => throw new FormatException(Why);
}
