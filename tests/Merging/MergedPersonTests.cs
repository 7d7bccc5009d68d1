using System.Net;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Rewards;
using Gamification.Tests.Api;
using Gamification.Tests.Redeeming;
using Gamification.Tests.Sandboxes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Merging;

/// <summary>What belongs to the person rather than to the ledger: the birthday, limits to each member, challenges that were joined, prizes won under the other name.</summary>
public sealed class MergedPersonTests
{
    [Fact]
    public async Task A_birthday_is_celebrated_once_by_whoever_the_two_have_become()
    {
        await using var edge = new BirthdayEdge();
        await edge.InitializeAsync();
        await edge.Move("2026-11-21T09:00:00+01:00");
        var (from, ours) = await edge.Member("p-1");
        var (into, theirs) = await edge.Member("p-2");
        await Read(await ours.PutAsync("/v1/members/me/birth-date", Json("""{ "birthDate": "2000-12-01" }""")), HttpStatusCode.OK);
        await Merge(edge, into, from);
        Assert.Equal("2000-12-01", await BirthDate(theirs));
        await edge.Move("2026-12-01T12:00:00+01:00");
        Assert.Equal(20 + 50, await Balance(theirs));

        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/m-1/undo", null), HttpStatusCode.Created);
        Assert.Equal(("2000-12-01", null), (await BirthDate(ours), await BirthDate(theirs)));
        await edge.Move("2026-12-20T12:00:00+01:00");
        await Merge(edge, into, from, "m-2");
        await Read(await theirs.DeleteAsync("/v1/members/me/birth-date"), HttpStatusCode.OK);
        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/m-2/undo", null), HttpStatusCode.Created);
        Assert.Equal((null, null), (await BirthDate(ours), await BirthDate(theirs)));
    }

    [Fact]
    public async Task A_limit_to_each_member_counts_what_either_has_had_and_each_its_own_again_when_it_is_undone()
    {
        await using var edge = new RewardEdge();
        await edge.InitializeAsync();
        await edge.Publish(RedeemHost.Mug(points: 10, stock: 100, perMember: 1));
        var (from, ours) = await edge.Member(edge.Card(), 500);
        var (into, theirs) = await edge.Member(edge.Card(), 500);
        await edge.Redeem(ours, "a", "mug", ", \"keep\": true");
        await Merge(edge, into, from);
        await edge.RefusedRedeem(theirs, "b", "mug", "member-limit");
        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/m-1/undo", null), HttpStatusCode.Created);
        await edge.Redeem(theirs, "c", "mug");
        await edge.RefusedRedeem(ours, "d", "mug", "member-limit");
    }

    [Fact]
    public async Task Who_joined_a_challenge_or_won_a_prize_under_the_other_name_has_it_under_the_one_that_was_kept()
    {
        await using var edge = new RewardEdge();
        await edge.InitializeAsync();
        var (from, ours) = await edge.Member("p-5", 10);
        var (into, theirs) = await edge.Member("p-6", 10);
        var (one, other) = (await Account<IContestant>(edge, from), await Account<IContestant>(edge, into));
        await one.Take(new("both", Joined: true, Team: "red"), edge.Clock.GetUtcNow());
        await one.Take(new("theirs", Joined: true), edge.Clock.GetUtcNow());
        await other.Take(new("both", Joined: true, Team: "blue"), edge.Clock.GetUtcNow());
        var winner = (await edge.Vault.FindPublicId(edge.Programme.Id, from, default))!.Member;
        var before = new Prize(new(new(edge.Programme.Id, "old", 1), winner, "rank-1"), new() { Points = 100 }, "hash");
        var later = new Prize(new(new(edge.Programme.Id, "both", 1), winner, "rank-1"), new() { Points = 1_000 }, "hash");
        await (await Account<IPrizeReceiver>(edge, from)).Receive(before);

        await Merge(edge, into, from);
        Assert.Equal([new("both", true, "blue"), new("theirs", true)], await one.Takes());
        Assert.Equal(PrizeOutcome.Received, await (await Account<IPrizeReceiver>(edge, from)).Receive(later));
        Assert.Equal(PrizeOutcome.Known, await (await Account<IPrizeReceiver>(edge, from)).Receive(before));
        Assert.Equal(1_120, await Balance(theirs));
        Assert.Equal(PrizeOutcome.Received, await (await Account<IPrizeReceiver>(edge, from)).TakeBack(before.Id, "fraud"));
        Assert.Equal(1_020, await Balance(theirs));
        await one.Take(new("new", Joined: true), edge.Clock.GetUtcNow());

        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges/m-1/undo", null), HttpStatusCode.Created);
        Assert.Equal([new("both", true, "red"), new("theirs", true)], await one.Takes());
        Assert.Equal([new("both", true, "blue"), new("new", true)], await other.Takes());
        Assert.Equal(10, await Balance(ours));
    }

    private static async Task<T> Account<T>(EdgeUnderTest edge, string publicId)
        where T : IGrainWithStringKey =>
        edge.Service<IGrainFactory>().GetGrain<T>($"{edge.Programme.Id}/{(await edge.Vault.FindPublicId(edge.Programme.Id, publicId, default))!.Member}");

    private static async Task Merge(EdgeUnderTest edge, string into, string from, string id = "m-1") =>
        await Read(await edge.Admin.PostAsync($"/v1/members/{into}/merges", Json($$"""{ "id": "{{id}}", "from": "{{from}}", "reason": "one person" }""")), HttpStatusCode.Created);

    private static async Task<string?> BirthDate(HttpClient client) => (string?)(await Read(await client.GetAsync("/v1/members/me/birth-date"), HttpStatusCode.OK))["birthDate"];

    private static async Task<long> Balance(HttpClient client) => (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!;
}
