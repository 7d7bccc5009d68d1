using Gamification.Journal;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Tests.Projections;

public sealed class CommitInboxTests
{
    [Fact]
    public void What_it_cannot_hold_shows_as_a_gap_without_a_later_commit()
    {
        var inbox = new CommitInbox(noticesMax: 3);
        inbox.Tell(0, 0, 2, Commits(2));
        inbox.Tell(0, 2, 4, Commits(2));
        inbox.Tell(0, 4, 5, Commits(1));
        inbox.Tell(1, 0, 7, Commits(7));
        inbox.Tell(0, 5, 9, Commits(4));
        inbox.Post("a question");

        Assert.Equal((0, 0L, 2L, 2), Told(inbox));
        Assert.Equal((0, 2L, 4L, 2), Told(inbox));
        Assert.Equal((0, CommitNotices.Unknown, 9L, 0), Told(inbox));
        Assert.Equal((1, CommitNotices.Unknown, 7L, 0), Told(inbox));
        Assert.True(inbox.TryTake(out var question));
        Assert.Equal("a question", question);
        Assert.False(inbox.TryTake(out _));

        inbox.Tell(0, 9, 10, Commits(1));
        Assert.Equal((0, 9L, 10L, 1), Told(inbox));
    }

    private static (int Partition, long From, long To, int Notices) Told(CommitInbox inbox)
    {
        Assert.True(inbox.TryTake(out var message));
        var commit = Assert.IsType<CommitNotices>(message);
        return (commit.Partition, commit.PreviousSeq, commit.ToSeq, commit.Notices.Length);
    }

    private static CommittedAppend[] Commits(int count) => [.. Enumerable.Range(0, count).Select(_ => new CommittedAppend(
        new()
        {
            Actor = new("demo", "member", "a"),
            ExpectedVersion = 0,
            Entries = [new("t", new byte[1])],
            Notice = new AccountNotice { Actor = new("demo", "member", "a"), Member = null, Version = 1, Changed = [], Tallies = Tallies.Empty, OccurredAt = 0 },
        },
        new(0, 1, 1, default)))];
}
