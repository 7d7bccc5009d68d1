using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gamification.Leaderboards;
using Gamification.Live;
using Gamification.Tests.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Live;

/// <summary>Live delivery behind a real port on the loopback, over grains and a clock that the test drives.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<LiveClient> _clients = [];

    private LiveServer(WebApplication app, Uri hub)
    {
        _app = app;
        Hub = hub;
    }

    public Uri Hub { get; }

    public FakeGrains Grains { get; private init; } = null!;

    public FakeAccess Access { get; private init; } = null!;

    public FakeNames Names { get; private init; } = null!;

    public ManualTimeProvider Clock { get; private init; } = null!;

    public FakeBoard Week => Grains.Board("demo|programme|points|week|2011-W19");

    public static async Task<LiveServer> Start(LiveOptions? options = null, Action<IServiceCollection>? more = null)
    {
        var (grains, access, names, clock) = (new FakeGrains(), new FakeAccess(), new FakeNames(), new ManualTimeProvider());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = SmallBuffers);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IGrainFactory>(grains);
        builder.Services.AddSingleton<ILiveAccess>(access);
        builder.Services.AddSingleton<IBoardNames>(names);
        builder.Services.AddLive(options);
        more?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapLive();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var hub = new UriBuilder(address) { Scheme = "ws", Path = "/live" }.Uri;
        return new(app, hub) { Grains = grains, Access = access, Names = names, Clock = clock };
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<LiveClient> Connect(string token = "staff")
    {
        var client = await LiveClient.Connect(Hub, token);
        lock (_clients) _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>So that a client which does not read is felt by the server after kilobytes, not megabytes.</summary>
    private static Socket SmallBuffers(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 8 * 1024 };
        socket.Bind(endpoint);
        return socket;
    }
}

/// <summary>Tokens by name: <c>staff</c>, <c>member-7</c>, <c>screen</c> (of store BRU). Any may be revoked.</summary>
internal sealed class FakeAccess : ILiveAccess
{
    private readonly ConcurrentDictionary<string, bool> _revoked = [];

    public LiveScreen Screen { get; set; } = new("s1", "BRU", "fr", "board/store:BRU/week/points");

    public void Revoke(string token) => _revoked[token] = true;

    public ValueTask<LiveViewer?> Authenticate(string token, CancellationToken cancellationToken)
    {
        LiveViewer? viewer = token.Split('-') switch
        {
            _ when _revoked.ContainsKey(token) => null,
            ["staff"] => new() { Programme = "demo" },
            ["marketer"] => new() { Programme = "demo", IsStaff = true, ReadsCampaigns = true },
            ["screen"] => new() { Programme = "demo", Screen = Screen },
            ["member", var number] => new() { Programme = "demo", Member = FakeBoard.Member(int.Parse(number, null)) },
            _ => null,
        };
        return new(viewer);
    }

    public bool MayReadBoards(LiveViewer viewer, BoardScope scope) => viewer.Screen is not { Store: { } own } || scope.Store is null || scope.Store == own;
}

/// <summary>Member 7 is <c>m7</c>, called "Member 7", until it is erased.</summary>
internal sealed class FakeNames : IBoardNames
{
    private readonly ConcurrentDictionary<MemberId, bool> _erased = [];

    public void Erase(int number) => _erased[FakeBoard.Member(number)] = true;

    public ValueTask<IReadOnlyDictionary<MemberId, BoardName>> Find(
        string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellationToken) =>
        new(members.Where(member => !_erased.ContainsKey(member)).ToDictionary(member => member, Name));

    private static BoardName Name(MemberId member)
    {
        var number = BitConverter.ToInt32(member.Value.ToByteArray());
        return new($"m{number}", $"Member {number}");
    }
}
