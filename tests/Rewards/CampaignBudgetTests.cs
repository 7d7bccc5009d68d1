using System.Net;
using Gamification.Members;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Rewards;

/// <summary>A campaign with a budget, seen by who reports events and by the marketer.</summary>
public sealed class CampaignBudgetTests(CampaignEdge edge) : IClassFixture<CampaignEdge>
{
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
        var told = await edge.Told("spring");
        Assert.Equal((100, 100, "degrade"), ((int)told["budget"]!["limit"]!, (int)told["budget"]!["committed"]!, (string)told["atBudget"]!));
        Assert.NotNull(told["alertedAt"]);

        // What the goods had brought of the budget is there again, once.
        var returned = Receipts.Void("campaign 2", sale.Key).In("GNT");
        for (var again = 0; again < 2; again++) await buyer.Post(returned, edge.Clock.GetUtcNow(), held: false);
        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        posts.Clear();
        do posts.Add(await Report()); while (posts[^1] > 0);
        Assert.Equal(10, posts.Sum());
        Assert.True(bought >= 11);

        async Task<int> Report() => (int)(await Read(await service.PostAsync("/v1/events", Json(
            $$"""{ "specversion": "1.0", "source": "//c", "id": "{{edge.Number()}}", "type": "post", "data": { "member": "{{member}}" } }""")), HttpStatusCode.Created))["points"]!;
    }
}
