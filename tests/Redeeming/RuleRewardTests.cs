using System.Net;
using System.Text.Json.Nodes;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Redeeming;

/// <summary>A programme without a recognition document, whose rules give a mug for fifty euros and another for a post.</summary>
public sealed class RuleRewardEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Rule("big", new RewardGrant { Reward = "mug" }) with { When = new SpendIs(AtLeast: 5000) },
            Books.Rule("writer", new RewardGrant { Reward = "mug" }) with { On = [EarningEvent.Post] }) with
        {
            Names = [new() { Kind = NamedKind.Reward, Id = "mug", Fr = "Une tasse", Nl = "Een mok", En = "A mug" }],
        },
    };
}

/// <summary>Rewards that earning rules give (issue: the effect <c>reward</c>): once for what brought them, gone with it unless used.</summary>
public sealed class RuleRewardTests(RuleRewardEdge edge) : IClassFixture<RuleRewardEdge>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await edge.Service<IGrainFactory>().GetGrain<IRewardCatalogueGrain>(edge.Programme.Id)
        .Publish(new() { Rewards = [RedeemHost.Mug(points: 100, stock: 1_000, perMember: null)] }, "marie", edge.Clock.GetUtcNow());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_sale_brings_a_reward_once_and_a_full_return_takes_it_back()
    {
        var (_, client) = await edge.Member("g-1", 10);
        Assert.Empty(await Open(client));
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(60, "g-1", number))), HttpStatusCode.Created);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(60, "g-1", number))), HttpStatusCode.OK);
        var mug = Assert.Single(await Open(client));
        Assert.Equal(("mug", "ready", 0), ((string)mug!["reward"]!, (string)mug["state"]!, (int)mug["points"]!));
        var entries = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray();
        Assert.Contains("Voor u: ‘Een mok’.", entries.SelectMany(entry => entry!["recognised"]!.AsArray()).Select(sentence => (string)sentence!["nl"]!));
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(Void("g-1", number, 60))), HttpStatusCode.Created);
        Assert.Empty(await Open(client));
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(60, "g-1"))), HttpStatusCode.Created);
        Assert.NotEqual((string)mug["id"]!, (string)Assert.Single(await Open(client))!["id"]!);
    }

    [Fact]
    public async Task What_was_used_stays_used_though_the_sale_comes_back()
    {
        var (_, client) = await edge.Member("g-2", 10);
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(60, "g-2", number))), HttpStatusCode.Created);
        var mug = await Read(await client.GetAsync($"/v1/members/me/redemptions/{Assert.Single(await Open(client))!["id"]}"), HttpStatusCode.OK);
        await Read(await edge.Till.PostAsync("/v1/vouchers/use", Json($$"""{ "voucher": "{{mug["voucher"]}}", "use": "t-1" }""")), HttpStatusCode.OK);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(Void("g-2", number, 60))), HttpStatusCode.Created);
        Assert.Equal("used", (string)(await Read(await client.GetAsync($"/v1/members/me/redemptions/{mug["id"]}"), HttpStatusCode.OK))["state"]!);
        Assert.Empty(await Open(client));
    }

    /// <summary>By the rules alone, through durable bytes: whatever is sold, returned in parts, removed and restored, each standing cause has its one gift.</summary>
    [Fact]
    public void Each_standing_cause_has_one_gift_whatever_came_back_in_between() => Drawn.EachSeed((seed, random) =>
    {
        var account = Events.Account(edge.Programme);
        Dictionary<string, (Receipt Sale, int Left)> sales = [];
        Dictionary<string, (bool Stands, int Minute)> posts = [];
        for (var step = 0; step < 12; step++)
        {
            switch (random.Next(4))
            {
                case 0:
                    var pieces = random.Next(1, 5);
                    var sale = Receipts.Sale($"{step}", Receipts.Line("A", pieces, 25m));
                    account.Post(sale);
                    sales[$"{step}"] = (sale, pieces);
                    break;
                case 1 when sales.Count > 0:
                    var (key, (sold, left)) = sales.ElementAt(random.Next(sales.Count));
                    var back = random.Next(2) == 0 ? left : Math.Min(left, 1);
                    if (back == 0) break;
                    account.Post(Receipts.Return($"r{step}", sold.Key, Receipts.Line("A", -back, 25m)));
                    sales[key] = (sold, left - back);
                    break;
                case 2:
                    foreach (var entry in Gamification.Rules.Activities.ActivityRulings.Decide(account.State, new(Events.Of(EarningEvent.Post, $"{step}"), default, null), Context()).Entries) account.Apply(entry);
                    posts[$"{step}"] = (true, 0);
                    break;
                default:
                    if (posts.Count == 0) break;
                    var (post, (stands, minute)) = posts.ElementAt(random.Next(posts.Count));
                    var word = stands ? Events.Removal(post, minute + 1) : Events.Restoration(post, minute + 1);
                    account.Apply(Gamification.Rules.Activities.Revisions.Decide(account.State, word, Context()));
                    posts[post] = (!stands, minute + 1);
                    break;
            }

            var expected = sales.Count(one => one.Value.Left >= 2) + posts.Count(one => one.Value.Stands);
            var owed = account.State.Wallet?.Owed.Select(one => one.Cause).ToArray() ?? [];
            Assert.True(owed.Length == expected && owed.Distinct().Count() == expected, $"seed {seed}, step {step}: {expected} expected, {string.Join(' ', owed)}");
        }

        AccountContext Context() => Receipts.Context(edge.Programme, account.History, AccountKind.Member, account.Scheme, account.At);
    });

    private static async Task<JsonArray> Open(HttpClient client) => (await Read(await client.GetAsync("/v1/members/me/redemptions"), HttpStatusCode.OK))["redemptions"]!.AsArray();

    private string Void(string card, string number, int euros) => edge.Sale(
        -euros, card, null, $$"""
        "original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}"},
        """).Replace("\"sale\"", "\"void\"", StringComparison.Ordinal);
}
