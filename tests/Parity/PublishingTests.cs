using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Parity;

/// <summary>A rule published at one door decides at every node, on either host: with an engine of its own, because it changes what is earned.</summary>
public sealed class PublishingTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly ParityEngine _engine = new(postgres);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_one_node_publishes_every_node_decides_by_also_after_a_restart()
    {
        // The replay's time begins, on each node with a receipt of its own, and with it the notice.
        Assert.True(await EveryNodeGives(10, "before", "2011-05-12"));
        const string draft = """{ "rules": [{ "id": "triple", "version": 1, "on": ["sale"], "then": [{ "kind": "pointsPerSpend", "points": 3, "spend": 100 }] }] }""";
        await Send(0, HttpMethod.Put, "draft", draft);
        Assert.True((bool)(await Send(1, HttpMethod.Post, "validate", "{}"))["valid"]!);
        await Eventually.Holds(IsTooSoonIn2011);
        await Send(0, HttpMethod.Post, "publish", """{ "effectiveFrom": "2011-05-20T00:00:00+02:00" }""");
        Assert.False((bool)(await Send(1, HttpMethod.Post, "publish", """{ "effectiveFrom": "2011-05-20T00:00:00+02:00" }"""))["changed"]!);

        await Eventually.Holds(() => EveryNodeGives(30, "after", "2011-05-21"));
        await _engine.Restart(_ => Task.CompletedTask);
        Assert.True(await EveryNodeGives(30, "after", "2011-05-21"));
    }

    /// <summary>Refused by the replay's time, which a node tells once it has seen a receipt come by.</summary>
    private async Task<bool> IsTooSoonIn2011()
    {
        var refused = await Send(0, HttpMethod.Post, "publish", """{ "effectiveFrom": "2011-05-12T09:00:30+02:00" }""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("too-soon", (string)refused["errors"]![0]!["code"]!);
        return ((string)refused["errors"]![0]!["remedy"]!).Contains("2011", StringComparison.Ordinal);
    }

    /// <summary>Members live on all nodes: sixteen of them on one alone is one chance in thirty thousand.</summary>
    private async Task<bool> EveryNodeGives(long points, string member, string date)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(at => _engine.Post(ParityEngine.Sale(10, $"{member}-{at}", _engine.Number(), date: date))));
        return answers.All(answer => answer.Status == HttpStatusCode.Created && (long)answer.Answer["points"]! == points);
    }

    private async Task<JsonObject> Send(int door, HttpMethod method, string step, string body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var http = new HttpClient { BaseAddress = _engine.Doors[door % _engine.Doors.Count] };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiHost.AdminToken(_engine.Nodes[0].Options, TimeProvider.System));
        using var request = new HttpRequestMessage(method, $"/v1/programme/parts/earning/{step}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{step}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
