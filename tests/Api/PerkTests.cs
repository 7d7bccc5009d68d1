using System.Net;
using System.Text.Json.Nodes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Perks of paid plans and benefits of tiers, as a till gives them.</summary>
public sealed class PerkTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    [Fact]
    public async Task A_till_sees_what_a_plan_gives_gives_it_once_and_the_member_sees_what_it_was_worth()
    {
        var (member, client) = await edge.Member("perk-1");
        Assert.Empty(await Perks("perk-1"));
        Assert.Equal(("/perk", "not-entitled"), Error(await ReadProblem(await Take("perk-1", "r-0"), HttpStatusCode.UnprocessableEntity, "refused-command")));
        await Read(await edge.Admin.PostAsync($"/v1/members/{member}/recognition", Json("""{ "id": "pay-1", "kind": "start-plan", "plan": "club", "reference": "psp-1", "amount": 4.99 }""")), HttpStatusCode.Created);
        var perk = Assert.Single(await Perks("perk-1"))!;
        Assert.Equal(("delivery", "club", null, "2026-12-21"), ((string)perk["id"]!, (string)perk["plan"]!, (string?)perk["tier"], (string)perk["until"]!));

        var given = await Read(await Take("perk-1", "r-1"), HttpStatusCode.Created);
        Assert.Equal("Benefit used: “free delivery”.", (string)given["recognised"]![0]!["en"]!);
        Assert.True((bool)(await Read(await Take("perk-1", "r-1"), HttpStatusCode.OK))["replayed"]!);
        await ReadProblem(await Take("perk-1", "r-1", worth: "3"), HttpStatusCode.Conflict, "command-conflict");
        await Read(await Take("perk-1", "r-2", worth: "2.50"), HttpStatusCode.Created);
        Assert.Equal(7.45m, await Saved(client));

        // It came back: no more than there was.
        Assert.Equal(("/worth", "more-than-used"), Error(await ReadProblem(await Take("perk-1", "r-3", worth: "-8"), HttpStatusCode.UnprocessableEntity, "refused-command")));
        await Read(await Take("perk-1", "r-4", worth: "-2.50"), HttpStatusCode.Created);
        Assert.Equal(4.95m, await Saved(client));
        Assert.Equal("delivery", (string)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["perks"]![0]!["id"]!);
    }

    [Theory]
    [InlineData("""{ "use": "x", "perk": "delivery" }""", "invalid-document", "/card")]
    [InlineData("""{ "card": "perk-2", "perk": "delivery" }""", "invalid-document", "/use")]
    [InlineData("""{ "card": "perk-2", "use": "x" }""", "invalid-document", "/perk")]
    [InlineData("""{ "card": 7, "use": [], "perk": "delivery" }""", "invalid-document", "/card")]
    [InlineData("""{ "card": "perk-2", "use": "x", "perk": "delivery", "worth": 1e30 }""", "invalid-document", "/worth")]
    [InlineData("""{ "card": "perk-2", "use": "x", "perk": "delivery", "worth": 1.005 }""", "invalid-document", "/worth")]
    [InlineData("""{ "card": "perk-2", "use": "x", "perk": "delivery", "store": "GNT" }""", "invalid-document", "/store")]
    [InlineData("""{ "card": "perk-2", "use": "x", "perk": "delivery", "member": "me" }""", "invalid-document", "/member")]
    [InlineData("""{ "card": "nobody-has-this", "use": "x", "perk": "delivery" }""", "unknown-card", "/card")]
    [InlineData("""{ "card": "perk-2", "use": "x", "perk": "unheard-of" }""", "refused-command", "/perk")]
    public async Task What_is_wrong_is_named_with_its_field(string body, string kind, string field)
    {
        await edge.Member("perk-2");
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/perks/take", Json(body)), HttpStatusCode.UnprocessableEntity, kind);
        Assert.Equal(field, Error(problem).Field);
    }

    private async Task<JsonArray> Perks(string card) => (await Read(await edge.Till.PostAsync("/v1/perks/check", Json($$"""{ "card": "{{card}}" }""")), HttpStatusCode.OK))["perks"]!.AsArray();

    private Task<HttpResponseMessage> Take(string card, string use, string worth = "4.95") =>
        edge.Till.PostAsync("/v1/perks/take", Json($$"""{ "card": "{{card}}", "use": "{{use}}", "perk": "delivery", "worth": {{worth}} }"""));

    private static async Task<decimal> Saved(HttpClient client) => (decimal)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["plans"]![0]!["saved"]!;

    private static (string Field, string Code) Error(JsonObject problem) => ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!);
}
