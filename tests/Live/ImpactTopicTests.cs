using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>Impact as it is followed: by everybody, in a store, and by a member.</summary>
public sealed class ImpactTopicTests
{
    [Fact]
    public async Task Followers_hear_of_a_figure_when_it_moves_and_never_without_its_source()
    {
        await using var server = await LiveServer.Start(new LiveOptions { ImpactEvery = TimeSpan.FromSeconds(1) });
        var client = await server.Connect();
        await client.Subscribe("impact");
        var first = (await client.Next("snapshot")).Content!.Value.GetProperty("counters")[0];
        Assert.Equal(7.5m, first.GetProperty("value").GetDecimal());
        Assert.Equal("Ministry", first.GetProperty("sources")[0].GetProperty("publisher").GetString());

        server.Grains.Impact.Everybody = 8_000;
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(8m, (await client.Next("snapshot")).Content!.Value.GetProperty("counters")[0].GetProperty("value").GetDecimal());
        await client.Subscribe("impact/store/BRU");
        Assert.Equal(1.6m, (await client.Next("snapshot")).Content!.Value.GetProperty("counters")[0].GetProperty("value").GetDecimal());
    }

    [Fact]
    public async Task A_member_follows_its_own_and_what_is_unknown_is_refused()
    {
        await using var server = await LiveServer.Start();
        var member = await server.Connect("member-1");
        await member.Subscribe("impact/me");
        Assert.Equal(1m, (await member.Next("snapshot")).Content!.Value.GetProperty("counters")[0].GetProperty("value").GetDecimal());
        await member.Subscribe("impact/store/NOWHERE");
        Assert.Equal("unknown-topic", (await member.Next("refused")).Reason);
        var anybody = await server.Connect();
        await anybody.Subscribe("impact/me");
        Assert.Equal("unauthorised", (await anybody.Next("refused")).Reason);
    }
}
