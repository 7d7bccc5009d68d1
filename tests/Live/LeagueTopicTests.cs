using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>A member's own group, as it is followed.</summary>
public sealed class LeagueTopicTests
{
    [Fact]
    public async Task A_member_follows_its_group_by_public_names_and_without_a_rank_in_the_lower_half()
    {
        await using var server = await LiveServer.Start(new LiveOptions { LeagueEvery = TimeSpan.FromSeconds(1) });
        var client = await server.Connect("member-1");
        await client.Subscribe("league/friends/me");
        var own = (await client.Next("snapshot")).Content!.Value.GetProperty("own");
        var places = own.GetProperty("places").EnumerateArray().ToArray();
        Assert.Equal((1, true), (places[0].GetProperty("rank").GetInt32(), places[0].GetProperty("goesUp").GetBoolean()));
        Assert.Equal((System.Text.Json.JsonValueKind.Null, true), (places[1].GetProperty("rank").ValueKind, places[1].GetProperty("isOwn").GetBoolean()));
        Assert.DoesNotContain(FakeBoard.Member(2).ToString(), own.GetRawText(), StringComparison.OrdinalIgnoreCase);

        server.Grains.League.Standing = server.Grains.League.Standing with { Effort = 4 };
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, (await client.Next("snapshot")).Content!.Value.GetProperty("own").GetProperty("effort").GetInt32());
    }

    [Fact]
    public async Task Who_is_no_member_and_what_is_no_league_is_refused()
    {
        await using var server = await LiveServer.Start();
        var anybody = await server.Connect();
        await anybody.Subscribe("league/friends/me");
        Assert.Equal("unauthorised", (await anybody.Next("refused")).Reason);
        var member = await server.Connect("member-1");
        await member.Subscribe("league/nobody/me");
        Assert.Equal("unknown-topic", (await member.Next("refused")).Reason);
    }
}
