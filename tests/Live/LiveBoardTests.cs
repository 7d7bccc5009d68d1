using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class LiveBoardTests
{
    private const string Topic = "board/programme/week/points";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_subscriber_gets_the_whole_top_with_its_window_in_the_programmes_time()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish((1, 30), (2, 50), (3, 30));
        var client = await server.Connect();
        await client.Subscribe(Topic);

        var snapshot = await client.Next("snapshot");

        Assert.Equal((Topic, 2, 3), (snapshot.Topic, snapshot.Version, snapshot.Size));
        Assert.Equal(server.Week.Current.StreamId, snapshot.StreamId);
        Assert.Equal(new("week", "2011-W19", new(2011, 5, 9), new(2011, 5, 16)), snapshot.Window);
        Assert.Equal(["m2", "m1", "m3"], snapshot.Rows.Select(row => row.Id));
        Assert.Equal([1, 2, 2], snapshot.Rows.Select(row => row.Rank));
        Assert.Equal(("Member 2", 1, 0, 50), (snapshot.Rows[0].Name, snapshot.Rows[0].Place, snapshot.Rows[0].TiedWith, snapshot.Rows[0].Score));
        Assert.Equal([null, "score", "draw"], snapshot.Rows.Select(row => row.OrderReason));
        Assert.Contains("\"reachedAt\":\"2011-05-12T10:00:00+02:00\"", client.Raw[0], StringComparison.Ordinal);
        Assert.Contains("\"asOf\":\"2011-05-12T10:02:00+02:00\"", client.Raw[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_of_all_time_has_no_ends()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();
        await client.Subscribe("board/store:BRU/all/receipts");

        Assert.Equal(new("all", "all", null, null), (await client.Next("snapshot")).Window);
        Assert.Contains("\"start\":null,\"end\":null", client.Raw[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_come_as_deltas_in_order_that_name_what_changed_and_who_left()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish((1, 30), (2, 20), (3, 10));
        var (client, model) = (await server.Connect(), new ClientModel());
        await client.Subscribe(Topic);
        model.Receive(await client.Next("snapshot"));

        server.Clock.Advance(Pace);
        await server.Week.Publish((4, 25));
        var joined = await client.Next("delta");
        server.Clock.Advance(Pace);
        await server.Week.Publish((3, 0));
        var left = await client.Next("delta");

        Assert.Equal((2, 3, 4), (joined.From, joined.To, joined.Size));
        Assert.Equal(["m4", "m2", "m3"], joined.Rows.Select(row => row.Id));
        Assert.Equal((3, 4, 3), (left.From, left.To, left.Size));
        Assert.Equal(["m3"], left.Removed);
        Assert.Empty(left.Rows);
        Assert.False(model.Receive(joined) || model.Receive(left));
        Assert.Equal(["m1", "m4", "m2"], model.Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task A_thousand_changes_in_a_second_are_ten_updates()
    {
        await using var server = await LiveServer.Start();
        var (client, model) = (await server.Connect(), new ClientModel());
        await client.Subscribe(Topic);
        model.Receive(await client.Next("snapshot"));

        for (var tick = 1; tick <= 1000; tick++)
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await server.Week.Publish((tick % 7, tick));
        }

        server.Clock.Advance(Pace);
        var updates = 0;
        while (model.Version < server.Week.Current.Version)
        {
            Assert.False(model.Receive(await client.Next("delta")));
            updates++;
        }

        Assert.InRange(updates, 1, 11);
    }

    [Fact]
    public async Task When_the_business_date_rolls_over_the_stream_moves_to_the_next_window()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();
        await client.Subscribe(Topic);
        var before = await client.Next("snapshot");

        // Monday in Brussels, still Sunday in Greenwich.
        server.Grains.Programme.Time = new(2011, 5, 15, 22, 0, 0, TimeSpan.Zero);
        var next = server.Grains.Board("demo|programme|points|week|2011-W20");
        await next.Publish((9, 5));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await client.Next("snapshot");

        Assert.Equal(("2011-W19", "2011-W20"), (before.Window!.Id, after.Window!.Id));
        Assert.NotEqual(before.StreamId, after.StreamId);
        Assert.Equal(["m9"], after.Rows.Select(row => row.Id));
        Assert.Equal(["watch", "unwatch"], [await server.Week.Calls.ReadAsync(), await server.Week.Calls.ReadAsync()]);

        await server.Week.Publish((1, 99));
        server.Clock.Advance(Pace);
        await next.Publish((9, 6));
        Assert.Equal(after.StreamId, (await client.Next("delta")).StreamId);
    }

    [Fact]
    public async Task A_stores_day_ends_when_it_ends_there()
    {
        await using var server = await LiveServer.Start();
        server.Grains.Programme.Time = new(2011, 5, 12, 16, 0, 0, TimeSpan.Zero);
        var client = await server.Connect();
        await client.Subscribe("board/store:TYO/day/points");

        Assert.Equal("2011-05-13", (await client.Next("snapshot")).Window!.Id);
    }

    [Fact]
    public async Task A_board_that_was_activated_anew_in_silence_is_found_within_seconds()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();
        await client.Subscribe(Topic);
        var before = await client.Next("snapshot");

        server.Week.ActivateAnew();
        await server.Week.Publish((1, 10));
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        var after = await client.Next("snapshot");

        Assert.NotEqual(before.StreamId, after.StreamId);
        Assert.Equal(["m1"], after.Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task A_board_that_fails_is_asked_once_a_second_until_it_answers()
    {
        await using var server = await LiveServer.Start();
        server.Week.Fails = true;
        var client = await server.Connect();
        await client.Subscribe(Topic);
        Assert.Equal("failed", await server.Week.Calls.ReadAsync());
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("failed", await server.Week.Calls.ReadAsync());

        server.Week.Fails = false;
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        await client.Next("snapshot");
    }

    [Fact]
    public async Task A_watch_is_repeated_each_minute_and_ends_after_the_last_viewer_left()
    {
        var patient = new LiveOptions { SilenceMax = TimeSpan.FromHours(1) };
        await using var server = await LiveServer.Start(patient);
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");
        Assert.Equal("watch", await server.Week.Calls.ReadAsync());
        server.Clock.Advance(patient.WatchEvery);
        Assert.Equal("watch", await server.Week.Calls.ReadAsync());

        await client.Unsubscribe(Topic);
        server.Clock.Advance(patient.Linger);

        Assert.Equal("unwatch", await server.Week.Calls.ReadAsync());
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_a_snapshot_at_once_though_nothing_changed()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish((1, 10));
        var first = await server.Connect();
        await first.Subscribe(Topic);
        var before = await first.Next("snapshot");
        await first.DisposeAsync();

        var second = await server.Connect();
        await second.Subscribe(Topic);
        var after = await second.Next("snapshot");

        Assert.Equal((before.StreamId, before.Version), (after.StreamId, after.Version));
        Assert.Equal(before.Rows, after.Rows);
    }

    [Fact]
    public async Task Whoever_asks_for_a_snapshot_gets_one_then_deltas_again()
    {
        await using var server = await LiveServer.Start();
        var client = await server.Connect();
        await client.Subscribe(Topic);
        var first = await client.Next("snapshot");

        await client.Resnapshot(Topic);
        Assert.Equal(first.Version, (await client.Next("snapshot")).Version);

        server.Clock.Advance(Pace);
        await server.Week.Publish((1, 10));
        Assert.Equal(first.Version, (await client.Next("delta")).From);
    }

    [Fact]
    public async Task An_erased_member_loses_its_name_and_no_surrogate_is_ever_shown()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish((1, 30), (2, 20));
        var client = await server.Connect();
        await client.Subscribe(Topic);
        await client.Next("snapshot");

        server.Names.Erase(1);
        server.Clock.Advance(Pace);
        await server.Week.Publish((2, 21));
        var delta = await client.Next("delta");

        Assert.Equal(["m1"], delta.Removed);
        Assert.Equal([("~1", "—"), ("m2", "Member 2")], delta.Rows.Select(row => (row.Id, row.Name)));
        foreach (var member in (MemberId[])[FakeBoard.Member(1), FakeBoard.Member(2)])
        {
            Assert.DoesNotContain(client.Raw, text => text.Contains(member.ToString(), StringComparison.Ordinal)
                || text.Contains(member.Value.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Only_the_top_fifty_are_sent_whatever_the_board_publishes()
    {
        await using var server = await LiveServer.Start();
        await server.Week.Publish([.. Enumerable.Range(1, 80).Select(member => (member, 1000L - member))]);
        var client = await server.Connect();
        await client.Subscribe(Topic);

        var snapshot = await client.Next("snapshot");

        Assert.Equal((50, 80), (snapshot.Rows.Length, snapshot.Size));
    }
}
