using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Rules.Recognition;
using Gamification.Silo.Engine;
using Gamification.Tests.Conventions;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A replay of a programme with tiers that a calendar year takes.</summary>
public sealed class ReplayTierEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Rules.Receipts.Programme() with
    {
        Clock = BusinessClockKind.Replay,
        Earning = Books.Document(Books.Base),
        Recognition = RecognitionDocument.Read(File.ReadAllBytes(Path.Combine(SourceTree.Root, "tests/Rules/Recognition/recognition.json"))).Rules! with { Badges = [], Streaks = [], Cards = [] },
    };
}

public sealed class TierWakingTests(ReplayTierEdge edge) : IClassFixture<ReplayTierEdge>
{
    private const string Silver = "tier:silver/all/points";

    /// <summary>Nobody is woken in a replay, so that without this the board would keep whoever never comes again.</summary>
    [Fact]
    public async Task In_a_replay_too_whoever_lost_a_tier_by_time_alone_leaves_its_board()
    {
        var waking = new TierWaking(edge.Service<ProgrammeCatalog>(), edge.Service<BusinessClock>(), edge.Service<ICircles>(), edge.Service<BoardFeed>(), edge.Service<IGrainFactory>(), edge.Clock);
        Assert.Equal(0, await waking.Look(default));
        var anna = (string)(await Buy("t-anna", 250, edge.Clock.GetUtcNow()))["member"]!;
        await Becomes(anna);

        // The year in which it was earned, the one that it is held for, and its grace.
        for (var month = 0; month < 16; month++)
        {
            edge.Clock.Advance(TimeSpan.FromDays(28));
            await Buy("t-ben", 1, edge.Clock.GetUtcNow());
        }

        Assert.Equal(anna, await Rows());
        Assert.Equal(1, await waking.Look(default));
        Assert.Equal(0, await waking.Look(default));
        await Becomes("");
    }

    private int _receipts;

    /// <summary>The board looks every few seconds who came and went.</summary>
    private Task Becomes(string rows) => Eventually.Holds(async () =>
    {
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
        return await Rows() == rows;
    });

    private async Task<JsonObject> Buy(string card, int euros, DateTimeOffset at) => await Read(await edge.Till.PostAsync("/v1/receipts", Json(string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"sale","store":"BRU","till":"3","businessDate":"{{at:yyyy-MM-dd}}","number":"W{{++_receipts}}","card":"{{card}}","occurredAt":"{{at:O}}","currency":"EUR","total":{{euros}},"lines":[{"sku":"A","quantity":1,"unitPrice":{{euros}},"amount":{{euros}}}]}"""))), HttpStatusCode.Created);

    private async Task<string> Rows() => string.Join(", ", (await Read(await edge.Till.GetAsync($"/v1/boards/{Silver}"), HttpStatusCode.OK))["rows"]!.AsArray().Select(row => (string)row!["id"]!));
}
