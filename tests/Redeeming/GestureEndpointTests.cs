using System.Net;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;
using static Gamification.Tests.Redeeming.RewardEdge;

namespace Gamification.Tests.Redeeming;

/// <summary>Gestures over HTTP: a quota, a reason, and four eyes that the tokens prove (spec B11).</summary>
public sealed class GestureEndpointTests(RewardEdge edge) : IClassFixture<RewardEdge>
{
    [Fact]
    public async Task A_gesture_reaches_the_member_once_and_a_large_one_waits_for_somebody_else()
    {
        var (member, client) = await edge.Member(edge.Card(), 10);
        using var sofie = edge.With(edge.Token(Role.Moderator, person: "sofie"));
        using var karim = edge.With(edge.Token(Role.Moderator, person: "karim"));
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.PutAsync("/v1/agents/sofie", Json("""{ "quota": 1000, "aloneMax": 300, "reasons": ["damaged"] }"""))).StatusCode);

        var small = Of("11111111-1111-4111-8111-111111111111", member, 300);
        Assert.Equal("granted", (string)(await Read(await sofie.PostAsync("/v1/gestures", Json(small)), HttpStatusCode.OK))["state"]!);
        Assert.Equal("granted", (string)(await Read(await sofie.PostAsync("/v1/gestures", Json(small)), HttpStatusCode.OK))["state"]!);
        Assert.Equal(310, await Balance(client));

        const string Large = "22222222-2222-4222-8222-222222222222";
        Assert.Equal("waiting", (string)(await Read(await sofie.PostAsync("/v1/gestures", Json(Of(Large, member, 500))), HttpStatusCode.OK))["state"]!);
        var open = (await Read(await karim.GetAsync("/v1/agents/sofie/gestures"), HttpStatusCode.OK))["gestures"]!.AsArray();
        Assert.Equal((member, 500L), ((string)Assert.Single(open)!["member"]!, (long)open[0]!["points"]!));
        var decision = $"/v1/agents/sofie/gestures/{Large}/decision";
        Assert.Equal("four-eyes", await Refused(await sofie.PostAsync(decision, Json("""{ "approved": true }"""))));
        Assert.Equal("granted", (string)(await Read(await karim.PostAsync(decision, Json("""{ "approved": true }""")), HttpStatusCode.OK))["state"]!);
        Assert.Equal(810, await Balance(client));

        Assert.Equal("quota-used", await Refused(await sofie.PostAsync("/v1/gestures", Json(Of("33333333-3333-4333-8333-333333333333", member, 201)))));
        Assert.Equal("unknown-reason", await Refused(await sofie.PostAsync("/v1/gestures", Json(Of("44444444-4444-4444-8444-444444444444", member, 1).Replace("damaged", "mood", StringComparison.Ordinal)))));
        await ReadProblem(await karim.PostAsync("/v1/gestures", Json(Of("55555555-5555-4555-8555-555555555555", member, 1))), HttpStatusCode.NotFound, "unknown-agent");
        using var nobody = edge.With(edge.Token(Role.Moderator, person: null));
        await ReadProblem(await nobody.PostAsync("/v1/gestures", Json(small)), HttpStatusCode.Forbidden, "forbidden");

        var audit = (await Read(await edge.Admin.GetAsync("/v1/agents/sofie/audit?limit=200"), HttpStatusCode.OK))["lines"]!.AsArray();
        Assert.Equal(["agent.arrived", "agent.decided", "agent.given", "agent.arrived", "agent.given", "agent.set"], audit.Select(line => (string)line!["type"]!));
        Assert.Equal("karim", (string)audit[1]!["by"]!);
        var entry = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.Equal(("gesture.taken", 500L, "Geste commercial\u00A0: 500\u00A0points, motif «\u00A0damaged\u00A0»."), ((string)entry["type"]!, (long)entry["points"]!, (string)entry["reward"]!["text"]!["fr"]!));
    }

    [Fact]
    public async Task A_reward_is_given_by_hand_within_the_quota_by_what_it_costs_and_one_that_is_not_for_sale_takes_four_eyes()
    {
        await edge.Publish(RedeemHost.Mug(points: 200, stock: 1, perMember: null), RedeemHost.Reward("sorry", new Gamification.Rewards.PercentReward { Percent = 50 }, 0));
        var (member, client) = await edge.Member(edge.Card(), 10);
        using var lena = edge.With(edge.Token(Role.Moderator, person: "lena"));
        using var karim = edge.With(edge.Token(Role.Moderator, person: "karim"));
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.PutAsync("/v1/agents/lena", Json("""{ "quota": 500, "aloneMax": 200, "reasons": ["damaged"] }"""))).StatusCode);

        const string Mug = "a1111111-1111-4111-8111-111111111111";
        for (var click = 0; click < 2; click++)
            Assert.Equal("granted", (string)(await Read(await lena.PostAsync("/v1/gestures", Json(Given(Mug, member, "mug"))), HttpStatusCode.OK))["state"]!);
        var mug = Assert.Single((await Read(await client.GetAsync("/v1/members/me/redemptions"), HttpStatusCode.OK))["redemptions"]!.AsArray())!;
        Assert.Equal(("mug", "ready", 10L), ((string)mug["reward"]!, (string)mug["state"]!, await Balance(client)));
        var lines = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray().Select(entry => (string?)entry!["reward"]?["text"]?["en"]).ToArray();
        Assert.Contains("Given: Mug, reason “damaged”.", lines);

        // None is left: the account cannot take it, and the quota is free again.
        Assert.Equal("declined", (string)(await Read(await lena.PostAsync("/v1/gestures", Json(Given("a2222222-2222-4222-8222-222222222222", member, "mug"))), HttpStatusCode.OK))["state"]!);
        const string Sorry = "a3333333-3333-4333-8333-333333333333";
        Assert.Equal("waiting", (string)(await Read(await lena.PostAsync("/v1/gestures", Json(Given(Sorry, member, "sorry"))), HttpStatusCode.OK))["state"]!);
        Assert.Equal("sorry", (string)(await Read(await karim.GetAsync("/v1/agents/lena/gestures"), HttpStatusCode.OK))["gestures"]![0]!["reward"]!);
        Assert.Equal("granted", (string)(await Read(await karim.PostAsync($"/v1/agents/lena/gestures/{Sorry}/decision", Json("""{ "approved": true }""")), HttpStatusCode.OK))["state"]!);
        Assert.Equal(2, (await Read(await client.GetAsync("/v1/members/me/redemptions"), HttpStatusCode.OK))["redemptions"]!.AsArray().Count);

        Assert.Equal("reward-unknown", await Refused(await lena.PostAsync("/v1/gestures", Json(Given("a4444444-4444-4444-8444-444444444444", member, "none")))));
        var both = Given("a5555555-5555-4555-8555-555555555555", member, "mug").Replace("\"reward\"", "\"points\": 5, \"reward\"", StringComparison.Ordinal);
        var problem = await ReadProblem(await lena.PostAsync("/v1/gestures", Json(both)), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Equal(("/points", "points-or-reward"), ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!));
    }

    [Fact]
    public async Task Debt_is_forgiven_once_within_the_quota_and_a_large_one_by_four_eyes()
    {
        var card = edge.Card();
        await edge.Publish(RedeemHost.Reward("kettle", new Gamification.Rewards.ProductReward { Sku = "K-1" }, 1000));
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(900, card, number))), HttpStatusCode.Created);
        var (member, client) = await edge.Member(card, 100);
        await edge.Redeem(client, "r", "kettle", ", \"keep\": true");
        var sale = $$"""{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}"}""";
        var back = edge.Sale(-900, card, null, $"\"original\":{sale},").Replace("\"sale\"", "\"return\"", StringComparison.Ordinal);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(back)), HttpStatusCode.Created);
        Assert.Equal(100, await Owed(client));

        using var nora = edge.With(edge.Token(Role.Moderator, person: "nora"));
        using var karim = edge.With(edge.Token(Role.Moderator, person: "karim"));
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.PutAsync("/v1/agents/nora", Json("""{ "quota": 90, "aloneMax": 40, "reasons": ["damaged"] }"""))).StatusCode);
        for (var click = 0; click < 2; click++)
            Assert.Equal("granted", (string)(await Read(await nora.PostAsync("/v1/gestures", Json(Forgiven("b1111111-1111-4111-8111-111111111111", member, 30))), HttpStatusCode.OK))["state"]!);
        Assert.Equal((70, 0), (await Owed(client), await Balance(client)));
        var line = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.Equal(("Schuld kwijtgescholden: 30 punten, reden ‘damaged’.", 0L), ((string)line["reward"]!["text"]!["nl"]!, (long)line["points"]!));
        Assert.Equal(("debt-forgiven", "damaged"), ((string)line["postings"]![0]!["kind"]!, (string)line["postings"]![0]!["reason"]!));

        const string Large = "b2222222-2222-4222-8222-222222222222";
        Assert.Equal("waiting", (string)(await Read(await nora.PostAsync("/v1/gestures", Json(Forgiven(Large, member, 60))), HttpStatusCode.OK))["state"]!);
        Assert.True((bool)(await Read(await karim.GetAsync("/v1/agents/nora/gestures"), HttpStatusCode.OK))["gestures"]![0]!["forgives"]!);
        Assert.Equal("granted", (string)(await Read(await karim.PostAsync($"/v1/agents/nora/gestures/{Large}/decision", Json("""{ "approved": true }""")), HttpStatusCode.OK))["state"]!);
        Assert.Equal(10, await Owed(client));
        Assert.Equal("quota-used", await Refused(await nora.PostAsync("/v1/gestures", Json(Forgiven("b3333333-3333-4333-8333-333333333333", member, 1)))));

        // More than is owed by now: the account does not take it, and the quota is free again.
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.PutAsync("/v1/agents/nora", Json("""{ "quota": 105, "aloneMax": 40, "reasons": ["damaged"] }"""))).StatusCode);
        Assert.Equal("declined", (string)(await Read(await nora.PostAsync("/v1/gestures", Json(Forgiven("b4444444-4444-4444-8444-444444444444", member, 11))), HttpStatusCode.OK))["state"]!);
        Assert.Equal("granted", (string)(await Read(await nora.PostAsync("/v1/gestures", Json(Forgiven("b5555555-5555-4555-8555-555555555555", member, 10))), HttpStatusCode.OK))["state"]!);
        Assert.Equal(0, await Owed(client));
    }

    [Fact]
    public async Task A_token_for_an_agent_is_minted_with_a_name_and_a_member_has_none()
    {
        var minted = await Read(await edge.Admin.PostAsync("/v1/tokens", Json("""{ "role": "moderator", "person": "marie.claire" }""")), HttpStatusCode.Created);
        Assert.Equal("marie.claire", (await edge.Service<Gamification.Api.Access>().Authenticate((string)minted["token"]!))!.Person);
        var (member, _) = await edge.Member(edge.Card(), 10);
        var problem = await ReadProblem(await edge.Admin.PostAsync("/v1/tokens", Json($$"""{ "member": "{{member}}", "person": "x" }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Equal("/person", (string)problem["errors"]![0]!["field"]!);
    }

    private static string Of(string id, string member, int points) => $$"""{ "id": "{{id}}", "member": "{{member}}", "points": {{points}}, "reason": "damaged" }""";

    private static string Forgiven(string id, string member, int points) => $$"""{ "id": "{{id}}", "member": "{{member}}", "forgive": {{points}}, "reason": "damaged" }""";

    private static async Task<long> Owed(HttpClient client) => (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["purses"]![0]!["owed"]!;

    private static string Given(string id, string member, string reward) => $$"""{ "id": "{{id}}", "member": "{{member}}", "reward": "{{reward}}", "reason": "damaged" }""";

    private static async Task<string> Refused(HttpResponseMessage response) =>
        (string)(await ReadProblem(response, HttpStatusCode.UnprocessableEntity, "refused-gesture"))["errors"]![0]!["code"]!;
}
