using System.Threading.Channels;
using Gamification.Live;
using Gamification.Tests.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Redis;

/// <summary>What is mirrored, and when, on a clock that the test drives.</summary>
public sealed class BoardMirrorTests
{
    private const string Topic = "board/programme/week/points";

    [Fact]
    public async Task Who_left_is_gone_from_the_list_with_the_next_write()
    {
        var lists = new RecordedLists();
        await using var server = await Start(lists);
        await server.Week.Publish((1, 30), (2, 20));
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");
        Assert.Equal([new("m1", "Member 1", 1, 1, 30), new("m2", "Member 2", 2, 2, 20)], (await lists.Next(server)).Rows);

        server.Names.Erase(1);
        Assert.Equal([new("m2", "Member 2", 2, 2, 20)], (await lists.Next(server)).Rows);
    }

    [Fact]
    public async Task A_hundred_rows_are_mirrored_of_a_board_that_somebody_looks_at()
    {
        var lists = new RecordedLists();
        await using var server = await Start(lists);
        await server.Week.Publish([.. Enumerable.Range(1, 150).Select(member => (member, 1_000L - member))]);
        await server.Grains.Board("demo|programme|points|day|2011-05-12").Publish((1, 1));
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");

        var list = await lists.Next(server);
        Assert.Equal((150, 100, "m1", "m100"), (list.Size, list.Rows.Length, list.Rows[0].Id, list.Rows[^1].Id));
        Assert.Equal("2011-W19", (await lists.Next(server)).Board.Window.Name);
    }

    private static Task<LiveServer> Start(RecordedLists lists) => LiveServer.Start(more: services =>
    {
        services.AddSingleton<ITopLists>(lists);
        services.AddSingleton<INotices>(new Present());
        services.AddHostedService<BoardMirror>();
    });

    private sealed class RecordedLists : ITopLists
    {
        private readonly Channel<TopList> _written = Channel.CreateUnbounded<TopList>();

        public Task<bool> Write(TopList list)
        {
            _written.Writer.TryWrite(list);
            return Task.FromResult(true);
        }

        /// <summary>The next that is written as time goes on.</summary>
        public async Task<TopList> Next(LiveServer server)
        {
            TopList? list = null;
            await Eventually.Holds(() =>
            {
                server.Clock.Advance(TimeSpan.FromMilliseconds(200));
                return _written.Reader.TryRead(out list);
            });
            return list!;
        }
    }

    private sealed class Present : INotices
    {
        public long? AwaySince => null;

        public void Publish(Notice notice) => throw new NotSupportedException();

        public Task Follow(NoticeTopic topic, Action<Notice> take) => throw new NotSupportedException();

        public Task Unfollow(NoticeTopic topic) => throw new NotSupportedException();
    }
}
