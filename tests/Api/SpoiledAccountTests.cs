using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Accounts, tills' perks, claims, corrections and merges asked in every wrong way: nothing breaks, nothing vague is answered, and every ledger proves afterwards.</summary>
public sealed class SpoiledAccountTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    private static readonly string[] Elsewhere = ["Challenges", "Access", "Screens"];

    [Fact]
    public async Task Whatever_a_member_sends_is_answered_with_its_field_and_a_remedy()
    {
        var (member, client) = await edge.Member("2000000001234", euros: 40);
        var (other, _) = await edge.Member("2000000004321", euros: 20);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(12, number: "000126"))), HttpStatusCode.Created);
        var text = await edge.Anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var description = JsonNode.Parse(text.Replace("K7Q2M9XA", member, StringComparison.Ordinal).Replace("P3X8N5TC", other, StringComparison.Ordinal))!;
        var spoiling = new Spoiling(client);
        await spoiling.Documents(description, tag => !Elsewhere.Contains(tag));
        await Proven(spoiling.Asked);
    }

    [Fact]
    public async Task Whatever_is_wrong_in_an_address_is_answered_with_a_problem()
    {
        var (member, _) = await edge.Member("2000000005678", euros: 40);
        var (other, _) = await edge.Member("2000000008765", euros: 20);
        var text = await edge.Anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var description = JsonNode.Parse(text.Replace("K7Q2M9XA", member, StringComparison.Ordinal).Replace("P3X8N5TC", other, StringComparison.Ordinal))!;
        var spoiling = new Spoiling(edge.Admin);
        await spoiling.Addresses(description, tag => !Elsewhere.Contains(tag));
        await Proven(spoiling.Asked);
    }

    [Theory]
    [InlineData(""" "points": 0 """)]
    [InlineData(""" "points": -1000000001 """)]
    [InlineData(""" "points": 1000000001 """)]
    [InlineData(""" "points": -1000000000 """)]
    [InlineData(""" "points": 0.5 """)]
    [InlineData(""" "points": 5, "through": "2027-01-01" """)]
    [InlineData(""" "through": "0001-01-01" """)]
    [InlineData(""" "through": "9999-12-31" """)]
    [InlineData(""" "through": "2027-02-30" """)]
    [InlineData(""" "through": "" """)]
    [InlineData(""" "points": null """)]
    public async Task A_correction_that_makes_no_sense_is_refused_with_its_field(string what)
    {
        var (member, client) = await edge.Member($"h-{what.GetHashCode(StringComparison.Ordinal)}", euros: 30);
        var response = await edge.Admin.PostAsync($"/v1/members/{member}/corrections", Json($$"""{ "id": "c-1", "reason": "till-outage",{{what}} }"""));
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(response.StatusCode == HttpStatusCode.UnprocessableEntity, $"{what}: {(int)response.StatusCode} {problem}");
        Assert.All(problem["errors"]!.AsArray(), error => Assert.True((string?)error!["field"] is "/points" or "/through" && ((string)error["remedy"]!).Length > 5, $"{what}: {problem}"));
        Assert.Equal(30, (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!);
    }

    [Fact]
    public async Task The_greatest_corrections_add_up_to_no_overflow()
    {
        var (member, _) = await edge.Member("h-great");
        for (var times = 0; times < 20; times++)
        {
            var status = (await edge.Admin.PostAsync($"/v1/members/{member}/corrections", Json($$"""{ "id": "g-{{times}}", "points": 1000000000, "reason": "till-outage" }"""))).StatusCode;
            Assert.True(status is HttpStatusCode.Created or HttpStatusCode.UnprocessableEntity, $"{times}: {status}");
        }

        await Proven(20);
    }

    [Theory]
    [InlineData("none", "unknown-perk")]
    [InlineData("delivery", "not-entitled")]
    public async Task A_perk_that_the_holder_does_not_have_is_refused_with_its_field(string perk, string code)
    {
        await edge.Member("h-perk", euros: 5);
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/perks/take", Json($$"""{ "card": "h-perk", "use": "BRU/3/{{edge.Number()}}", "perk": "{{perk}}", "worth": 4.95 }""")), HttpStatusCode.UnprocessableEntity, "refused-command");
        Assert.Equal(("/perk", code), ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!));
    }

    [Theory]
    [InlineData("\"worth\": 1e15")]
    [InlineData("\"worth\": -1e15")]
    [InlineData("\"worth\": 0.001")]
    [InlineData("\"store\": \"GNT\"")]
    [InlineData("\"use\": \"\"")]
    [InlineData("\"card\": \"h-nobody\"")]
    public async Task A_perk_asked_for_in_a_wrong_way_is_refused_with_its_field(string what)
    {
        await edge.Member("h-perk-2", euros: 5);
        var asked = new JsonObject { ["card"] = "h-perk-2", ["use"] = "BRU/3/1", ["perk"] = "delivery", ["worth"] = 4.95 };
        var field = what.Split('"')[1];
        asked.Remove(field);
        var body = asked.ToJsonString().Replace("}", $", {what} }}", StringComparison.Ordinal);
        var response = await edge.Till.PostAsync("/v1/perks/take", Json(body));
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{what}: {(int)response.StatusCode} {problem}");
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity) Assert.Equal($"/{field}", (string)problem["errors"]![0]!["field"]!);
    }

    private async Task Proven(int asked)
    {
        Assert.True(asked >= 20, $"only {asked} asked");
        Assert.True((await Members.LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken)).IsSound);
    }
}
