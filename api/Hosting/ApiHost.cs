using Gamification.Health;
using Gamification.Live;
using Gamification.Silo.Engine;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gamification.Api.Hosting;

/// <summary>The engine and its edge in one web application, for the executable and for tests.</summary>
public static class ApiHost
{
    /// <summary>Twice what any address takes, so that a body too large can be answered as such and not by a broken connection.</summary>
    private const long RequestBodyMax = 32 * 1024 * 1024;

    public static WebApplication Build(ServerOptions options, EngineStorage storage, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel));
        // Nothing here blocks a thread, so a request may run where its bytes were read and an answer leave where it was made.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);

        // What keeps the server from starting is told in one line by StartUp, not as the stack of whoever noticed.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.Services.AddEngine(options.Engine, storage);
        builder.Services.AddSingleton<IEngineHealth, JournalHealthReport>();
        builder.Services.AddEdge(Edge(options, storage.Secret));
        builder.Services.AddLive();
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
