using System.Net.WebSockets;
using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("staff", "board/programme/year/points", "unknown-topic")]
    [InlineData("staff", "board/store:NOWHERE/week/points", "unknown-topic")]
    [InlineData("staff", "board/store:/week/points", "unknown-topic")]
    [InlineData("staff", "feed", "unknown-topic")]
    [InlineData("staff", "", "unknown-topic")]
    [InlineData("staff", "member/me", "unauthorised")]
    [InlineData("member-1", "screen/me", "unauthorised")]
    [InlineData("screen", "member/me", "unauthorised")]
    [InlineData("screen", "board/store:TYO/week/points", "unauthorised")]
    public async Task A_topic_that_is_not_there_or_not_for_this_token_is_refused(string token, string topic, string reason)
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect(token);

        await client.Subscribe(topic);

        var refused = await client.Next("refused");
        Assert.Equal((topic, reason), (refused.Topic, refused.Reason));
    }

    [Fact]
    public async Task One_topic_too_many_is_refused_until_another_is_left()
    {
        await using var server = await LiveServer.Start(new() { TopicsPerConnectionMax = 1 });
        var client = await server.Connect();
        await client.Subscribe("board/programme/week/points");
        await client.Next("snapshot");

        await client.Subscribe("board/programme/day/points");
        Assert.Equal("too-many-topics", (await client.Next("refused")).Reason);

        await client.Unsubscribe("board/programme/week/points");
        await client.Subscribe("board/programme/day/points");
        Assert.Equal("day", (await client.Next("snapshot")).Window!.Period);
    }

    [Fact]
    public async Task A_snapshot_of_what_is_not_followed_is_refused()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();

        await client.Resnapshot("board/programme/week/points");

        Assert.Equal("unknown-topic", (await client.Next("refused")).Reason);
    }

    [Fact]
    public async Task A_client_that_never_stops_asking_is_closed()
    {
        await using var server = await LiveServer.Start(new() { CallsAtOnceMax = 3 });
        var client = await server.Connect();

        for (var call = 0; call < 3; call++) await client.Unsubscribe("board/programme/week/points");
        _ = client.Unsubscribe("board/programme/week/points").ContinueWith(_ => { }, TaskScheduler.Default);

        await client.Closed;
    }

    [Fact]
    public async Task A_message_longer_than_any_topic_ends_the_connection()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();

        await Assert.ThrowsAnyAsync<Exception>(() => client.Subscribe(new('x', 5_000)));

        await client.Closed;
    }

    [Fact]
    public async Task A_token_that_opens_nothing_does_not_get_through_the_door()
    {
        await using var server = await LiveServer.Start();

        Assert.Contains("401", (await Assert.ThrowsAsync<WebSocketException>(() => server.Connect("stranger"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_house_lets_nobody_in()
    {
        await using var server = await LiveServer.Start(new() { ConnectionsMax = 1 });
        var first = await server.Connect();
        await first.Subscribe("board/programme/week/points");

        Assert.Contains("503", (await Assert.ThrowsAsync<WebSocketException>(() => server.Connect())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_may_come_in_the_query()
    {
        await using var server = await LiveServer.Start();
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new($"{server.Hub}?access_token=staff"), CancellationToken.None);

        Assert.Equal(WebSocketState.Open, socket.State);
    }
}
