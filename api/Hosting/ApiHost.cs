using System.Security.Cryptography;
using Gamification.Health;
using Gamification.Live;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gamification.Api.Hosting;

/// <summary>The engine and its edge in one web application, for the executable and for tests.</summary>
public static class ApiHost
{
    /// <summary>Twice what any address takes, so that a body too large can be answered as such and not by a broken connection.</summary>
    private const long RequestBodyMax = 32 * 1024 * 1024;

    public static WebApplication Build(ServerOptions options, EngineStorage storage, Action<WebApplicationBuilder>? configure = null) =>
        Build(options, storage.Secret, new(), configure, services =>
        {
            services.AddEngine(options.Engine, storage);
            services.AddSingleton<IEngineHealth, JournalHealthReport>();
        });

    /// <summary>The edge alone, of a cluster that it is no node of. Live topics come by Redis, or are asked for every second or two while it is away.</summary>
    public static WebApplication BuildOutside(ServerOptions options, DeploymentSecret secret, Action<WebApplicationBuilder>? configure = null)
    {
        var live = new LiveOptions { WatchEvery = TimeSpan.FromSeconds(10), JitterSeed = RandomNumberGenerator.GetInt32(int.MaxValue) };
        return Build(options, secret, live, configure, services =>
        {
            services.AddSingleton(TimeProvider.System);
            services.AddClusterClient(options.Engine);
            services.AddSingleton(provider => new ClusterPulse(
                () => provider.GetRequiredService<IGrainFactory>().GetGrain<IProgrammeGrain>(options.Engine.Programmes[0].Id).BusinessTime(), provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IEngineHealth>(provider => provider.GetRequiredService<ClusterPulse>());
            services.AddHostedService(provider => provider.GetRequiredService<ClusterPulse>());
            services.AddSingleton<IWatches, NoticeWatches>();
        });
    }

    private static WebApplication Build(
        ServerOptions options, DeploymentSecret secret, LiveOptions live, Action<WebApplicationBuilder>? configure, Action<IServiceCollection> addEngine)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel));
        // Nothing here blocks a thread, so a request may run where its bytes were read and an answer leave where it was made.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);

        // What keeps the server from starting is told in one line by StartUp, not as the stack of whoever noticed.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        addEngine(builder.Services);
        builder.Services.AddEdge(Edge(options, secret));
        builder.Services.AddLive(live);
        if (options.Engine.Redis is not null) builder.Services.AddHostedService<BoardMirror>();
        builder.Services.AddSingleton<ILiveAccess, LiveAccess>();
        builder.Services.AddSingleton<IBoardNames, LiveNames>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapPages();
        app.MapEdge();
        app.MapLive();
        return app;
    }

    /// <summary>
    /// A token that may do everything for 12 hours. Whoever can read the deployment's secret can make one, so it needs no running server:
    /// it is how the first key comes to be.
    /// </summary>
    public static string AdminToken(ServerOptions options, TimeProvider clock)
    {
        var edge = Edge(options, DeploymentSecret.In(options.Engine.DataFolder));
        return new Tokens(edge, new(edge), clock).Mint(edge.Programmes[0], Role.Admin, member: null, Tokens.LifetimeMax).Token;
    }

    private static EdgeOptions Edge(ServerOptions options, DeploymentSecret secret) => new()
    {
        Programmes = [.. options.Engine.Programmes.Select(programme => programme.Id)],
        SecretFor = secret.For,
    };

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBodyMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
