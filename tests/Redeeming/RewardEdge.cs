using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Tests.Api;

namespace Gamification.Tests.Redeeming;

/// <summary>The edge before a programme with a ledger, a catalogue of every sort and a member with 500 points for whoever asks.</summary>
public sealed class RewardEdge : EdgeUnderTest
{
    private int _cards;

    internal override ProgrammeSettings Programme => RedeemHost.WithLedger();

    internal IGrainFactory Grains => Service<IGrainFactory>();

    internal Task Publish(params CatalogueReward[] rewards) =>
        Grains.GetGrain<IRewardCatalogueGrain>(Programme.Id).Publish(new() { Rewards = [.. rewards] }, "marie", Clock.GetUtcNow());

    public string Card() => $"card-{Interlocked.Increment(ref _cards)}";

    public async Task<JsonObject> Redeem(HttpClient client, string id, string reward, string more = "", HttpStatusCode expected = HttpStatusCode.Created) =>
        await Read(await client.PostAsync("/v1/members/me/redemptions", Json($$"""{ "id": "{{id}}", "reward": "{{reward}}"{{more}} }""")), expected);

    public async Task<JsonObject> RefusedRedeem(HttpClient client, string id, string reward, string code, string more = "")
    {
        var problem = await ReadProblem(await client.PostAsync("/v1/members/me/redemptions", Json($$"""{ "id": "{{id}}", "reward": "{{reward}}"{{more}} }""")), HttpStatusCode.UnprocessableEntity, "refused-redemption");
        Assert.Equal(code, (string)problem["errors"]![0]!["code"]!);
        return problem;
    }

    public static async Task<long> Balance(HttpClient client) => (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!;

    public static async Task<JsonObject> Step(HttpClient client, JsonNode redemption, string step, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Read(await client.PostAsync($"/v1/members/me/redemptions/{redemption["id"]}/{step}", Json("{}")), expected);

    public Task<HttpResponseMessage> AtTill(string step, JsonNode redemption, string use = "t-1") => AtTill(step, (string)redemption["voucher"]!, use);

    public Task<HttpResponseMessage> AtTill(string step, string voucher, string use = "t-1") =>
        Till.PostAsync($"/v1/vouchers/{step}", Json(step == "check" ? $$"""{ "voucher": "{{voucher}}" }""" : $$"""{ "voucher": "{{voucher}}", "use": "{{use}}" }"""));

    public static async Task AssertRefused(HttpResponseMessage response, string code)
    {
        var problem = await ReadProblem(response, HttpStatusCode.UnprocessableEntity, "refused-voucher");
        Assert.Equal(code, (string)problem["errors"]![0]!["code"]!);
    }
}
