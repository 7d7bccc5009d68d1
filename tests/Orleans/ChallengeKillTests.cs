using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;
using Gamification.Storage.Postgres;
using Gamification.Tests.Conventions;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Cluster;

/// <summary>
/// Nodes as processes, killed while challenges are live and while they settle. Several challenges, so that some of them live on the node that dies; wherever they do,
/// what they come to is the same.
/// </summary>
public sealed class ChallengeKillTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Members = 16;
    private const int Sales = 3;
    private const string Cluster = "challengekill";
    private const string Opens = "2026-11-21T12:00:00+01:00";
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Fairs = ["fair-a", "fair-b", "fair-c", "fair-d"];

    private readonly DataFolder _folder = new();
    private readonly HttpClient _http = new();
    private NpgsqlDataSource _database = null!;
    private WholeEngine _engine = null!;
    private string _programme = "";
    private string _marketer = "";

    public async ValueTask InitializeAsync()
    {
        var programme = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "silo", "Programmes", "demo.json")))!.AsObject();
        programme["clock"] = "sandbox";
        await File.WriteAllTextAsync(_programme = Path.Combine(_folder.Path, "sandbox.json"), programme.ToJsonString());
        _database = await postgres.CreateDatabase("challengekill");
        _engine = await WholeEngine.Start(
            _folder.Path, _database.ConnectionString, node: new() { Cluster = Cluster, SiloPort = ParityEngine.FreePort() }, programme: _ => ProgrammeFile.Read(_programme));
        _http.BaseAddress = _engine.Url;
        _marketer = (string)JsonNode.Parse(await Send(HttpMethod.Post, "/v1/tokens", """{ "role": "marketer" }""", Admin))!["token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private string Admin => ApiHost.AdminToken(_engine.Options, TimeProvider.System);

    [Fact]
    public async Task A_node_that_dies_while_challenges_are_live_and_one_while_they_settle_cost_no_count_and_no_prize()
    {
        // A node that starts stands where the sandbox stands; one that runs follows a moment later.
        await At("2026-11-20T12:00:00+01:00");
        using (var node = await Node())
        {
            foreach (var fair in Fairs)
            {
                await Send(HttpMethod.Put, $"/v1/challenges/{fair}", Fair(fair), _marketer);
                await Send(HttpMethod.Post, $"/v1/challenges/{fair}/commands", """{ "command": "schedule" }""", _marketer);
            }

            await At(Opens);
            await Eventually.Holds(async () => (await Phases()).All(phase => phase == "live"));
            await Buy(0);
            var second = Buy(1);
            node.Kill();
            await node.Ended();
            await second;
        }

        using (var node = await Node())
        {
            await Buy(2);
            var end = At("2026-12-05T12:00:00+01:00");
            await Eventually.Holds(async () => (await Phases()).Any(phase => phase != "live"));
            node.Kill();
            await node.Ended();
            await end;
        }

        await Eventually.Holds(async () => (await Phases()).All(phase => phase == "settled"));
        foreach (var fair in Fairs) await Holds(fair);
        Assert.All(await Prizes(), prizes => Assert.Equal(1, prizes.Times));
        Assert.Equal(Members * Fairs.Length, (await Prizes()).Count);
        Assert.Equal(0, await Maintenance.Verify(_engine.Options.Engine, TextWriter.Null));
    }

    /// <summary>The certificate follows from the standings, and those have every sale once.</summary>
    private async Task Holds(string fair)
    {
        using var http = new HttpClient();
        using var errors = new StringWriter();
        var code = await SettlementCommand.Run(["challenge", "verify", fair, "--server", _engine.Url.ToString(), "--token", _marketer], http, TextWriter.Null, errors);
        Assert.True(code == 0, errors.ToString());
        var rows = (await Send(HttpMethod.Get, $"/v1/challenges/{fair}/settlement/standings", null, _marketer)).Split('\n')[..^1];
        Assert.True(rows.Length == Members && rows.All(row => row.Split(' ')[4] == $"{Sales}"), $"{fair}: {string.Join('\n', rows)}");
    }

    /// <summary>How often each prize stands in its member's account.</summary>
    private async Task<List<(string Prize, int Times)>> Prizes()
    {
        await using var journal = await PostgresJournalStorage.Open(_database);
        var prizes = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var stored in journal.ReadAll(CancellationToken.None))
        {
            if (stored.Type != PrizeReceived.Type) continue;
            var prize = $"{stored.Actor} {((PrizeReceived)AccountEntryJson.Read(stored)!).Prize}";
            prizes[prize] = prizes.GetValueOrDefault(prize) + 1;
        }

        return [.. prizes.Select(prize => (prize.Key, prize.Value))];
    }

    private Task<NodeProcess> Node() => NodeProcess.Silo(Cluster, _folder.Path, _database.ConnectionString, _programme);

    private async Task At(string to)
    {
        await Send(HttpMethod.Post, "/v1/sandbox/advance", $$"""{ "to": "{{to}}" }""", Admin);
        var now = DateTimeOffset.Parse(to, CultureInfo.InvariantCulture);
        await Eventually.Holds(() => _engine.BusinessTime == now);
    }

    /// <summary>A sale of each member.</summary>
    private async Task Buy(int round) => await Task.WhenAll(Enumerable.Range(0, Members).Select(member => Send(
        HttpMethod.Post, "/v1/receipts", ParityEngine.Sale(10, $"card-{member}", $"R{round}M{member}", date: "2026-11-21"), _engine.Keys.Tills["BRU"])));

    private async Task<string[]> Phases() =>
        await Task.WhenAll(Fairs.Select(async fair => (string)JsonNode.Parse(await Send(HttpMethod.Get, $"/v1/challenges/{fair}", null, _marketer))!["phase"]!));

    /// <summary>Asked again for as long as the edge says that a node is missing; what is asked again may have been done.</summary>
    private async Task<string> Send(HttpMethod method, string path, string? body, string credential)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : BusyTills.Json(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
            {
                Assert.True(answer.IsSuccessStatusCode || (!isFirst && method == HttpMethod.Post), $"{path}: {answer.StatusCode} {text}");
                return text;
            }

            await Task.Delay(AskAgain, TimeProvider.System);
        }
    }

    private static string Fair(string id) => $$"""
        { "challenge": { "id": "{{id}}", "version": 1, "name": { "fr": "Foire", "nl": "Kermis", "en": "Fair" }, "window": { "from": "2026-11-21", "until": "2026-11-28" },
          "goal": { "kind": "count", "target": {{Sales}}, "of": { "on": ["sale"] } }, "beyond": true, "prizes": { "completion": { "points": 50 } } } }
        """;
}
