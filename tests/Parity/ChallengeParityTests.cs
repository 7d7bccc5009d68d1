using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Parity;

/// <summary>A challenge from its launch to prizes in accounts, on either host and at whichever door, in a sandbox's time, with every node stopped on the way.</summary>
public sealed class ChallengeParityTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Fair = """
        { "challenge": { "id": "fair", "version": 1, "name": { "fr": "Foire", "nl": "Kermis", "en": "Fair" }, "window": { "from": "2026-11-21", "until": "2026-11-28" },
          "goal": { "kind": "count", "target": 3, "of": { "on": ["sale"] } }, "beyond": true,
          "prizes": { "completion": { "points": 50 }, "ranks": [ { "through": 1, "gift": { "points": 100 } } ] } } }
        """;

    private readonly SandboxEngine _engine = new(postgres);

    private string Admin => ApiHost.AdminToken(_engine.Nodes[0].Options, TimeProvider.System);

    private string _marketer = "";

    private int Last => _engine.Doors.Count - 1;

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        _marketer = (string)JsonNode.Parse(await Send(HttpMethod.Post, "/v1/tokens", """{ "role": "marketer" }""", Admin, 0))!["token"]!;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task It_is_launched_counted_and_settled_and_prizes_come_once_though_every_node_stops_twice()
    {
        await At("2026-11-20T12:00:00+01:00");
        await Send(HttpMethod.Put, "/v1/challenges/fair", Fair, _marketer, 0);
        await Send(HttpMethod.Post, "/v1/challenges/fair/commands", """{ "command": "schedule" }""", _marketer, Last);
        await At("2026-11-21T12:00:00+01:00");
        var anna = await Buys("anna", 4);
        await Buys("bart", 2);

        await _engine.Restart(_ => Task.CompletedTask);
        var cleo = await Buys("cleo", 3);
        await Eventually.Holds(async () => await Own(anna, Last) == "4 1/0/3" && await Own(cleo, 0) == "3 2/0/3");
        var before = await Balance(anna);

        // What is due happens while nobody asks, and after a restart nothing of it a second time.
        await At("2026-12-05T12:00:00+01:00");
        await Eventually.Holds(async () => await Phase(0) == "settled 3" && await Phase(Last) == "settled 3");
        await _engine.Restart(_ => Task.CompletedTask);
        await At("2026-12-06T12:00:00+01:00");
        Assert.Equal(before + 150, await Balance(anna));
        Assert.Equal(await Certificate(0), await Certificate(Last));
        Assert.Contains("\nstandings 3 ", await Certificate(0), StringComparison.Ordinal);
        Assert.Equal("settled 3", await Phase(Last));
    }

    /// <summary>Moved at one door, it is that late at the others a moment later.</summary>
    private async Task At(string to)
    {
        await Send(HttpMethod.Post, "/v1/sandbox/advance", $$"""{ "to": "{{to}}" }""", Admin, 0);
        var now = DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.Holds(() => _engine.Nodes.All(node => node.BusinessTime == now));
    }

    /// <summary>A token of the member who bought so often.</summary>
    private async Task<string> Buys(string card, int times)
    {
        JsonObject answer = [];
        for (var time = 0; time < times; time++)
        {
            (var status, answer) = await _engine.Post(ParityEngine.Sale(10, card, _engine.Number(), date: "2026-11-21"));
            Assert.True(status == HttpStatusCode.Created, $"{status} {answer}");
        }

        return await _engine.MemberToken((string)answer["member"]!);
    }

    private async Task<string> Own(string member, int door)
    {
        var own = (await Read("/v1/challenges/fair", member, door))["own"]!;
        return $"{own["score"]} {own["rank"]?["rank"]}/{own["rank"]?["tiedWith"]}/{own["rank"]?["ranked"]}";
    }

    private async Task<string> Phase(int door) => await Read("/v1/challenges/fair", _marketer, door) is var run ? $"{run["phase"]} {run["prizesReceived"]}" : "";

    private async Task<long> Balance(string member) => (long)(await Read("/v1/members/me", member, Last))["balance"]!;

    private async Task<JsonObject> Read(string path, string credential, int door) => JsonNode.Parse(await Send(HttpMethod.Get, path, null, credential, door))!.AsObject();

    private Task<string> Certificate(int door) => Send(HttpMethod.Get, "/v1/challenges/fair/settlement/certificate", null, _marketer, door);

    private async Task<string> Send(HttpMethod method, string path, string? body, string credential, int door)
    {
        using var http = new HttpClient { BaseAddress = _engine.Doors[door] };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return text;
    }

    private sealed class SandboxEngine(PostgresServer postgres) : ParityEngine(postgres)
    {
        protected override ProgrammeSettings ProgrammeIn(string folder) => base.ProgrammeIn(folder) with { Clock = BusinessClockKind.Sandbox };
    }
}
