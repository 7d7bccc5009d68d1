using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>"Pourquoi ?" of tiers, streaks and badges over HTTP.</summary>
public sealed class StandingWhyTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    [Fact]
    public async Task A_member_learns_why_it_has_its_tier_what_is_missing_and_until_when_it_lasts()
    {
        var (_, client) = await edge.Member("w-1", euros: 250);
        var why = await Why(client, "tier");
        Assert.Equal(("silver", 250, null, 1), ((string)why["tier"]!, (int)why["since"]!["spend"]!, (string?)why["since"]!["lost"], (int)why["since"]!["version"]! > 0 ? 1 : 0));
        Assert.Equal(("gold", 750, 200, true), ((string)why["next"]!["tier"]!, (int)why["next"]!["missingSpend"]!, (int)why["next"]!["missingEngagement"]!, (bool)why["next"]!["both"]!));
        Assert.True(why["keep"] is null);
        Assert.Equal(("2028-01-31", null), ((string)why["falls"]!["on"]!, (string?)why["falls"]!["to"]));
        Assert.Contains(Says(why), said => said == "With nothing more, “Silver” is yours until 30 January 2028.");
        Assert.StartsWith("Vous êtes « Argent » depuis le", ((string)why["says"]![0]!["fr"]!).Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_learns_which_weeks_a_streak_counts_and_until_when_it_goes_on()
    {
        var (_, client) = await edge.Member("w-2", euros: 20);
        var why = await Why(client, "streaks/weekly-visit");
        Assert.Equal((1, true, 0, 4), ((int)why["current"]!, (bool)why["done"]!, (int)why["daysMissing"]!, (int)why["nextMilestone"]!));
        Assert.Equal("done", (string)why["periods"]![0]!["fate"]!);
        Assert.NotNull(why["endsOn"]);
        Assert.True(why["broken"] is null);
        Assert.Equal(3, Says(why).Count(said => said.Length > 0));
    }

    [Fact]
    public async Task A_member_learns_which_receipts_a_badge_counts_and_what_people_gave_it_for()
    {
        var (member, client) = await edge.Member("w-3", euros: 20);
        var why = await Why(client, "badges/explorer");
        Assert.Equal((0, 1m, 3), ((int)why["level"]!, (decimal)why["done"]!, (int)why["needed"]!));
        var counted = Assert.Single(why["counted"]!.AsArray())!;
        Assert.StartsWith("BRU/", (string)counted["receipt"]!, StringComparison.Ordinal);
        Assert.Contains("1 of 3: another 2.", Says(why));

        await Read(await edge.With(edge.Token(Role.Marketer)).PostAsync($"/v1/members/{member}/recognition", Json("""{ "id": "b-1", "kind": "give-badge", "badge": "thanks", "reason": "Helped at the opening" }""")), HttpStatusCode.Created);
        var thanks = await Why(client, "badges/thanks");
        Assert.Equal((1, "Helped at the opening"), ((int)thanks["level"]!, (string)thanks["awards"]![0]!["reason"]!));
        Assert.DoesNotContain(Says(thanks), said => said.Contains("opening", StringComparison.Ordinal));
        Assert.Equal([false, false, false], (await Why(client, "badges/helper"))["requires"]!.AsArray().Select(one => (bool)one!["holds"]!));
        Assert.Contains(Says(await Why(client, "badges/founder")), said => said.Contains("1 April 2026", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("streaks/none")]
    [InlineData("badges/none")]
    [InlineData("badges/patron")]
    public async Task What_there_is_not_or_is_secret_is_not_found(string what)
    {
        var (_, client) = await edge.Member("w-4", euros: 5);
        await ReadProblem(await client.GetAsync($"/v1/members/me/why/{what}"), HttpStatusCode.NotFound, "unknown-standing");
    }

    [Fact]
    public async Task Nobody_asks_why_of_another_member()
    {
        var (other, _) = await edge.Member("w-5");
        var (_, client) = await edge.Member("w-6");
        await ReadProblem(await client.GetAsync($"/v1/members/{other}/why/tier"), HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<JsonObject> Why(HttpClient client, string what) => await Read(await client.GetAsync($"/v1/members/me/why/{what}"), HttpStatusCode.OK);

    private static string[] Says(JsonObject why) => [.. why["says"]!.AsArray().Select(said => ((string)said!["en"]!).Replace('\u00A0', ' '))];
}
