using Gamification.Api.Hosting;
using Gamification.Silo.Engine;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Redis;
using Gamification.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Cluster;

/// <summary>Two nodes, and one door: an API host that is no node, with Redis between them.</summary>
public sealed class OutsideEngine(PostgresServer postgres) : ParityEngine(postgres)
{
    private readonly DataFolder _folder = new();
    private WebApplication _outside = null!;

    internal RedisServer Redis { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        if (_outside is not null)
        {
            await _outside.StopAsync();
            await _outside.DisposeAsync();
        }

        await base.DisposeAsync();
        _folder.Dispose();
        if (Redis is not null) await Redis.DisposeAsync();
    }

    protected override async Task<string?> StartRedis()
    {
        Redis = await RedisServer.Start();
        return Redis.Connection;
    }

    protected override async Task<IReadOnlyList<Uri>> OpenDoors()
    {
        var node = Nodes[0].Options;
        File.Copy(Path.Combine(node.Engine.DataFolder, "secret.key"), Path.Combine(_folder.Path, "secret.key"));
        var options = node with { Role = "api", Engine = node.Engine with { DataFolder = _folder.Path } };
        _outside = ApiHost.BuildOutside(options, await ClusterClient.Admit(options.Engine), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await _outside.StartAsync();
        return [new(_outside.Urls.First())];
    }
}
