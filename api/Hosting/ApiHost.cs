using Gamification.Health;
using Gamification.Live;
using Gamification.Silo.Engine;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gamification.Api.Hosting;

/// <summary>The engine and its edge in one web application, for the executable and for tests.</summary>
public static class ApiHost
{
    private const long RequestBodyMax = 16 * 1024 * 1024;

    public static WebApplication Build(ServerOptions options, EngineStorage storage, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel));

        // What keeps the server from starting is told in one line by StartUp, not as the stack of whoever noticed.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.Services.AddEngine(options.Engine, storage);
        builder.Services.AddSingleton<IEngineHealth, JournalHealthReport>();
        builder.Services.AddEdge(new()
        {
            Programmes = [.. options.Engine.Programmes.Select(programme => programme.Id)],
            Secret = storage.Secret.For("edge"),
        });
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

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBodyMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
