using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>What members and screens are told of themselves.</summary>
public sealed class OwnTopicsTests
{
    private const string Board = "board/programme/week/points";

    [Fact]
    public async Task A_member_sees_its_numbers_and_hears_of_a_change_at_once()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish((1, 30), (2, 50));
        var member = server.Grains.Member(FakeBoard.Member(1));
        var client = await server.Connect("member-1");
        await client.Subscribe("member/me");

        Assert.Equal(new(100, 100, 1, 2, 2, 0, 2), (await client.Next("snapshot")).Member);

        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await member.Change(balance: 130);
        Assert.Equal(130, (await client.Next("snapshot")).Member!.Balance);
    }

    [Fact]
    public async Task A_member_whose_actor_was_let_go_is_watched_anew_and_hears_of_the_next_change_at_once()
    {
        await using var server = await LiveServer.Start();
        var member = server.Grains.Member(FakeBoard.Member(1));
        var client = await server.Connect("member-1");
        await client.Subscribe("member/me");
        await client.Next("snapshot");
        Assert.True(await member.Watches.WaitAsync(TimeSpan.FromSeconds(30)));

        await member.LetGo();
        Assert.True(await member.Watches.WaitAsync(TimeSpan.FromSeconds(30)));
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await member.Change(balance: 130);

        Assert.Equal(130, (await client.Next("snapshot")).Member!.Balance);
    }

    [Fact]
    public async Task A_member_hears_that_others_overtook_it()
    {
        await using var server = await LiveServer.Start();
        server.Grains.Member(FakeBoard.Member(1));
        var client = await server.Connect("member-1");
        await client.Subscribe("member/me");
        Assert.Null((await client.Next("snapshot")).Member!.Rank);

        await server.Week.Publish((1, 30), (2, 50), (3, 40));
        server.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((3, 3), ((await client.Next("snapshot")).Member!.Rank, server.Week.Current.Size));
    }

    [Fact]
    public async Task A_member_that_cannot_be_watched_is_asked_each_second()
    {
        await using var server = await LiveServer.Start();
        var member = server.Grains.Member(FakeBoard.Member(1));
        member.Watchable = false;
        var client = await server.Connect("member-1");
        await client.Subscribe("member/me");
        await client.Next("snapshot");

        await member.Change(balance: 130, silently: true);
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(130, (await client.Next("snapshot")).Member!.Balance);
    }

    [Fact]
    public async Task A_screen_is_told_what_it_is_and_when_that_changes()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect("screen");
        await client.Subscribe("screen/me");
        Assert.Equal(new("s1", "BRU", "fr", "board/store:BRU/week/points"), (await client.Next("snapshot")).Screen);

        server.Access.Screen = server.Access.Screen with { Language = "nl" };
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("nl", (await client.Next("snapshot")).Screen!.Language);
    }

    [Fact]
    public async Task A_revoked_screen_hears_so_as_the_last_thing()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect("screen");
        await client.Subscribe(Board);
        await client.Next("snapshot");

        server.Access.Revoke("screen");
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("screen/me", (await client.Next("revoked")).Topic);
        await client.Closed;
        Assert.True(client.HasNothingMore);
    }

    [Fact]
    public async Task A_member_whose_token_has_run_out_is_closed_by_the_next_minute()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect("member-1");
        await client.Subscribe(Board);
        await client.Next("snapshot");

        server.Access.Revoke("member-1");
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        await client.Closed;
    }
}
