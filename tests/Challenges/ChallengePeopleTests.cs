using System.Net;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Tests.Api;
using Gamification.Tests.Redeeming;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Challenges;

/// <summary>Who is hidden, who is erased, and who wins something of the catalogue.</summary>
public sealed class ChallengePeopleTests(ChallengeEdge edge) : IClassFixture<ChallengeEdge>
{
    private static readonly DateTimeOffset Inside = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task The_hidden_win_without_a_rank_the_erased_win_nothing_and_a_reward_is_given()
    {
        await edge.At(Inside.AddDays(-1));
        await edge.Grains.GetGrain<IRewardCatalogueGrain>(edge.Programme.Id).Publish(new() { Rewards = [RedeemHost.Mug(stock: 10)] }, "marie", edge.Clock.GetUtcNow());
        await edge.Save("people", """
            "goal": { "kind": "count", "target": 1, "of": { "on": ["sale"] } }, "beyond": true,
            "prizes": { "completion": { "points": 5, "reward": "mug" }, "ranks": [ { "through": 1, "gift": { "points": 100 } } ] },
            "names": [ { "kind": "reward", "id": "mug", "fr": "Tasse", "nl": "Mok", "en": "Mug" } ]
            """);
        await edge.Command("people", """{ "command": "schedule" }""");
        await edge.At(Inside);
        var (_, shown) = await edge.Member("shown");
        var (_, hidden) = await edge.Member("hidden");
        await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5, "hidden")));
        var (erasedId, _) = await edge.Member("erased");
        var erased = (await edge.Vault.FindPublicId(edge.Programme.Id, erasedId, default))!.Member;
        await Read(await hidden.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        edge.Vault.Erase(edge.Programme.Id, erased);

        await edge.At(Inside.AddDays(20));
        var view = await edge.Get(edge.Till, "/v1/challenges/people");
        Assert.Equal(("settled", 3), ((string)view["phase"]!, (int)view["prizesReceived"]!));
        var standings = Lines(await edge.Till.GetStringAsync("/v1/challenges/people/settlement/standings"));
        Assert.Equal(3, standings.Length);
        var first = standings.Single(line => line[7] == "h");
        Assert.Equal(("1", "0", "2"), (first[0], first[1], first[4]));
        Assert.Equal(["1", "1"], standings.Where(line => line[7] == "v").Select(line => line[1]));

        // The slot of who was erased stays, and names nobody.
        var slot = new SlotHash(new ChallengeRunId(edge.Programme.Id, "people", 1)).Of(erased.Value).ToString("N");
        Assert.Contains(standings, line => line[2] == slot);
        Assert.Contains(Lines(await edge.Till.GetStringAsync("/v1/challenges/people/settlement/prizes")), line => line[1] == slot);
        Assert.Empty((await edge.Journal.Load(Gamification.ActorId.Member(edge.Programme.Id, erased), default)).Tail.Where(entry => entry.Type == "prize.received"));
        Assert.Equal(10 + 5 + 5, await Balance(hidden));
        Assert.Equal(10 + 5 + 100, await Balance(shown));
        foreach (var client in (HttpClient[])[shown, hidden])
            Assert.Equal("mug", (string)Assert.Single((await edge.Get(client, "/v1/members/me/redemptions"))["redemptions"]!.AsArray())!["reward"]!);
    }

    private static string[][] Lines(string text) => [.. text.Split('\n')[..^1].Select(line => line.Split(' '))];

    private async Task<long> Balance(HttpClient client) => (long)(await edge.Get(client, "/v1/members/me"))["balance"]!;
}
