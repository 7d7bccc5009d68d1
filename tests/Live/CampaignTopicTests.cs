using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Live;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Microsoft.Extensions.DependencyInjection;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Live;

/// <summary>A budget of a hundred points that alerts at eighty.</summary>
public sealed class CampaignEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Times("double", 2) with { Campaign = "boost" }) with { Campaigns = [new() { Id = "boost", Budget = 100 }] },
    };

    protected override void Replace(IServiceCollection services) => services.AddMetrics().AddSingleton<CampaignMetrics>();
}

public sealed class CampaignTopicTests
{
    [Fact]
    public async Task A_marketer_is_told_when_a_budget_reaches_its_alert_and_nobody_else_follows_budgets()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect("marketer");
        await client.Subscribe("campaigns");
        await client.Next("snapshot");
        Assert.Equal(("boost", 10, 100, null), Told(client.Raw[^1]));

        var at = server.Clock.GetUtcNow();
        server.Grains.Campaign.Now = server.Grains.Campaign.Now with { Committed = new(80, 0), AlertedAt = at };
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.Next("snapshot");
        Assert.Equal(("boost", 80, 100, at), Told(client.Raw[^1]));

        foreach (var token in (string[])["staff", "member-1", "screen"])
        {
            var other = await server.Connect(token);
            await other.Subscribe("campaigns");
            Assert.Equal("unauthorised", (await other.Next("refused")).Reason);
        }

        static (string, int, int, DateTimeOffset?) Told(string message)
        {
            var one = JsonNode.Parse(message)!["content"]!["campaigns"]!.AsArray().Single()!;
            return ((string)one["id"]!, (int)one["budget"]!["committed"]!, (int)one["budget"]!["limit"]!, (DateTimeOffset?)one["alertedAt"]);
        }
    }

    [Fact]
    public async Task An_alert_is_counted_once_for_operators()
    {
        await using var edge = new CampaignEdge();
        await edge.InitializeAsync();
        var alerts = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CampaignMetrics.MeterName && instrument.Meter.Scope == edge.Service<IMeterFactory>()) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => alerts.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();
        for (var sale = 0; sale < 12; sale++) await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "saver"))), HttpStatusCode.Created);
        Assert.Equal(["campaigns.alerts 1 programme=test campaign=boost"], alerts);
    }
}

/// <summary>One campaign, which says what a test tells it to.</summary>
internal sealed class FakeCampaign : ICampaignGrain
{
    public CampaignView Now { get; set; } = new() { Spent = new(10, 0), Committed = new(10, 0), Leases = 1 };

    public Task<CampaignView> View() => Task.FromResult(Now);

    public Task Set(CampaignTerms terms, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<LeaseOutcome> Draw(CampaignDraw draw) => throw new NotSupportedException();

    public Task End(Guid lease, DateTimeOffset at) => throw new NotSupportedException();
}
