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

    public async Task<System.Text.Json.Nodes.JsonNode> Told(string campaign) =>
        (await Read(await With(Token(Gamification.Api.Role.Marketer)).GetAsync("/v1/campaigns"), HttpStatusCode.OK))["campaigns"]!.AsArray().Single(one => (string)one!["id"]! == campaign)!;

    private static Name Named(string id) => new() { Kind = NamedKind.Campaign, Id = id, Fr = id, Nl = id, En = id };
}

/// <summary>Exact under real concurrency, and told to marketers. Alone on its engine: any other sale would be among the first 500.</summary>
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
        var campaign = await edge.Told("first-500");
        Assert.Equal((500, 500), ((int)campaign["quota"]!["limit"]!, (int)campaign["quota"]!["committed"]!));
        Assert.NotNull(campaign["alertedAt"]);
    }
}
