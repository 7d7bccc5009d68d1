using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Sandboxes;

/// <summary>A flooded store, over HTTP (spec E3).</summary>
public sealed class IncidentEndpointTests : IAsyncLifetime
{
    private const string Flood = """{ "id": "flood-1", "from": "2026-11-09", "to": "2026-11-23", "scope": "store:BRU", "reason": "The store was flooded" }""";

    private readonly BirthdayEdge _edge = new();

    public ValueTask InitializeAsync() => _edge.InitializeAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Members_of_the_store_keep_their_streaks_without_anybody_having_touched_them()
    {
        await _edge.Move("2026-11-03T12:00:00+01:00");
        var client = await Buy("i-1", "BRU", "2026-11-03");
        var other = await Buy("i-2", "GNT", "2026-11-03");
        await _edge.Move("2026-11-24T12:00:00+01:00");
        Assert.Equal((0, 0), (await Current(client), await Current(other)));
        var before = await Entries(client);

        var operators = _edge.With(_edge.Token(Role.Marketer, person: "marie"));
        var declared = await Read(await operators.PostAsync("/v1/incidents", Json(Flood)), HttpStatusCode.Created);
        Assert.Equal((1, "marie", false), ((int)declared["number"]!, (string)declared["by"]!, (bool)declared["replayed"]!));
        Assert.Equal((1, 0), (await Current(client), await Current(other)));
        Assert.Equal(before, await Entries(client));

        await Buy("i-1", "BRU", "2026-11-24");
        await Buy("i-2", "GNT", "2026-11-24");
        Assert.Equal((2, 1), (await Current(client), await Current(other)));
        var said = (await Read(await client.GetAsync("/v1/members/me/entries?limit=1"), HttpStatusCode.OK))["entries"]![0]!["recognised"]!.AsArray().Select(one => (string)one!["en"]!);
        Assert.Contains(said, sentence => sentence.StartsWith("An incident on our side: from ", StringComparison.Ordinal) && sentence.EndsWith("nothing is missing from “Regular”.", StringComparison.Ordinal));

        Assert.True((bool)(await Read(await operators.PostAsync("/v1/incidents", Json(Flood)), HttpStatusCode.OK))["replayed"]!);
        await Buy("i-1", "BRU", "2026-11-24");
        Assert.DoesNotContain((await Read(await client.GetAsync("/v1/members/me/entries?limit=1"), HttpStatusCode.OK))["entries"]![0]!["recognised"]!.AsArray(), one => ((string)one!["en"]!).Contains("incident", StringComparison.Ordinal));
        var all = (await Read(await operators.GetAsync("/v1/incidents"), HttpStatusCode.OK))["incidents"]!.AsArray();
        Assert.Equal(("flood-1", "The store was flooded", "marie"), ((string)Assert.Single(all)!["id"]!, (string)all[0]!["reason"]!, (string)all[0]!["by"]!));
        await ReadProblem(await operators.PostAsync("/v1/incidents", Json(Flood.Replace("flooded", "closed", StringComparison.Ordinal))), HttpStatusCode.Conflict, "incident-conflict");
    }

    [Theory]
    [InlineData("\"from\": \"2026-11-09\"", "\"from\": \"2026-13-09\"", "/from", "invalid-date")]
    [InlineData("\"to\": \"2026-11-23\"", "\"to\": \"2026-11-09\"", "/to", "invalid-range")]
    [InlineData("store:BRU", "store:XXX", "/scope", "unknown-scope")]
    [InlineData("\"id\": \"flood-1\", ", "", "/id", "missing")]
    [InlineData("\"reason\"", "\"because\"", "/because", "unknown-field")]
    public async Task What_is_no_incident_is_refused_with_its_field(string right, string wrong, string field, string code)
    {
        await _edge.Move("2026-11-24T12:00:00+01:00");
        var problem = await ReadProblem(await _edge.Admin.PostAsync("/v1/incidents", Json(Flood.Replace(right, wrong, StringComparison.Ordinal))), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Contains((field, code), problem["errors"]!.AsArray().Select(error => ((string)error!["field"]!, (string)error["code"]!)));
        Assert.Empty((await Read(await _edge.Admin.GetAsync("/v1/incidents"), HttpStatusCode.OK))["incidents"]!.AsArray());
    }

    private async Task<HttpClient> Buy(string card, string store, string date)
    {
        var made = await _edge.Admin.PostAsync("/v1/keys", Json($$"""{ "store": "{{store}}", "name": "till" }"""));
        var till = _edge.With((string)(await Read(made, HttpStatusCode.Created))["key"]!);
        var sale = _edge.Sale(10, card).Replace("\"store\":\"BRU\"", $"\"store\":\"{store}\"", StringComparison.Ordinal).Replace("2026-11-21", date, StringComparison.Ordinal);
        var answer = await Read(await till.PostAsync("/v1/receipts", Json(sale)), HttpStatusCode.Created);
        var membership = await _edge.Vault.FindPublicId(_edge.Programme.Id, (string)answer["member"]!, default);
        return _edge.With(_edge.Token(Role.Member, membership!.Member));
    }

    private static async Task<int> Current(HttpClient client) =>
        (int)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["streaks"]!.AsArray().Single(streak => (string)streak!["id"]! == "weekly-visit")!["current"]!;

    private static async Task<string> Entries(HttpClient client) => (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK)).ToJsonString();
}
