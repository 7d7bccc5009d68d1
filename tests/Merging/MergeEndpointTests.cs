using System.Net;
using Gamification.Tests.Api;
using Gamification.Tests.Parity;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Merging;

/// <summary>Merges over HTTP: who may, what is refused, and that every name of a member leads to the one that was kept.</summary>
public sealed class MergeEndpointTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    private const string Board = "/v1/boards/programme/all/points";

    [Fact]
    public async Task A_merge_is_made_once_every_name_leads_to_it_and_it_can_be_undone()
    {
        var (from, ours) = await edge.Member("merge-1", euros: 100);
        var (into, theirs) = await edge.Member("merge-2", euros: 50);
        var made = await Read(await Ask(into, "crm-1", from), HttpStatusCode.Created);
        Assert.Equal((from, into, false), ((string)made["from"]!, (string)made["into"]!, (bool)made["replayed"]!));
        Assert.True((bool)(await Read(await Ask(into, "crm-1", from), HttpStatusCode.OK))["replayed"]!);
        await ReadProblem(await Ask(from, "crm-1", into), HttpStatusCode.Conflict, "command-conflict");
        await ReadProblem(await Ask(into, "crm-2", from), HttpStatusCode.UnprocessableEntity, "refused-command");

        foreach (var client in (HttpClient[])[ours, theirs])
        {
            var seen = await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK);
            Assert.Equal((into, 150L, 2), ((string)seen["member"]!, (long)seen["balance"]!, (int)seen["receipts"]!));
        }

        Assert.Equal(150, (long)(await Read(await edge.Admin.GetAsync($"/v1/members/{from}"), HttpStatusCode.OK))["balance"]!);
        var sale = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(7, "merge-1"))), HttpStatusCode.Created);
        Assert.Equal((into, 157L), ((string)sale["member"]!, (long)sale["balance"]!));
        await Eventually.Holds(async () => (await Scores()) is var rows && rows.GetValueOrDefault(into) == 157 && !rows.ContainsKey(from));

        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/crm-1/undo", null), HttpStatusCode.Created);
        Assert.True((bool)(await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/crm-1/undo", null), HttpStatusCode.OK))["replayed"]!);
        Assert.Equal(100, (long)(await Read(await edge.Admin.GetAsync($"/v1/members/{from}"), HttpStatusCode.OK))["balance"]!);
        await Eventually.Holds(async () => (await Scores()) is var rows && rows.GetValueOrDefault(into) == 57 && rows.GetValueOrDefault(from) == 100);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named_with_its_remedy()
    {
        var (into, client) = await edge.Member("merge-3");
        await ReadProblem(await client.PostAsync($"/v1/members/{into}/merges", Json("{}")), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(["/from", "/id", "/reason"], await Fields("{}", HttpStatusCode.UnprocessableEntity, "invalid-document"));
        Assert.Equal(["/id"], await Fields("""{ "id": "", "from": "NOBODY", "reason": "x" }""", HttpStatusCode.UnprocessableEntity, "invalid-document"));
        Assert.Equal(["/from"], await Fields("""{ "id": "a", "from": "NOBODY", "reason": "x" }""", HttpStatusCode.UnprocessableEntity, "refused-command"));
        Assert.Equal(["/from"], await Fields($$"""{ "id": "a", "from": "{{into}}", "reason": "x" }""", HttpStatusCode.UnprocessableEntity, "refused-command"));
        Assert.Equal(["/surprise"], await Fields($$"""{ "id": "a", "from": "NOBODY", "reason": "x", "surprise": 1 }""", HttpStatusCode.UnprocessableEntity, "invalid-document"));
        await ReadProblem(await edge.Admin.PostAsync($"/v1/members/{into}/merges", Json("not json")), HttpStatusCode.BadRequest, "malformed-json");
        await ReadProblem(await edge.Admin.PostAsync("/v1/members/NOBODY/merges", Json("""{ "id": "a", "from": "NOBODY", "reason": "x" }""")), HttpStatusCode.NotFound, "unknown-member");
        await ReadProblem(await edge.Admin.PostAsync($"/v1/members/{into}/merges/none/undo", null), HttpStatusCode.NotFound, "unknown-merge");

        async Task<string[]> Fields(string body, HttpStatusCode status, string code)
        {
            var problem = await ReadProblem(await edge.Admin.PostAsync($"/v1/members/{into}/merges", Json(body)), status, code);
            return [.. problem["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal)];
        }
    }

    private Task<HttpResponseMessage> Ask(string into, string id, string from) =>
        edge.Admin.PostAsync($"/v1/members/{into}/merges", Json($$"""{ "id": "{{id}}", "from": "{{from}}", "reason": "two cards, one person" }"""));

    private async Task<Dictionary<string, long>> Scores()
    {
        var board = await Read(await edge.Admin.GetAsync(Board), HttpStatusCode.OK);
        return board["rows"]!.AsArray().ToDictionary(row => (string)row!["id"]!, row => (long)row!["score"]!);
    }
}
