using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gamification.Live;

/// <summary>
/// Adds live delivery to a host that has the grains, a <see cref="TimeProvider"/>, and the two ports <see cref="ILiveAccess"/> and
/// <see cref="IBoardNames"/>.
/// </summary>
internal static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services, LiveOptions? options = null)
    {
        options ??= new();
        services.AddSingleton(options);
        services.AddSingleton(new Jitter(new(options.JitterSeed)));
        services.TryAddSingleton<IWatches, ObserverWatches>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveContext>();
        services.AddSingleton<LiveProgrammes>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveDoor>();
        services.AddHostedService<LivePulse>();

        services.AddSignalR().AddHubOptions<LiveHub>(hub =>
        {
            hub.MaximumReceiveMessageSize = options.ClientMessageBytesMax;
            hub.KeepAliveInterval = options.KeepAliveEvery;
            hub.ClientTimeoutInterval = 3 * options.KeepAliveEvery;
        });
        return services.AddSingleton<HubLifetimeManager<LiveHub>, LiveLifetime>();
    }

    public static IEndpointConventionBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        var bounds = routes.ServiceProvider.GetRequiredService<LiveOptions>();
        var door = routes.ServiceProvider.GetRequiredService<LiveDoor>();
        var hub = routes.MapHub<LiveHub>("/live", http =>
        {
            http.ApplicationMaxBufferSize = bounds.ClientMessageBytesMax;
            http.TransportMaxBufferSize = bounds.UnreadBytesMax;
        });
        hub.Add(endpoint =>
        {
            var inside = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => door.Enter(context, inside);
        });
        return hub;
    }
}
