using System.Net;
using System.Text.Json.Nodes;
using Gamification.Programmes;
using Gamification.Tests.Rules.Activities;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A programme that weighs what members do beside buying.</summary>
public sealed class CommunityEdge : CommunityEdgeOf;

/// <summary>The same for tests that want more of it.</summary>
public abstract class CommunityEdgeOf : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Events.Programme;

    /// <summary>A key of another system of the shop's.</summary>
    public async Task<HttpClient> Service()
    {
        var made = await Read(await Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "name": "Community" }""")), HttpStatusCode.Created);
        Assert.Equal(("service", null), ((string?)made["kind"], (string?)made["store"]));
        Assert.StartsWith("service_", (string)made["key"]!, StringComparison.Ordinal);
        return With((string)made["key"]!);
    }
}

/// <summary>Events over HTTP, from a service's key to the member's statement.</summary>
public sealed class EventTests(CommunityEdge edge) : IClassFixture<CommunityEdge>
{
    [Fact]
    public async Task An_event_earns_once_and_a_removal_and_a_restoration_are_exact()
    {
        var service = await edge.Service();
        var (member, client) = await edge.Member("e-1", euros: 1);
        var id = edge.Number();
        var first = await Read(await service.PostAsync("/v1/events", Json(Event("post", id, member), "application/cloudevents+json")), HttpStatusCode.Created);
        Assert.Equal(("recorded", "earned", 10, member), ((string)first["outcome"]!, (string)first["treatment"]!, (int)first["points"]!, (string)first["member"]!));
        var again = await Read(await service.PostAsync("/v1/events", Json(Event("post", id, member))), HttpStatusCode.OK);
        Assert.True((bool)again["replayed"]!);
        Assert.Equal((string)first["recordedAt"]!, (string)again["recordedAt"]!);

        var gone = await Read(await service.PostAsync("/v1/events", Json(About("removal", $"{id}-gone", id, member, """, "by": "moderator" """))), HttpStatusCode.Created);
        Assert.Equal(("taken-back", -10), ((string)gone["treatment"]!, (int)gone["points"]!));
        var back = await Read(await service.PostAsync("/v1/events", Json(About("restoration", $"{id}-back", id, member))), HttpStatusCode.Created);
        Assert.Equal(("regranted", 10), ((string)back["treatment"]!, (int)back["points"]!));

        var statement = await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK);
        Assert.Equal(["activity.restored", "activity.reversed", "activity.posted", "receipt.posted"], statement["entries"]!.AsArray().Select(entry => (string)entry!["type"]!));
        var line = statement["entries"]![2]!;
        Assert.Equal("10 points. For a post: 10 points.", (string)line["why"]![0]!["text"]!["en"]!);
        Assert.Equal((id, "post"), ((string)line["activity"]!["id"]!, (string)line["activity"]!["type"]!));
        Assert.Equal("moderator", (string)statement["entries"]![1]!["activity"]!["removedBy"]!);
        Assert.Equal(11, (int)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_a_conflict_and_kept()
    {
        var service = await edge.Service();
        var (member, _) = await edge.Member("e-2");
        var (other, _) = await edge.Member("e-3");
        var id = edge.Number();
        await Read(await service.PostAsync("/v1/events", Json(Event("post", id, member))), HttpStatusCode.Created);
        foreach (var changed in new[] { Event("comment", id, member), Event("post", id, other), About("removal", id, id, member) })
        {
            var conflict = await ReadProblem(await service.PostAsync("/v1/events", Json(changed)), HttpStatusCode.Conflict, "event-conflict");
            Assert.Equal("/id", (string)conflict["errors"]![0]!["field"]!);
        }

        var kept = await Read(await edge.Admin.GetAsync("/v1/quarantine"), HttpStatusCode.OK);
        Assert.Contains(kept["quarantine"]!.AsArray(), body => (string)body!["reason"]! == "event-conflict" && ((string)body["body"]!).Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_at_once_with_one_actor_and_target_bring_one_award()
    {
        var service = await edge.Service();
        var (host, _) = await edge.Member("e-4");
        var (newcomer, _) = await edge.Member("e-5");
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async _ =>
            await Read(await service.PostAsync("/v1/events", Json(Event("welcome", edge.Number(), host, $$""", "actor": "{{newcomer}}", "target": "{{newcomer}}" """))), HttpStatusCode.Created)));
        Assert.Equal([20], answers.Select(answer => (int)answer["points"]!).Where(points => points > 0));
        Assert.Equal(23, answers.Count(answer => (string)answer["treatment"]! == "repeated"));
    }

    [Theory]
    [InlineData("""{ "specversion": "0.3" }""", "/specversion", "unknown-value")]
    [InlineData("""{ "source": "a b" }""", "/source", "forbidden-character")]
    [InlineData("""{ "id": null }""", "/id", "missing")]
    [InlineData("""{ "type": "sale" }""", "/type", "unknown-value")]
    [InlineData("""{ "time": "2026-11-21" }""", "/time", "invalid-instant")]
    [InlineData("""{ "data": 7 }""", "/data", "wrong-type")]
    [InlineData("""{ "data": {} }""", "/data/member", "one-of-two")]
    [InlineData("""{ "data": { "member": "NOBODY" } }""", "/data/member", "unknown-member")]
    [InlineData("""{ "data": { "card": "x", "member": "y" } }""", "/data/card", "one-of-two")]
    [InlineData("""{ "data": { "card": "x", "likes": 3 } }""", "/data/likes", "unknown-field")]
    [InlineData("""{ "data": { "card": "x", "store": "OST" } }""", "/data/store", "unknown-value")]
    [InlineData("""{ "data": { "card": "x", "channel": "tv" } }""", "/data/channel", "unknown-value")]
    [InlineData("""{ "data": { "card": "x", "actor": "NOBODY" } }""", "/data/actor", "unknown-member")]
    [InlineData("""{ "type": "visit", "data": { "card": "x" } }""", "/data/store", "missing")]
    [InlineData("""{ "type": "removal", "data": { "card": "x" } }""", "/data/original", "missing")]
    [InlineData("""{ "type": "removal", "data": { "card": "x", "original": { "id": "1" }, "by": "me" } }""", "/data/by", "unknown-value")]
    public async Task What_is_wrong_is_named_with_its_remedy(string change, string field, string code)
    {
        var body = JsonNode.Parse(Event("post", edge.Number(), "NONE"))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        if (!change.Contains("\"data\"", StringComparison.Ordinal)) body["data"] = new JsonObject { ["card"] = "e-6" };
        var problem = await ReadProblem(await (await edge.Service()).PostAsync("/v1/events", Json(body.ToJsonString())), HttpStatusCode.UnprocessableEntity, "invalid-event");
        Assert.Contains(problem["errors"]!.AsArray(), error => ((string)error!["field"]!, (string)error["code"]!) == (field, code));
    }

    [Fact]
    public async Task Extension_attributes_are_passed_over_and_a_missing_or_future_time_is_the_time_of_receipt()
    {
        var service = await edge.Service();
        var (member, client) = await edge.Member("e-7");
        var body = JsonNode.Parse(Event("post", edge.Number(), member))!.AsObject();
        body["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        body["time"] = "2031-01-01T00:00:00Z";
        Assert.Equal(["occurred-at-clamped"], (await Read(await service.PostAsync("/v1/events", Json(body.ToJsonString())), HttpStatusCode.Created))["flags"]!.AsArray().Select(flag => (string)flag!));
        body["id"] = edge.Number();
        body.Remove("time");
        Assert.Equal(["occurred-at-missing"], (await Read(await service.PostAsync("/v1/events", Json(body.ToJsonString())), HttpStatusCode.Created))["flags"]!.AsArray().Select(flag => (string)flag!));
        var last = (await Read(await client.GetAsync("/v1/members/me/entries?limit=1"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.Equal(edge.Clock.GetUtcNow(), DateTimeOffset.Parse((string)last["occurredAt"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_batch_answers_each_line_and_takes_one_members_lines_in_order()
    {
        var (member, _) = await edge.Member("e-8");
        var id = edge.Number();
        var lines = string.Join('\n', Event("comment", id, member), About("removal", $"{id}-gone", id, member), "{", About("restoration", $"{id}-back", id, member));
        var response = await (await edge.Service()).PostAsync("/v1/events/batch", Json(lines, "application/x-ndjson"));
        var answers = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([(1, 201), (2, 201), (3, 400), (4, 201)], answers.Select(answer => ((int)answer["line"]!, (int)answer["status"]!)));
        Assert.Equal([3, -3, 3], answers.Where(answer => answer["points"] is not null).Select(answer => (int)answer["points"]!));
    }

    [Fact]
    public async Task A_preview_says_what_reporting_would_bring_and_keeps_nothing()
    {
        var service = await edge.Service();
        var (member, client) = await edge.Member("e-9", euros: 1);
        var body = Event("visit", edge.Number(), member, """, "store": "BRU" """);
        var preview = await Read(await service.PostAsync("/v1/events/preview", Json(body)), HttpStatusCode.OK);
        Assert.Equal((5, "earned"), ((int)preview["points"]!, (string)preview["treatment"]!));
        Assert.Equal(1, (int)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!);
        Assert.Equal(5, (int)(await Read(await service.PostAsync("/v1/events", Json(body)), HttpStatusCode.Created))["points"]!);
        Assert.Equal(0, (int)(await Read(await service.PostAsync("/v1/events/preview", Json(Event("visit", edge.Number(), member, """, "store": "GNT" """))), HttpStatusCode.OK))["points"]!);
    }

    [Fact]
    public async Task A_service_reports_and_does_nothing_else()
    {
        var service = await edge.Service();
        await ReadProblem(await service.GetAsync("/v1/members/NOBODY"), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await service.PostAsync("/v1/receipts", Json(edge.Sale(1))), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await edge.Till.PostAsync("/v1/events", Json("{}")), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "store": "BRU", "name": "n" }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");
        await ReadProblem(await edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "robot", "name": "n" }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");
    }

    private static string Event(string type, string id, string member, string more = "") =>
        $$"""{ "specversion": "1.0", "source": "//community.example", "id": "{{id}}", "type": "{{type}}", "time": "2026-11-21T09:00:00+01:00", "data": { "member": "{{member}}"{{more}} } }""";

    private static string About(string type, string id, string original, string member, string more = "") =>
        Event(type, id, member, $$""", "original": { "id": "{{original}}" }{{more}}""").Replace("09:00", type == "removal" ? "09:10" : "09:20", StringComparison.Ordinal);
}
