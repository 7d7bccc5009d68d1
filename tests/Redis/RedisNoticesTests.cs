using System.Collections.Concurrent;
using Gamification.Leaderboards;
using Gamification.Live;
using Gamification.Redis;

namespace Gamification.Tests.Redis;

/// <summary>Two hosts and a real Redis between them.</summary>
public sealed class RedisNoticesTests
{
    private static readonly BoardId Board = BoardId.Parse("demo|programme|points|all|all");
    private static readonly NoticeTopic Topic = NoticeTopic.Of(Board);

    [Fact]
    public async Task The_newest_arrives_and_no_more_than_ten_a_second()
    {
        await using var server = await RedisServer.Start();
        await using var node = await RedisHost.Start(server);
        await using var outside = await RedisHost.Start(server);
        var arrived = new ConcurrentQueue<long>();
        await outside.Notices.Follow(Topic, notice => arrived.Enqueue(VersionOf(notice)));

        for (var version = 1; version <= 5_000; version++) node.Notices.Publish(Of(version));
        await Eventually.Holds(() => arrived.Contains(5_000));
        Assert.InRange(arrived.Count, 1, 10);
    }

    [Fact]
    public async Task Redis_goes_and_comes_back_and_notices_with_it()
    {
        await using var server = await RedisServer.Start();
        await using var node = await RedisHost.Start(server);
        await using var outside = await RedisHost.Start(server);
        long newest = 0;
        await outside.Notices.Follow(Topic, notice => Interlocked.Exchange(ref newest, VersionOf(notice)));
        Assert.Null(outside.Link.Now());

        for (var times = 1; times <= 2; times++)
        {
            await server.Kill();
            await Eventually.Holds(() => node.Link.AwaySince is not null && outside.Link.AwaySince is not null);
            Assert.Equal("live", outside.Link.Now()!.Name);
            node.Notices.Publish(Of(times * 100)); // nobody waits for it, and it is lost
            var other = BoardId.Parse($"demo|store:S{times}|points|all|all");
            await outside.Notices.Follow(NoticeTopic.Of(other), notice => Interlocked.Exchange(ref newest, VersionOf(notice)));

            await server.Launch();
            await Eventually.Holds(() => node.Link.AwaySince is null && outside.Link.AwaySince is null);
            Assert.Null(outside.Link.Now());
            await Delivers(Of((times * 100) + 1));
            await Delivers(Of((times * 100) + 2, other)); // followed while Redis was away
        }

        // A connection that is back may not have its subscriptions back: the board says its newest again, as it would with its next change.
        Task Delivers(Notice.OfBoard notice) => Eventually.Holds(() =>
        {
            node.Notices.Publish(notice);
            return Interlocked.Read(ref newest) == notice.View.Version;
        });
    }

    [Fact]
    public async Task What_is_no_notice_or_of_another_topic_is_ignored()
    {
        await using var server = await RedisServer.Start();
        await using var node = await RedisHost.Start(server);
        await using var outside = await RedisHost.Start(server);
        var arrived = new ConcurrentQueue<long>();
        await outside.Notices.Follow(Topic, notice => arrived.Enqueue(VersionOf(notice)));

        var raw = node.Link.Connection!.GetSubscriber();
        await raw.PublishAsync(RedisKeys.Channel(Topic), "nonsense");
        await raw.PublishAsync(RedisKeys.Channel(Topic), new byte[NoticeBytes.Max + 1]);
        await raw.PublishAsync(RedisKeys.Channel(Topic), NoticeBytes.Write(Of(7, BoardId.Parse("other|programme|points|all|all"))));
        node.Notices.Publish(Of(8));
        await Eventually.Holds(() => arrived.Contains(8));
        Assert.Equal([8], arrived);
    }

    [Fact]
    public async Task A_top_list_is_replaced_as_one_at_most_once_a_second_and_goes_by_itself()
    {
        await using var server = await RedisServer.Start();
        await using var host = await RedisHost.Start(server);
        var list = new TopList(Board, 3, DateTimeOffset.UnixEpoch, [new("a", "Altair 1", 1, 1, 30), new("b", "Mira 2", 2, 2, 20), new("c", "Vega 3", 3, 2, 20)]);
        var database = host.Link.Connection!.GetDatabase();

        Assert.True(await host.Lists.Write(list));
        Assert.False(await host.Lists.Write(list));
        Assert.Equal(["a:30", "c:20", "b:20"], await Top());
        Assert.Equal("""{"name":"Altair 1","place":1,"rank":1,"score":30}""", (string)await database.HashGetAsync(RedisKeys.Rows(Board), "a"));
        Assert.Equal((1, 3), ((long)await database.HashGetAsync(RedisKeys.About(Board), "version"), (long)await database.HashGetAsync(RedisKeys.About(Board), "size")));

        await database.KeyDeleteAsync(RedisKeys.Turn(Board)); // a second has passed
        Assert.True(await host.Lists.Write(list with { Size = 2, Rows = list.Rows.RemoveAt(0) }));
        Assert.Equal(["c:20", "b:20"], await Top());
        Assert.Equal(2, await database.HashLengthAsync(RedisKeys.Rows(Board)));
        Assert.Equal(2, (long)await database.HashGetAsync(RedisKeys.About(Board), "version"));
        foreach (var key in new[] { RedisKeys.Top(Board), RedisKeys.Rows(Board), RedisKeys.About(Board) })
            Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value.TotalSeconds, 1, 60);

        await database.KeyDeleteAsync(RedisKeys.Turn(Board));
        Assert.True(await host.Lists.Write(list with { Size = 0, Rows = [] }));
        Assert.Empty(await Top());

        async Task<string[]> Top() => [.. (await database.SortedSetRangeByRankWithScoresAsync(RedisKeys.Top(Board), 0, -1, StackExchange.Redis.Order.Descending)).Select(entry => $"{entry.Element}:{entry.Score}")];
    }

    [Fact]
    public void A_connection_that_makes_no_sense_is_told_in_one_line_without_its_password()
    {
        var fault = Assert.Throws<FormatException>(() => new RedisOptions { Connection = "host,nonsense=secret" }.Configuration());
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    private static Notice.OfBoard Of(long version, BoardId? board = null) => new(new(board ?? Board, "s", version, 0, [], null));

    private static long VersionOf(Notice notice) => ((Notice.OfBoard)notice).View.Version;
}
