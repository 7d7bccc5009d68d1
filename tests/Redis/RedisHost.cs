using Gamification.Live;
using Gamification.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Redis;

/// <summary>Notices and top lists as a host composes them, connected.</summary>
internal sealed class RedisHost : IAsyncDisposable
{
    private readonly IHost _host;

    private RedisHost(IHost host) => _host = host;

    public RedisNotices Notices => _host.Services.GetRequiredService<RedisNotices>();

    public RedisLink Link => _host.Services.GetRequiredService<RedisLink>();

    public ITopLists Lists => _host.Services.GetRequiredService<ITopLists>();

    public static async Task<RedisHost> Start(RedisServer server)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRedis(new() { Connection = server.Connection });
        var host = new RedisHost(builder.Build());
        await host._host.StartAsync();
        await Eventually.Holds(() => host.Link.AwaySince is null);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
