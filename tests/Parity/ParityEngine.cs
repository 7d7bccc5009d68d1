using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Parity;

/// <summary>
/// The engine as a client finds it, on the host that this build has: one process of the embedded one, two nodes of an Orleans cluster. Requests
/// go to its doors in turn, as behind a load balancer: the nodes themselves, unless a derived class opens others.
/// </summary>
public class ParityEngine(PostgresServer postgres) : IAsyncLifetime
{
#if ORLEANS
    private const int NodeCount = 2;
#else
    private const int NodeCount = 1;
#endif
    private readonly List<WholeEngine> _nodes = [];
    private readonly List<DataFolder> _folders = [];
    private readonly List<HttpClient> _clients = [];
    private NpgsqlDataSource _database = null!;
    private string? _redis;
    private int _next;
    private int _turn;

    internal IReadOnlyList<WholeEngine> Nodes => _nodes;

    internal NpgsqlDataSource Database => _database;

    /// <summary>Where clients come in.</summary>
    public IReadOnlyList<Uri> Doors { get; private set; } = [];

    public string Screen => _nodes[0].Keys.Screen;

    public async ValueTask InitializeAsync()
    {
        _redis = await StartRedis();
        _database = await postgres.CreateDatabase("parity");
        await Start();
    }

    /// <summary>Stops every node, does something while nobody runs, and starts them anew on what they left.</summary>
    internal async Task Restart(Func<NpgsqlDataSource, Task> meanwhile)
    {
        await Stop();
        await meanwhile(_database);
        await Start();
    }

    private async Task Start()
    {
        for (var i = 0; i < NodeCount; i++)
        {
            if (_folders.Count == i) _folders.Add(new());
            if (i > 0) File.Copy(Path.Combine(_folders[0].Path, "secret.key"), Path.Combine(_folders[i].Path, "secret.key"), overwrite: true);
            var node = await WholeEngine.Start(_folders[i].Path, _database.ConnectionString, node: new ClusterNode { Cluster = "parity", SiloPort = FreePort(), GatewayPort = FreePort() }, redis: _redis, programme: _ => ProgrammeIn(_folders[0].Path));
            _nodes.Add(node);
        }

        Doors = await OpenDoors();
        _clients.AddRange(Doors.Select(door => new HttpClient { BaseAddress = door }));
    }

    private async Task Stop()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var node in Enumerable.Reverse(_nodes)) await node.DisposeAsync();
        _clients.Clear();
        _nodes.Clear();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Stop();
        foreach (var folder in _folders) folder.Dispose();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the nodes run; a folder is given to write files into.</summary>
    protected virtual ProgrammeSettings ProgrammeIn(string folder) => WholeEngine.DemoProgramme();

    /// <summary>Null for an engine without Redis.</summary>
    protected virtual Task<string?> StartRedis() => Task.FromResult<string?>(null);

    protected virtual Task<IReadOnlyList<Uri>> OpenDoors() => Task.FromResult<IReadOnlyList<Uri>>([.. _nodes.Select(node => node.Url)]);

    /// <summary>A number that no other receipt has.</summary>
    public string Number() => $"P{Interlocked.Increment(ref _next)}";

    public static string Sale(decimal amount, string? card, string number, string store = "BRU", string date = "2011-05-12") =>
        $$"""{"type":"sale","store":"{{store}}","till":"3","businessDate":"{{date}}","number":"{{number}}",{{(card is null ? "" : $"\"card\":\"{card}\",")}}"occurredAt":"{{date}}T09:00:00+02:00","currency":"GBP","total":{{amount}},"lines":[{"sku":"A","quantity":1,"unitPrice":{{amount}},"amount":{{amount}}}]}""";

    public static string Return(decimal amount, string original, string number, string date = "2011-05-12") =>
        $$"""{"type":"return","store":"BRU","till":"3","businessDate":"{{date}}","number":"{{number}}","original":{"store":"BRU","till":"3","businessDate":"{{date}}","number":"{{original}}"},"occurredAt":"{{date}}T10:00:00+02:00","currency":"GBP","total":{{-amount}},"lines":[{"sku":"A","quantity":-1,"unitPrice":{{amount}},"amount":{{-amount}}}]}""";

    /// <summary>Posts a receipt with its store's till key.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> Post(string receipt) =>
        Send("/v1/receipts", receipt, _nodes[0].Keys.Tills[(string)JsonNode.Parse(receipt)!["store"]!]);

    /// <summary>Claims as the member itself.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Answer)> Claim(string publicId, string claim) =>
        await Send("/v1/members/me/claims", claim, await MemberToken(publicId));

    public async Task<string> MemberToken(string publicId)
    {
        var admin = ApiHost.AdminToken(_nodes[0].Options, TimeProvider.System);
        var (_, minted) = await Send("/v1/tokens", $$"""{ "member": "{{publicId}}" }""", admin);
        return (string)minted["token"]!;
    }

    /// <summary>Members and scores of a board in its order, as told at one door.</summary>
    public async Task<(string Id, long Score)[]> Board(string board, int door = 0)
    {
        using var http = new HttpClient { BaseAddress = Doors[door] };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Screen);
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"/v1/boards/{board}?limit=500"));
        return [.. answer.RootElement.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("score").GetInt64()))];
    }

    /// <summary>To the next door in turn.</summary>
    private async Task<(HttpStatusCode Status, JsonObject Answer)> Send(string path, string body, string credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        using var answer = await _clients[(int)((uint)Interlocked.Increment(ref _turn) % (uint)_clients.Count)].SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
