using System.Net;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Rewards;

/// <summary>The first fifty are founding members, and the first twenty have a bonus for joining.</summary>
public sealed class FounderEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Events.Weight("welcome", 5, EarningEvent.Enrolment), Events.Weight("early", 7, EarningEvent.Enrolment) with { Campaign = "early" }) with
        {
            Names = [Named("founders"), Named("early")],
            Campaigns = [new() { Id = "founders", Quota = 50 }, new() { Id = "early", Quota = 20 }],
        },
        Recognition = new()
        {
            Badges = [new() { Id = "founder", Version = 1, Name = Drawn.Named("founder"), For = new Founder(Campaign: "founders"), Levels = [new() { At = 1, Gift = Drawn.Points(100) }] }],
        },
    };

    private static Name Named(string id) => new() { Kind = NamedKind.Campaign, Id = id, Fr = id, Nl = id, En = id };
}

/// <summary>"The first so many" of those who enrol (spec A6, D3), exact under real concurrency.</summary>
public sealed class FounderStormTests(FounderEdge edge) : IClassFixture<FounderEdge>
{
    [Fact]
    public async Task A_thousand_who_join_at_once_make_exactly_fifty_founders_and_twenty_bonuses()
    {
        var grains = edge.Service<IGrainFactory>();
        var members = Enumerable.Range(1, 1_000).Select(number => new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8))).ToArray();
        var views = await Task.WhenAll(members.Select(member => Task.Run(() => grains.GetGrain<IMemberGrain>($"{edge.Programme.Id}/{member}").Enrol(edge.Clock.GetUtcNow()))));
        Assert.Equal(50, views.Count(view => view.Recognition!.Badges.Single(badge => badge.Id == "founder").Level == 1));
        Assert.Equal((50 * 100) + (20 * 7) + (1_000 * 5), views.Sum(view => view.Balance));
        Assert.All(views, view => Assert.Contains(view.Balance, new long[] { 5, 12, 105, 112 }));

        // Joining again is one joining, and what was granted is told to marketers.
        var again = await Task.WhenAll(members.Select(member => Task.Run(() => grains.GetGrain<IMemberGrain>($"{edge.Programme.Id}/{member}").Enrol(edge.Clock.GetUtcNow()))));
        Assert.Equal(views.Select(view => (view.Version, view.Balance)), again.Select(view => (view.Version, view.Balance)));
        var told = (await Read(await edge.With(edge.Token(Gamification.Api.Role.Marketer)).GetAsync("/v1/campaigns"), HttpStatusCode.OK))["campaigns"]!.AsArray();
        Assert.Equal([50, 20], told.Select(campaign => (int)campaign!["quota"]!["committed"]!));
        var check = await LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken);
        Assert.Empty(check.Findings);
    }
}
