using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

/// <summary>Runs a scenario against a host. Each contract class runs twice: on worker threads, and in a simulation.</summary>
public interface IHostKind
{
    static abstract void Run(
        Func<ActorHost, Task> scenario, Action<ActorHostOptions>? configure = null, Action<IServiceCollection>? services = null);
}

public sealed class OnThreads : IHostKind
{
    public static void Run(
        Func<ActorHost, Task> scenario, Action<ActorHostOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        // On a pool thread: xunit's own context is not what callers of grains have.
        Task.Run(async () =>
        {
            await using var scheduler = new ThreadScheduler(workers: 2);
            await using var provider = Hosts.Services(scheduler, services);
            await using var host = Hosts.Create(scheduler, provider, configure);
            await scenario(host).WaitAsync(TimeSpan.FromSeconds(20));
        }).GetAwaiter().GetResult();
    }
}

public sealed class InSimulation : IHostKind
{
    public static void Run(
        Func<ActorHost, Task> scenario, Action<ActorHostOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        for (var seed = 1; seed <= 10; seed++) RunSeed(seed, scenario, configure, services);
    }

    public static ulong RunSeed(
        int seed, Func<ActorHost, Task> scenario, Action<ActorHostOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        using var simulation = new SimulationScheduler(seed) { StepLimit = 200_000 };
        using var provider = Hosts.Services(simulation, services);
        var host = Hosts.Create(simulation, provider, configure);
        simulation.Run(async () =>
        {
            await scenario(host);
            await host.DisposeAsync();
        });
        return simulation.TraceHash;
    }
}

internal static class Hosts
{
    public static ServiceProvider Services(IActorScheduler scheduler, Action<IServiceCollection>? configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton(scheduler.Time);
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static ActorHost Create(IActorScheduler scheduler, IServiceProvider services, Action<ActorHostOptions>? configure) =>
        ActorHost.Create(
            options =>
            {
                options.Grains.AddRange(typeof(Hosts).Assembly.GetTypes().Where(type =>
                    type is { IsAbstract: false, Namespace: "Gamification.Tests.Runtime" } && type.IsSubclassOf(typeof(Grain))
                    && !type.Name.StartsWith("Ambiguous", StringComparison.Ordinal)));
                options.StopTimeout = TimeSpan.FromSeconds(5);
                configure?.Invoke(options);
            },
            scheduler,
            services);
}
