using System.Net;
using System.Text.Json.Nodes;
using Gamification.Members;
using Gamification.Tests.Redeeming;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Corrections over HTTP: new entries with a reason, once, and never more than there is.</summary>
public sealed class CorrectionTests(RewardEdge edge) : IClassFixture<RewardEdge>
{
    [Fact]
    public async Task Points_are_added_and_taken_once_and_the_statement_says_why()
    {
        var (member, client) = await edge.Member(edge.Card(), 100);
        var done = await Read(await Correct(member, """{ "id": "t-1", "points": 25, "reason": "till-outage" }"""), HttpStatusCode.Created);
        Assert.Equal((125, false), ((int)done["balance"]!, (bool)done["replayed"]!));
        Assert.True((bool)(await Read(await Correct(member, """{ "id": "t-1", "points": 25, "reason": "till-outage" }"""), HttpStatusCode.OK))["replayed"]!);
        await ReadProblem(await Correct(member, """{ "id": "t-1", "points": 26, "reason": "till-outage" }"""), HttpStatusCode.Conflict, "command-conflict");
        Assert.Equal(5, (int)(await Read(await Correct(member, """{ "id": "t-2", "points": -120, "reason": "typed-twice" }"""), HttpStatusCode.Created))["balance"]!);
        var seen = await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK);
        Assert.Equal((5, 100), ((int)seen["balance"]!, (int)seen["lifetime"]!));
        var line = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.Equal(("ledger.corrected", -120), ((string)line["type"]!, (int)line["points"]!));
        Assert.Contains("typed-twice", line.ToJsonString(), StringComparison.Ordinal);
        Assert.True((await LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken)).IsSound);
    }

    [Theory]
    [InlineData("""{ "id": "x", "points": -101, "reason": "too-much" }""", "refused-command", "/points")]
    [InlineData("""{ "id": "x", "points": 0, "reason": "none" }""", "refused-command", "/points")]
    [InlineData("""{ "id": "x", "points": 1, "reason": "In words" }""", "refused-command", "/reason")]
    [InlineData("""{ "id": "x", "reason": "neither" }""", "refused-command", "/points")]
    [InlineData("""{ "id": "x", "points": 1, "through": "2027-01-01", "reason": "both" }""", "refused-command", "/points")]
    [InlineData("""{ "id": "x", "through": "2020-01-01", "reason": "past" }""", "refused-command", "/through")]
    [InlineData("""{ "id": "x", "through": "9999-12-31", "reason": "never" }""", "refused-command", "/through")]
    [InlineData("""{ "id": "x", "through": "2027-01-01", "reason": "for-ever-already" }""", "refused-command", "/through")]
    [InlineData("""{ "id": "x", "points": 1e12, "reason": "huge" }""", "invalid-document", "/points")]
    [InlineData("""{ "id": "x", "points": "1", "reason": "text" }""", "invalid-document", "/points")]
    [InlineData("""{ "points": 1, "reason": "no-id" }""", "invalid-document", "/id")]
    public async Task What_cannot_be_put_right_so_is_named_with_its_field(string body, string kind, string field)
    {
        var (member, client) = await edge.Member(edge.Card(), 100);
        var problem = await ReadProblem(await Correct(member, body), HttpStatusCode.UnprocessableEntity, kind);
        Assert.Equal(field, (string)problem["errors"]![0]!["field"]!);
        Assert.Equal(100, (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!);
        await ReadProblem(await edge.Admin.PostAsync("/v1/members/NOBODY/corrections", Json("""{ "id": "x", "points": 1, "reason": "nobody" }""")), HttpStatusCode.NotFound, "unknown-member");
    }

    private Task<HttpResponseMessage> Correct(string member, string body) => edge.Admin.PostAsync($"/v1/members/{member}/corrections", Json(body));
}
