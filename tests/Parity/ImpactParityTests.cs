using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Parity;

/// <summary>Impact counters and leagues on either host, at every door and across restarts: with an engine of its own, because it publishes factors.</summary>
public sealed class ImpactParityTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Factors = """
        { "counters": [ { "id": "meals", "name": { "fr": "Repas", "nl": "Maaltijden", "en": "Meals" }, "unit": { "fr": "repas", "nl": "maaltijden", "en": "meals" } } ],
          "factors": [ { "id": "meal", "version": 1, "counter": "meals", "on": ["sale"], "millionths": 2000000, "from": "2011-01-01",
            "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2011-01-01" } } ] }
        """;

    private const string Leagues = """
        { "leagues": [ { "id": "friends", "name": { "fr": "Amis", "nl": "Vrienden", "en": "Friends" }, "divisions": [ { "fr": "Bronze", "nl": "Brons", "en": "Bronze" } ], "efforts": [ { "on": "sale", "weight": 3, "perDay": 5 } ] } ] }
        """;

    private readonly ParityEngine _engine = new(postgres);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Every_door_tells_the_same_figure_with_its_source_and_the_same_group_also_after_a_restart()
    {
        // To sixteen members, so that every node knows some.
        var anna = await Sell(at => $"before-{at}", "2011-05-12");
        await Publish("impact", Factors);
        await Publish("leagues", Leagues);
        // To one member, and so on one node: what is in force by this date is so on the others as well.
        await Sell(_ => "after", "2011-05-21");
        await Eventually.Holds(async () => await Everywhere(async door => await Meals(door) == 64m));
        Assert.Equal("Ministry", (string)(await Get(0, "/v1/impact"))["counters"]![0]!["sources"]![0]!["publisher"]!);

        var token = await _engine.MemberToken(anna);
        await Eventually.Holds(async () => (await Get(0, "/v1/leagues", token))["leagues"]!.AsArray().Count == 1);
        await Send(0, HttpMethod.Put, "/v1/leagues/friends/participation", """{ "joined": true }""", token);
        await Eventually.Holds(async () => await Everywhere(async door => await IsSeated(door, token)));

        await _engine.Restart(_ => Task.CompletedTask);
        await Eventually.Holds(async () => await Everywhere(async door => await Meals(door) == 64m && await IsSeated(door, token)));
    }

    /// <summary>Sixteen sales: the member of the first.</summary>
    private async Task<string> Sell(Func<int, string> card, string date)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(at => _engine.Post(ParityEngine.Sale(10, card(at), _engine.Number(), date: date))));
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Created, $"{(int)answer.Status} {answer.Answer}"));
        return (string)answers[0].Answer["member"]!;
    }

    private async Task Publish(string part, string document)
    {
        var admin = ApiHost.AdminToken(_engine.Nodes[0].Options, TimeProvider.System);
        await Send(0, HttpMethod.Put, $"/v1/programme/parts/{part}/draft", document, admin);
        await Send(0, HttpMethod.Post, $"/v1/programme/parts/{part}/validate", "{}", admin);
        await Send(0, HttpMethod.Post, $"/v1/programme/parts/{part}/publish", """{ "effectiveFrom": "2011-05-20T00:00:00+02:00" }""", admin);
    }

    private async Task<bool> Everywhere(Func<int, Task<bool>> holds)
    {
        foreach (var door in Enumerable.Range(0, _engine.Doors.Count))
        {
            if (!await holds(door)) return false;
        }

        return true;
    }

    /// <summary>Nothing before there are factors, nor while only few people have been counted: their figure is withheld.</summary>
    private async Task<decimal> Meals(int door) => (await Get(door, "/v1/impact"))["counters"]!.AsArray() is [{ } meals] ? (decimal?)meals["value"] ?? 0 : 0;

    private async Task<bool> IsSeated(int door, string token) => (await Get(door, "/v1/leagues/friends", token))["own"]!["places"]!.AsArray().Any(place => (bool)place!["isOwn"]!);

    private Task<JsonObject> Get(int door, string path, string? token = null) => Send(door, HttpMethod.Get, path, body: null, token ?? _engine.Screen);

    private async Task<JsonObject> Send(int door, HttpMethod method, string path, string? body, string token)
    {
        using var http = new HttpClient { BaseAddress = _engine.Doors[door] };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
