using Gamification.Live;
using Gamification.Tests.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Redis;

/// <summary>Live topics of a host that takes notices, on a clock that the test drives.</summary>
public sealed class OutsideTopicsTests
{
    private const string Topic = "board/programme/week/points";

    [Fact]
    public async Task A_watch_is_a_lease_that_is_renewed_while_somebody_looks()
    {
        var (server, notices) = await Start();
        await using var running = server;
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");
        Assert.Equal("announce", await server.Week.Calls.ReadAsync());
        Assert.Equal(1, notices.Followed);

        // The board is silent; it is asked again before the lease of 30 s runs out.
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("announce", await server.Week.Calls.ReadAsync());

        await client.Unsubscribe(Topic);
        server.Clock.Advance(new LiveOptions().Linger);
        await Eventually.Holds(() => notices.Followed == 0);
    }

    [Fact]
    public async Task While_notices_do_not_come_the_board_is_asked_and_the_viewer_follows()
    {
        var (server, notices) = await Start();
        await using var running = server;
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");

        notices.Lose(server.Clock);
        for (var score = 1; score <= 5; score++)
        {
            await server.Week.Publish((1, score));
            server.Clock.Advance(TimeSpan.FromSeconds(1)); // it is seen that notices are lost
            server.Clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(score, (await client.Next()).Rows.Single().Score);
        }

        notices.Heal();
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await server.Week.Publish((1, 99));
        Assert.Equal(99, (await client.Next()).Rows.Single().Score);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Notices_lost_repeated_and_out_of_order_leave_the_viewer_at_the_boards_last_view(int seed)
    {
        var (server, notices) = await Start();
        await using var running = server;
        notices.Chance = new Random(seed);
        var (client, model) = (await server.Connect(), new ClientModel());
        await client.Subscribe(Topic);
        model.Receive(await client.Next("snapshot"));

        for (var step = 0; step < 100; step++)
        {
            await server.Week.Publish((notices.Chance.Next(5), notices.Chance.Next(1, 100)));
            server.Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        // Whatever was lost last, a board that is silent is asked.
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        var last = server.Week.Current;
        while (model.Version < last.Version)
        {
            if (model.Receive(await client.Next())) await client.Resnapshot(Topic);
            server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(last.Rows.Select(row => row.Score), model.Rows.Select(row => row.Score));
    }

    [Fact]
    public void A_topic_is_asked_for_some_time_after_the_loss_and_after_each_answer()
    {
        static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
        Assert.Equal(TimeSpan.MaxValue, Polling.Due(null, At(3), At(1.5)));
        Assert.Equal(At(11.5), Polling.Due(At(10), At(3), At(1.5)));
        Assert.Equal(At(21.5), Polling.Due(At(10), At(20), At(1.5)));
        Assert.Equal(At(1), Polling.Earliest(At(2), At(1), At(3)));
    }

    [Fact]
    public void Lots_are_drawn_between_a_period_and_twice_that_and_repeat_with_their_seed()
    {
        var (first, again) = (new Jitter(new(7)), new Jitter(new(7)));
        var drawn = Enumerable.Range(0, 1_000).Select(_ => first.Over(TimeSpan.FromSeconds(1)).TotalSeconds).ToArray();
        Assert.All(drawn, seconds => Assert.InRange(seconds, 1, 2));
        Assert.InRange(drawn.Average(), 1.4, 1.6);
        Assert.Equal(drawn, Enumerable.Range(0, 1_000).Select(_ => again.Over(TimeSpan.FromSeconds(1)).TotalSeconds));
    }

    private static async Task<(LiveServer Server, LossyNotices Notices)> Start()
    {
        var notices = new LossyNotices();
        var server = await LiveServer.Start(more: services =>
        {
            services.AddSingleton<INotices>(notices);
            services.AddSingleton<IWatches, NoticeWatches>();
        });
        server.Week.Announces = notices.Publish;
        return (server, notices);
    }

    /// <summary>Carries notices in this process; with chance, it loses half, and others come twice or late.</summary>
    private sealed class LossyNotices : INotices
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<NoticeTopic, Action<Notice>> _followed = [];
        private Notice? _late;
        private long? _awaySince;

        public Random? Chance { get; set; }

        public long? AwaySince
        {
            get
            {
                lock (_gate) return _awaySince;
            }
        }

        public int Followed
        {
            get
            {
                lock (_gate) return _followed.Count;
            }
        }

        public void Lose(TimeProvider clock)
        {
            lock (_gate) _awaySince = clock.GetTimestamp();
        }

        public void Heal()
        {
            lock (_gate) _awaySince = null;
        }

        public void Publish(Notice notice)
        {
            lock (_gate)
            {
                if (_awaySince is not null || !_followed.TryGetValue(notice.Topic, out var take)) return;
                var lot = Chance?.Next(8) ?? 7;
                if (lot < 4) return;
                if (lot == 4) (_late, notice) = (notice, _late ?? notice);
                take(notice);
                if (lot == 5) take(notice);
            }
        }

        public Task Follow(NoticeTopic topic, Action<Notice> take)
        {
            lock (_gate) _followed[topic] = take;
            return Task.CompletedTask;
        }

        public Task Unfollow(NoticeTopic topic)
        {
            lock (_gate) _followed.Remove(topic);
            return Task.CompletedTask;
        }
    }
}
