using Gamification.Members;

namespace Gamification.Live;

/// <summary>
/// A member's own numbers, for all its devices: what the account says when it changes, and the rank on this week's board, which others
/// change too and which is therefore asked for every few seconds.
/// </summary>
internal sealed class MemberStream : IRunningStream, IMemberObserver
{
    // The board hears of a receipt a moment after the account.
    private static readonly TimeSpan BoardFollowsWithin = TimeSpan.FromMilliseconds(250);

    private readonly MemberId _member;
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly string _key;
    private readonly string _streamId;
    private readonly Lock _gate = new();

    // Under the lock.
    private AccountNumbers? _account;
    private long _changedAt;

    private volatile bool _left;

    // The loop's own.
    private IMemberWatch? _watch;
    private TimeSpan _watchedAt;
    private TimeSpan _pollAfter;
    private WeekRank _rank = new(null, null, null, 0, false);
    private MemberNumbers? _published;
    private long _version;
    private TimeSpan _watchDue;
    private TimeSpan _rankDue;
    private TimeSpan _publishDue;
    private long _rankedVersion = -1;
    private volatile Edition? _edition;

    public MemberStream(MemberId member, LiveProgramme programme, LiveContext live)
    {
        _member = member;
        _programme = programme;
        _live = live;
        _key = $"{programme.Id}/{member}";
        _streamId = Guid.CreateVersion7(live.Clock.GetUtcNow()).ToString("N");
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{Topic.Member.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    private TimeSpan Now => Uptime.Now(_live.Clock);

    public Push? Next(Cursor? sent) => _edition is { } edition && sent != edition.Push.Cursor ? edition.Push : null;

    public void Ring() => _loop.Ring();

    public async Task Run(Func<bool> tryRetire, CancellationToken stopping)
    {
        await _loop.Run(Turn, tryRetire, stopping);
        if (_watch is null || stopping.IsCancellationRequested) return;
        await Unwatch();
        _watch.Dispose();
    }

    public Task Changed(AccountNumbers account)
    {
        Keep(account);
        _loop.Ring();
        return Task.CompletedTask;
    }

    public Task Left()
    {
        _left = true;
        _loop.Ring();
        return Task.CompletedTask;
    }

    private async Task<TimeSpan> Turn()
    {
        _watch ??= _live.Watches.Of(_programme.Id, _member, this);
        if (_left || Now >= WatchDue()) await Watch();
        if (Now >= _rankDue) await AskRank();
        PublishWhenDue();
        return TimeSpan.FromTicks(Math.Min(Math.Min(WatchDue().Ticks, _rankDue.Ticks), _publishDue > Now ? _publishDue.Ticks : long.MaxValue));
    }

    private TimeSpan WatchDue() => Polling.Earliest(_watchDue, Polling.Due(_live.Watches.LostSince, _watchedAt, _pollAfter));

    private async Task Watch()
    {
        _watchDue = Now + _live.Options.RetryAfter;
        _left = false;
        try
        {
            Keep(await _watch!.Watch());
            _watchDue = Now + _live.Options.WatchEvery;
            (_watchedAt, _pollAfter) = (Now, _live.Jitter.Over(_live.Options.PollEvery));
        }
        catch (Exception fault)
        {
            // Late numbers are better than none: until it can be watched the account is read once a second.
            _live.Log.LogDebug(fault, "A member cannot be watched; it is asked instead.");
            var view = await _live.Grains.GetGrain<IMemberGrain>(_key).View();
            Keep(new(view.Version, view.Balance, view.Lifetime, view.Receipts));
        }
    }

    private async Task AskRank()
    {
        _rankDue = Now + _live.Options.RankEvery;
        try
        {
            _rank = await _programme.Ranks.Of(_member);
        }
        catch (Exception fault)
        {
            // The balance must not wait for a board in trouble.
            _live.Log.LogDebug(fault, "The week's board could not be asked for a rank; the last known stays.");
            _rankDue = Now + _live.Options.RetryAfter;
        }
    }

    private void Keep(AccountNumbers account)
    {
        lock (_gate)
        {
            if (account.Version <= _account?.Version) return;
            _account = account;
            _changedAt = _live.Clock.GetTimestamp();
        }
    }

    private void PublishWhenDue()
    {
        AccountNumbers? account;
        long changedAt;
        lock (_gate) (account, changedAt) = (_account, _changedAt);
        if (account is null) return;
        if (account.Version != _rankedVersion)
        {
            // The first answer may come before the board has heard of it, so its own change is a reason to ask again soon.
            if (_rankedVersion >= 0 && Now + BoardFollowsWithin < _rankDue) _rankDue = Now + BoardFollowsWithin;
            _rankedVersion = account.Version;
        }

        var numbers = new MemberNumbers(account.Balance, account.Lifetime, account.Receipts, _rank.Rank, _rank.Place, _rank.TiedWith, _rank.Size, _rank.IsVirtual);
        if (numbers == _published || Now < _publishDue) return;

        _publishDue = Now + _live.Options.Pace;
        var arrivedAt = account.Balance == _published?.Balance ? _live.Clock.GetTimestamp() : changedAt;
        _published = numbers;
        var message = new MemberSnapshot(Topic.Member.Text, _streamId, ++_version, _programme.Local(_programme.BusinessTime), numbers);
        _edition = new(new(Messages.Serialized(message), new(_streamId, _version), PushKind.Snapshot, arrivedAt));
        Audience.Tell();
    }

    private async Task Unwatch()
    {
        try
        {
            await _watch!.Unwatch();
        }
        catch (Exception fault)
        {
            // The watch ends by itself in two minutes.
            _live.Log.LogDebug(fault, "A member could not be told that nobody watches it any more.");
        }
    }

    private sealed record Edition(Push Push);
}
