using Gamification.Challenges;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>Whoever won and is part of another account by then receives it there, and loses it there.</summary>
public sealed class ChallengeMergeTests(ChallengeEdge edge) : IClassFixture<ChallengeEdge>
{
    private static readonly DateTimeOffset Inside = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task A_prize_of_a_merged_account_comes_to_the_one_that_was_kept_and_is_taken_back_from_it()
    {
        await edge.At(Inside.AddDays(-1));
        await edge.Save("merged", """ "goal": { "kind": "count", "target": 1, "of": { "on": ["sale"] } }, "prizes": { "completion": { "points": 5 } } """);
        await edge.Command("merged", """{ "command": "schedule" }""");
        await edge.At(Inside);
        var (kept, left) = (await Somebody("kept"), await Somebody("left"));
        await edge.Counted("merged");
        var order = new MergeOrder { Id = "one", From = left, Into = kept, Reason = "one person", By = "marie" };
        Assert.IsType<MergeOutcome.Done>(await edge.Grains.GetGrain<IMergesGrain>(edge.Programme.Id).Merge(order, edge.Clock.GetUtcNow()));

        await edge.At(Inside.AddDays(20));
        var view = await edge.Get(edge.Till, "/v1/challenges/merged");
        Assert.Equal(("settled", 2), ((string)view["phase"]!, (int)view["prizesReceived"]!));
        Assert.Equal(2, await Entries(kept, PrizeReceived.Type));
        Assert.Equal(0, await Entries(left, PrizeReceived.Type));

        var prize = new PrizeId(new(edge.Programme.Id, "merged", 1), left, "goal");
        Assert.Equal(PrizeOutcome.Received, await Receiver(left).TakeBack(prize, "fraud"));
        await Receiver(left).TakeBack(prize, "fraud");
        Assert.Equal(1, await Entries(kept, PrizeTakenBack.Type));
        Assert.Equal(PrizeOutcome.Known, await Receiver(left).Receive(new(prize, Contests.Points(5), "hash")));
        Assert.Equal(2, await Entries(kept, PrizeReceived.Type));
    }

    private async Task<MemberId> Somebody(string card)
    {
        var (publicId, _) = await edge.Member(card);
        return (await edge.Vault.FindPublicId(edge.Programme.Id, publicId, default))!.Member;
    }

    private IPrizeReceiver Receiver(MemberId member) => edge.Grains.GetGrain<IPrizeReceiver>($"{edge.Programme.Id}/{member}");

    private async Task<int> Entries(MemberId member, string type) =>
        (await edge.Journal.ReadForward(Gamification.ActorId.Member(edge.Programme.Id, member), 0, 500, default)).Count(entry => entry.Type == type);
}
