using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Runtime.Hosting;

/// <summary>Composition of an actor host.</summary>
public static class ActorHostServices
{
    /// <summary>
    /// Adds the host, <see cref="IGrainFactory"/>, and, unless they are registered already, a <see cref="ThreadScheduler"/>, its clock as
    /// <see cref="TimeProvider"/>, and reminders that are kept in memory.
    /// </summary>
    public static IServiceCollection AddActorHost(this IServiceCollection services, Action<ActorHostOptions> configure)
    {
        var options = new ActorHostOptions();
        configure(options);
        services.AddSingleton(options);
        services.TryAddSingleton<IActorScheduler>(provider => new ThreadScheduler(log: provider.GetService<ILogger<ThreadScheduler>>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<IActorScheduler>().Time);
        services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        services.AddSingleton(provider => new ActorHost(
            options,
            provider.GetRequiredService<IActorScheduler>(),
            provider,
            provider.GetRequiredService<IReminderTable>(),
            provider.GetService<ILogger<ActorHost>>()));
        services.AddSingleton(provider => provider.GetRequiredService<ActorHost>().Factory);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ActorHost>());
        return services;
    }
}
