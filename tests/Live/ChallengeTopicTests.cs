using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>What followers of a challenge are told, and when.</summary>
public sealed class ChallengeTopicTests
{
    [Fact]
    public async Task Everybody_hears_of_totals_and_of_a_reveal_at_its_instant()
    {
        await using var server = await LiveServer.Start(new LiveOptions { ChallengeEvery = TimeSpan.FromMinutes(1) });
        var challenge = server.Grains.Challenge;
        var reveal = server.Clock.GetUtcNow().AddMilliseconds(500);
        challenge.Now = challenge.Now with { RevealsAt = reveal };
        var client = await server.Connect();
        await client.Subscribe("challenge/c");
        var first = (await client.Next("snapshot")).Challenge!;
        Assert.Equal((2, 7L, "live", reveal), (first.Participants, first.Total, first.Phase, first.RevealsAt));

        // Long before it would be asked again.
        challenge.Now = challenge.Now with { RevealsAt = null, Revealed = [new("Le thème", "Het thema", "The theme")], Total = 9 };
        server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        var second = (await client.Next("snapshot")).Challenge!;
        Assert.Equal((9L, "Het thema"), (second.Total, Assert.Single(second.Revealed).Nl));
        lock (challenge.AskedAt) Assert.Equal(reveal, challenge.AskedAt[^1]);
    }

    [Fact]
    public async Task A_member_hears_what_is_left_when_its_account_changes()
    {
        await using var server = await LiveServer.Start();
        var member = server.Grains.Member(FakeBoard.Member(1));
        var client = await server.Connect("member-1");
        await client.Subscribe("challenge/c/me");
        var own = (await client.Next("snapshot")).Own!;
        Assert.Equal((1L, "Plus que 2.", true), (own.Score, own.Left?.Fr, own.Joined));

        server.Grains.Challenge.Progress = server.Grains.Challenge.Progress! with { Score = 3, IsComplete = true, Left = null, Rank = new(2, 1, 30, IsVirtual: true) };
        await member.Change(balance: 130);
        own = (await client.Next("snapshot")).Own!;
        Assert.Equal((3L, null, true), (own.Score, own.Left, own.Complete));
        Assert.Equal(new WireOwnRank(2, 1, 30, true), own.Rank);
    }

    [Fact]
    public async Task Only_members_have_a_part_and_what_is_unknown_is_refused()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();
        await client.Subscribe("challenge/c/me");
        Assert.Equal("unauthorised", (await client.Next("refused")).Reason);
        await client.Subscribe("challenge/nobody");
        Assert.Equal("unknown-topic", (await client.Next("refused")).Reason);
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeMilliseconds(), await client.Time());
    }
}
