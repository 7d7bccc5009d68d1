using System.Net;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Rewards;

/// <summary>A programme with campaigns, before the real engine on real threads.</summary>
public sealed class CampaignEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Rule("early", new Bonus { Points = 7 }) with { Campaign = "first-500" },
            Books.Rule("spring", new Bonus { Points = 10 }) with { Campaign = "spring", When = new StoreIs(["GNT"]) },
            Books.Rule("thanks", new FixedPoints { Points = 10 }) with { On = [EarningEvent.Post], Campaign = "spring" }) with
        {
            Names = [Named("first-500"), Named("spring")],
            Campaigns = [new() { Id = "first-500", Quota = 500 }, new() { Id = "spring", Budget = 100, AtBudget = AtBudget.Degrade, DegradeTo = 50 }],
        },
    };

    private static Name Named(string id) => new() { Kind = NamedKind.Campaign, Id = id, Fr = id, Nl = id, En = id };
}

/// <summary>Exact under real concurrency, and told to marketers.</summary>
public sealed class CampaignStormTests(CampaignEdge edge, ITestOutputHelper output) : IClassFixture<CampaignEdge>
{
    [Fact]
    public async Task Ten_thousand_at_once_for_the_first_500_make_exactly_500()
    {
        var grains = edge.Service<IGrainFactory>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(number => Task.Run(async () =>
        {
            var member = new MemberId(new Guid(number % 4_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9));
            var receipt = Receipts.Sale($"storm {number}", 1m);
            return await grains.GetGrain<IMemberGrain>($"{edge.Programme.Id}/{member}").Post(receipt, edge.Clock.GetUtcNow(), held: false);
        })));
        var points = outcomes.Select(outcome => Assert.IsType<ReceiptOutcome.Recorded>(outcome).Record.Points).ToArray();
        output.WriteLine($"{points.Count(earned => earned == 8)} of {points.Length} got the bonus");
        Assert.Equal(500, points.Count(earned => earned == 8));
        Assert.Equal(9_500, points.Count(earned => earned == 1));
        var campaign = await Told("first-500");
        Assert.Equal((500, 500), ((int)campaign["quota"]!["limit"]!, (int)campaign["quota"]!["committed"]!));
        Assert.NotNull(campaign["alertedAt"]);
    }

    [Fact]
    public async Task A_budget_degrades_from_the_alert_on_is_spent_to_the_last_point_and_takes_back_what_returns_bring()
    {
        var service = edge.With((string)(await Read(await edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "name": "c" }""")), HttpStatusCode.Created))["key"]!);
        var (member, _) = await edge.Member("c-1");
        var grains = edge.Service<IGrainFactory>();
        var buyer = grains.GetGrain<IMemberGrain>($"{edge.Programme.Id}/{new MemberId(new Guid(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 9))}");
        var sale = Receipts.Sale("campaign 1", 1m).In("GNT");
        var bought = Assert.IsType<ReceiptOutcome.Recorded>(await buyer.Post(sale, edge.Clock.GetUtcNow(), held: false)).Record.Points;

        var posts = new List<int>();
        do posts.Add(await Report()); while (posts[^1] > 0);
        Assert.Contains(5, posts);
        Assert.Equal(100, posts.Sum() + 10);
        var told = await Told("spring");
        Assert.Equal((100, 100, "degrade"), ((int)told["budget"]!["limit"]!, (int)told["budget"]!["committed"]!, (string)told["atBudget"]!));
        Assert.NotNull(told["alertedAt"]);

        // What the goods had brought of the budget is there again, once.
        var returned = Receipts.Void("campaign 2", sale.Key).In("GNT");
        for (var again = 0; again < 2; again++) await buyer.Post(returned, edge.Clock.GetUtcNow(), held: false);
        Assert.Equal(90, (int)(await Told("spring"))["budget"]!["committed"]!);
        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        posts.Clear();
        do posts.Add(await Report()); while (posts[^1] > 0);
        Assert.Equal(10, posts.Sum());
        Assert.True(bought >= 11);

        async Task<int> Report() => (int)(await Read(await service.PostAsync("/v1/events", Json(
            $$"""{ "specversion": "1.0", "source": "//c", "id": "{{edge.Number()}}", "type": "post", "data": { "member": "{{member}}" } }""")), HttpStatusCode.Created))["points"]!;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> Told(string campaign) =>
        (await Read(await edge.With(edge.Token(Gamification.Api.Role.Marketer)).GetAsync("/v1/campaigns"), HttpStatusCode.OK))["campaigns"]!.AsArray().Single(one => (string)one!["id"]! == campaign)!;
}
