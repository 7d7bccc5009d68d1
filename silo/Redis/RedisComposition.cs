using Gamification.Health;
using Gamification.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Redis;

/// <summary>Notices and top lists by Redis, for a node as for a host outside the cluster. Nothing that starts here waits for Redis.</summary>
public static class RedisComposition
{
    public static IServiceCollection AddRedis(this IServiceCollection services, RedisOptions options)
    {
        _ = options.Configuration();
        services.AddSingleton(options);
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton<RedisLink>();
        services.AddSingleton<RedisNotices>();
        services.AddSingleton<INotices>(provider => provider.GetRequiredService<RedisNotices>());
        services.AddSingleton<ITopLists, RedisTopLists>();
        services.AddSingleton<IDegradation>(provider => provider.GetRequiredService<RedisLink>());

        // The notices first: they tell the link what to do with a new connection.
        services.AddHostedService(provider => provider.GetRequiredService<RedisNotices>());
        services.AddHostedService(provider => provider.GetRequiredService<RedisLink>());
        return services;
    }
}
