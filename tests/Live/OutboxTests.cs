using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class OutboxTests
{
    private readonly Outbox _outbox = new();

    [Fact]
    public void The_screen_goes_before_the_member_and_the_member_before_boards_that_wait_in_turn()
    {
        var (first, second) = (Follow("board/programme/day/points"), Follow("board/programme/week/points"));
        var (member, screen) = (Follow("member/me"), Follow("screen/me"));

        Assert.Equal([screen, member, first, second], TakeAll());
    }

    [Fact]
    public void A_busy_board_does_not_starve_another()
    {
        var (busy, quiet) = (Follow("board/programme/day/points"), Follow("board/programme/week/points"));
        _outbox.TryTake(out _, out _);

        busy.Change(_outbox);

        Assert.Equal([quiet, busy], TakeAll());
    }

    [Fact]
    public void Many_changes_are_one_message_and_none_is_sent_twice()
    {
        var topic = Follow("member/me");
        for (var change = 0; change < 1_000; change++) topic.Change(_outbox);

        Assert.Equal([topic], TakeAll());
        Assert.True(_outbox.Mark(topic.Subscription));
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void Last_words_go_before_everything_and_nothing_follows()
    {
        var topic = Follow("screen/me");

        _outbox.Close([Messages.Goodbye]);
        topic.Change(_outbox);

        Assert.True(_outbox.TryTake(out var message, out _));
        Assert.Same(Messages.Goodbye, message);
        Assert.False(_outbox.TryTake(out _, out _));
    }

    [Fact]
    public void Only_the_first_mark_wakes_the_pump()
    {
        var stream = new Stream();
        var subscription = new Subscription(null!, Topic.Member, stream);

        Assert.True(_outbox.TryFollow(subscription, out var first));
        var second = _outbox.Mark(subscription);
        TakeAll();

        Assert.Equal((true, false, true), (first, second, _outbox.Mark(subscription)));
    }

    [Fact]
    public void Whoever_follows_after_the_end_is_told()
    {
        var followed = Follow("member/me");

        Assert.Equal([followed.Subscription], _outbox.End());
        Assert.False(_outbox.TryFollow(new(null!, Topic.Screen, followed), out _));
    }

    private Stream Follow(string topic)
    {
        var stream = new Stream();
        stream.Subscription = new(null!, Topic.Parse(topic)!, stream);
        _outbox.TryFollow(stream.Subscription, out _);
        return stream;
    }

    private List<Stream> TakeAll()
    {
        var taken = new List<Stream>();
        while (_outbox.TryTake(out var message, out _)) taken.Add(Assert.IsType<Stream>(((Microsoft.AspNetCore.SignalR.Protocol.InvocationMessage)message.Message!).Arguments[0]));
        return taken;
    }

    /// <summary>A topic whose only message is itself.</summary>
    private sealed class Stream : ILiveStream
    {
        private long _version = 1;

        public Subscription Subscription { get; set; } = null!;

        public Audience Audience => throw new NotSupportedException();

        public Push? Next(Cursor? sent) =>
            sent?.Version == _version ? null : new(Messages.Serialized(this), new("s", _version), PushKind.Snapshot, 0);

        public void Change(Outbox outbox)
        {
            _version++;
            outbox.Mark(Subscription);
        }
    }
}
