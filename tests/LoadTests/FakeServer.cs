using System.Text;
using System.Text.Json;
using Gamification.LoadTests.Checkout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests;

/// <summary>
/// How a server may fail its tills: the first four honestly, the others by breaking its word. Each happens to every nth receipt, 0 for
/// never.
/// </summary>
internal sealed record Faults
{
    public int Refuse { get; init; }

    public string? RetryAfter { get; init; }

    public int DropBefore { get; init; }

    public int DropAfter { get; init; }

    /// <summary>Says that it has the receipt, and has not.</summary>
    public int Lose { get; init; }

    /// <summary>Counts a receipt twice in the totals.</summary>
    public int CountTwice { get; init; }

    /// <summary>Gives a replay another outcome.</summary>
    public int Change { get; init; }

    /// <summary>Pays a replay again.</summary>
    public int PayAgain { get; init; }

    /// <summary>Answers with what belongs to the receipt before.</summary>
    public int Cross { get; init; }

    /// <summary>Leaves out a delta to the screens.</summary>
    public int SkipDelta { get; init; }
}

/// <summary>The HTTP and SignalR contract of the engine, in memory, for the load generator to be tested against.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stored> _stored = [];
    private readonly Dictionary<string, (string Id, long Balance, long Version)> _members = [];
    private readonly Faults _faults;
    private readonly WebApplication _app;
    private long _receipts;
    private long _points;
    private long _boardVersion;
    private int _asked;
    private Stored? _previous;

    private FakeServer(Faults faults)
    {
        _faults = faults;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/receipts", PostAsync);
        _app.MapPost("/v1/receipts/batch", PostBatchAsync);
        _app.MapGet("/v1/totals", (HttpContext context) => context.Request.Headers.Authorization.ToString() == "Bearer staff"
            ? Results.Json(new { receipts = _receipts, anonymousReceipts = 0, members = _members.Count, points = _points })
            : Results.Unauthorized());
        _app.MapGet("/empty", () => Results.Text("ok"));
        _app.MapHub<Live>("/live");
    }

    public Uri Origin => new(_app.Urls.Single());

    public int Asked => _asked;

    public static async Task<FakeServer> StartAsync(Faults? faults = null)
    {
        var server = new FakeServer(faults ?? new());
        await server._app.StartAsync();
        return server;
    }

    public CheckoutOptions Options(Mode mode = Mode.Closed) => new()
    {
        Origins = [Origin],
        Stores = [new("BRU", "till_bru"), new("GNT", "till_gnt")],
        Staff = "staff",
        Mode = mode,
        Connections = 8,
        Duration = TimeSpan.FromSeconds(0.4),
        Warmup = TimeSpan.FromSeconds(0.1),
        BatchSize = 20,
        Members = 50,
        Run = 7,
        At = new(2026, 11, 21, 17, 4, 5, TimeSpan.FromHours(1)),
        Timeout = TimeSpan.FromSeconds(5),
        Settling = TimeSpan.FromSeconds(0.3),
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PostAsync(HttpContext context)
    {
        using var receipt = await JsonDocument.ParseAsync(context.Request.Body);
        if (IsWrongKey(context, receipt.RootElement))
        {
            context.Response.StatusCode = 401;
            return;
        }

        switch (Take(receipt.RootElement))
        {
            case null:
                context.Abort();
                break;
            case (503, _):
                context.Response.StatusCode = 503;
                if (_faults.RetryAfter is not null) context.Response.Headers.RetryAfter = _faults.RetryAfter;
                break;
            case ({ } status, { } stored):
                context.Response.StatusCode = status;
                await context.Response.WriteAsJsonAsync(Answer(0, status, stored));
                break;
        }
    }

    private async Task PostBatchAsync(HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson";
        using var lines = new StreamReader(context.Request.Body, Encoding.UTF8);
        for (var line = 1; await lines.ReadLineAsync() is { } text; line++)
        {
            using var receipt = JsonDocument.Parse(text);
            if (Take(receipt.RootElement) is not var (status, stored))
            {
                await context.Response.Body.FlushAsync();    // what was said before is on its way
                context.Abort();
                return;
            }

            await context.Response.WriteAsync(JsonSerializer.Serialize(Answer(line, status, stored), JsonSerializerOptions.Web) + '\n');
        }
    }

    /// <summary>What to say to a receipt; null to hang up.</summary>
    private (int Status, Stored? Stored)? Take(JsonElement receipt)
    {
        lock (_lock)
        {
            _asked++;
            if (Falls(_faults.Refuse)) return (503, null);
            if (Falls(_faults.DropBefore)) return null;

            string[] names = ["store", "till", "businessDate", "number"];
            var key = string.Join('/', names.Select(name => receipt.GetProperty(name).GetString()));
            var isKnown = _stored.TryGetValue(key, out var stored);
            if (!isKnown)
            {
                stored = Record(key, receipt);
                if (!Falls(_faults.Lose)) Keep(key, stored);
                if (Falls(_faults.CountTwice)) _receipts++;
                Show(receipt.GetProperty("card").GetString()!);
            }
            else
            {
                if (Falls(_faults.Change)) stored = stored! with { Balance = stored.Balance + 1 };
                if (Falls(_faults.PayAgain)) _points += stored!.Points;
                stored = stored! with { Replayed = true };
            }

            var said = Falls(_faults.Cross) && _previous is not null ? _previous : stored!;
            _previous = stored;
            return Falls(_faults.DropAfter) ? null : (isKnown ? 200 : 201, said);
        }
    }

    private Stored Record(string key, JsonElement receipt)
    {
        var card = receipt.GetProperty("card").GetString()!;
        var points = (long)receipt.GetProperty("total").GetDecimal();
        var (id, balance, version) = _members.GetValueOrDefault(card, ($"m{card}", 0, 0));
        _members[card] = (id, balance + points, version + 1);
        return new(key, id, points, balance + points, version + 1, Replayed: false);
    }

    private void Keep(string key, Stored stored)
    {
        _stored[key] = stored;
        _receipts++;
        _points += stored.Points;
    }

    private bool Falls(int every) => every > 0 && _asked % every == 0;

    private static bool IsWrongKey(HttpContext context, JsonElement receipt) => !string.Equals(
        context.Request.Headers.Authorization,
        $"Bearer till_{receipt.GetProperty("store").GetString()}",
        StringComparison.OrdinalIgnoreCase);

    private static object Answer(int line, int status, Stored? stored) => stored is null
        ? new { line, status }
        : new
        {
            line,
            status,
            outcome = "recorded",
            replayed = stored.Replayed,
            receipt = stored.Receipt,
            member = stored.Member,
            points = stored.Points,
            balance = stored.Balance,
            version = stored.Version,
            challenges = new[] { new { id = "c1", progress = 3 } },
        };

    private void Show(string card)
    {
        var from = _boardVersion++;
        if (Falls(_faults.SkipDelta)) return;
        var (id, balance, _) = _members[card];
        var delta = new
        {
            topic = "board",
            kind = "delta",
            streamId = "s",
            from,
            to = _boardVersion,
            size = _members.Count,
            removed = Array.Empty<string>(),
            rows = new[] { new { id, score = balance } },
        };
        _ = _app.Services.GetRequiredService<IHubContext<Live>>().Clients.Group("board").SendAsync("message", delta);
    }

    private object Snapshot(string topic)
    {
        lock (_lock)
        {
            var rows = _members.Values.OrderByDescending(member => member.Balance).Take(100)
                .Select(member => new { id = member.Id, score = member.Balance })
                .ToArray();
            return new { topic, kind = "snapshot", streamId = "s", version = _boardVersion, size = _members.Count, rows };
        }
    }

    private sealed record Stored(string Receipt, string Member, long Points, long Balance, long Version, bool Replayed);

    private sealed class Live(FakeServer server) : Hub
    {
        public async Task Subscribe(string topic)
        {
            if (Context.GetHttpContext()?.Request.Query["access_token"].ToString() != "staff") throw new HubException("staff only");
            await Groups.AddToGroupAsync(Context.ConnectionId, topic);
            await Clients.Caller.SendAsync("message", server.Snapshot(topic));
        }
    }
}
