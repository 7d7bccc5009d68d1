using Gamification.Members;
using Gamification.Programmes;
using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Silo.Engine;

/// <summary>The actors in this one process.</summary>
internal static class HostComposition
{
    public static void AddActors(this IServiceCollection services, EngineOptions options, HostTables tables)
    {
        _ = options;
        services.AddSingleton(tables.Reminders);
        services.AddSingleton<Loops>();
        services.AddSingleton<AccountsAtHand>();
        services.AddSingleton<PrizeDesk>();
        services.AddActorHost(host =>
        {
            host.Assemblies.Add(typeof(ProgrammeCatalog).Assembly);
            host.ResponseTimeout = TimeSpan.FromSeconds(10);
        });
    }
}
