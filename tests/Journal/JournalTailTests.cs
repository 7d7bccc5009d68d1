using Gamification.Journal;

namespace Gamification.Tests.Journal;

public sealed class JournalTailTests
{
    private static readonly JournalSnapshotOptions Bounds = new() { Every = 3, Bytes = 100 };

    [Theory]
    [InlineData(new[] { 1, 1 }, false)]
    [InlineData(new[] { 1, 1, 1 }, true)]
    [InlineData(new[] { 99 }, false)]
    [InlineData(new[] { 100 }, true)]
    [InlineData(new[] { 60, 40 }, true)]
    public void A_snapshot_is_due_when_either_bound_is_reached(int[] sizes, bool due)
    {
        var tail = default(JournalTail);
        foreach (var size in sizes) tail = tail.Then([new("t", new byte[size])]);

        Assert.Equal(due, tail.Calls(Bounds));
        Assert.Equal(due, default(JournalTail).Then([.. sizes.Select(size => new NewEntry("t", new byte[size]))]).Calls(Bounds));
    }

    [Fact]
    public void A_large_state_is_written_again_once_its_tail_is_half_of_it()
    {
        var tail = default(JournalTail).Then([new("t", new byte[100])]).After(new byte[1_000]);
        Assert.Equal(new JournalTail(0, 0, 1_000), tail);
        Assert.False(tail.Then([new("t", new byte[499])]).Calls(Bounds));
        Assert.True(tail.Then([new("t", new byte[500])]).Calls(Bounds));
        Assert.Equal(tail, tail.After(null));
    }

    [Fact]
    public void An_activation_goes_on_counting_from_what_it_read()
    {
        var read = JournalTail.Of(new(7, new byte[500], [Stored(8, 30), Stored(9, 20)]));

        Assert.Equal(new JournalTail(2, 50, 500), read);
        Assert.Equal(default, JournalTail.Of(ActorHistory.Empty));
    }

    private static StoredEntry Stored(long version, int size) => new()
    {
        Actor = new("demo", "member", "m"), Version = version, Partition = 0, Seq = version, Type = "t", Payload = new byte[size], RecordedAt = DateTimeOffset.UnixEpoch,
    };
}
