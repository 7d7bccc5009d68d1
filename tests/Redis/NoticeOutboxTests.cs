using Gamification.Live;
using Gamification.Redis;

namespace Gamification.Tests.Redis;

public sealed class NoticeOutboxTests
{
    [Fact]
    public async Task Of_a_topic_only_the_newest_waits()
    {
        var outbox = new NoticeOutbox(topicsMax: 10);
        for (var version = 1; version <= 1_000; version++) outbox.TryPut(Of(version % 2, version));
        Assert.Equal([Of(0, 1_000), Of(1, 999)], (await outbox.Take(default)).OrderByDescending(notice => ((Notice.OfAccount)notice).Numbers!.Version));
    }

    [Fact]
    public async Task There_is_room_for_so_many_topics_and_those_that_wait_still_change()
    {
        var outbox = new NoticeOutbox(topicsMax: 2);
        Assert.True(outbox.TryPut(Of(1, 1)));
        Assert.True(outbox.TryPut(Of(2, 1)));
        Assert.False(outbox.TryPut(Of(3, 1)));
        outbox.TryPut(Of(2, 7));
        Assert.Equal([Of(1, 1), Of(2, 7)], await outbox.Take(default));
        Assert.True(outbox.TryPut(Of(3, 1)));
    }

    private static Notice.OfAccount Of(int member, long version) => new("demo", new(new Guid(member, 0, 0, new byte[8])), new(version, 0, 0, 0));
}
