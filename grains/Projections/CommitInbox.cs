using System.Collections.Immutable;
using System.Threading.Channels;
using Gamification.Journal;

namespace Gamification.Projections;

/// <summary>What one commit told the consumers. <see cref="PreviousSeq"/> is <see cref="Unknown"/> when something before it was not told.</summary>
public sealed record CommitNotices(int Partition, long PreviousSeq, long ToSeq, ImmutableArray<AccountNotice> Notices)
{
    public const long Unknown = -1;

    public ImmutableArray<PrivacyNotice> Wishes { get; init; } = [];
}

/// <summary>
/// Where a consumer of commits finds what it has not taken yet, in order, among its other messages. It keeps notices and lets the payloads go,
/// and no more than so many of them: beyond that it remembers only how far each partition came, and the consumer reads the journal.
/// </summary>
internal sealed class CommitInbox(int noticesMax = CommitInbox.NoticesMax)
{
    public const int NoticesMax = 65_536;

    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>(new() { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _untold = [];
    private readonly Queue<object> _told = new();
    private int _held;

    private sealed record Untold;

    /// <summary>Runs in the writers' turns: it never waits.</summary>
    public void Tell(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        var notices = ImmutableArray.CreateBuilder<AccountNotice>(appends.Count);
        ImmutableArray<PrivacyNotice> wishes = [];
        foreach (var (append, _) in appends)
        {
            if (append.Notice is AccountNotice notice) notices.Add(notice);
            else if (append.Notice is PrivacyNotice wish) wishes = wishes.Add(wish);
        }

        lock (_gate)
        {
            if (_held < noticesMax)
            {
                _held += Weight(notices.Count + wishes.Length);
                _messages.Writer.TryWrite(new CommitNotices(partition, previousSeq, toSeq, notices.DrainToImmutable()) { Wishes = wishes });
                return;
            }

            // One message says that there is a gap, so that it is noticed even if nothing is ever committed again.
            if (_untold.Count == 0) _messages.Writer.TryWrite(new Untold());
            _untold[partition] = toSeq;
        }
    }

    public void Post(object message) => _messages.Writer.TryWrite(message);

    public ValueTask<bool> WaitToRead(CancellationToken cancellation) => _told.Count > 0 ? new(true) : _messages.Reader.WaitToReadAsync(cancellation);

    public bool TryTake(out object message)
    {
        while (!_told.TryDequeue(out message!))
        {
            if (!_messages.Reader.TryRead(out message!)) return false;
            if (message is CommitNotices commit) Release(commit);
            if (message is not Untold) return true;
            TellUntold();
        }

        return true;
    }

    private void Release(CommitNotices commit)
    {
        lock (_gate) _held -= Weight(commit.Notices.Length + commit.Wishes.Length);
    }

    private void TellUntold()
    {
        lock (_gate)
        {
            foreach (var (partition, toSeq) in _untold) _told.Enqueue(new CommitNotices(partition, CommitNotices.Unknown, toSeq, []));
            _untold.Clear();
        }
    }

    /// <summary>A commit without notices is not for nothing.</summary>
    private static int Weight(int notices) => Math.Max(1, notices);
}
