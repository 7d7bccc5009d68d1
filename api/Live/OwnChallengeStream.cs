using Gamification.Challenges;
using Gamification.Members;

namespace Gamification.Live;

/// <summary>
/// Where one member stands with a challenge, for all its devices: asked for when its account changes, a moment later again, since the challenge hears of a
/// receipt after the account does, and otherwise every few seconds.
/// </summary>
internal sealed class OwnChallengeStream : IRunningStream, IMemberObserver
{
    private readonly ChallengeTopic _topic;
    private readonly MemberId _member;
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly string _streamId;

    // Told by observers: how often it is still to be asked soon.
    private int _soon;
    private volatile bool _left;

    // The loop's own.
    private IMemberWatch? _watch;
    private TimeSpan _watchDue;
    private OwnProgress? _published;
    private long _version;
    private volatile Edition? _edition;

    public OwnChallengeStream(ChallengeTopic topic, MemberId member, LiveProgramme programme, LiveContext live)
    {
        (_topic, _member, _programme, _live) = (topic, member, programme, live);
        _streamId = Guid.CreateVersion7(live.Clock.GetUtcNow()).ToString("N");
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{topic.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    private TimeSpan Now => Uptime.Now(_live.Clock);

    public Push? Next(Cursor? sent) => _edition is { } edition && sent != edition.Push.Cursor ? edition.Push : null;

    public void Ring() => _loop.Ring();

    public async Task Run(Func<bool> tryRetire, CancellationToken stopping)
    {
        await _loop.Run(Turn, tryRetire, stopping);
        if (_watch is null || stopping.IsCancellationRequested) return;
        try
        {
            await _watch.Unwatch();
        }
        catch (Exception fault)
        {
            // The watch ends by itself in two minutes.
            _live.Log.LogDebug(fault, "A member could not be told that nobody watches it any more.");
        }

        _watch.Dispose();
    }

    public Task Changed(AccountNumbers account)
    {
        Volatile.Write(ref _soon, 3);
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
        if (_left || Now >= _watchDue) await Watch();
        if (await _live.Grains.GetGrain<IChallengeListGrain>(_programme.Id).Newest(_topic.Challenge) is { } run)
        {
            var progress = await _live.Grains.GetGrain<IChallengeGrain>(new ChallengeRunId(_programme.Id, _topic.Challenge, run).ToString()).ProgressOf(_member);
            Publish(run, progress);
        }

        var wait = Volatile.Read(ref _soon) > 0 && Interlocked.Decrement(ref _soon) >= 0 ? _live.Options.ChallengeEvery : _live.Options.RankEvery;
        return Polling.Earliest(Now + wait, _watchDue);
    }

    private async Task Watch()
    {
        _watchDue = Now + _live.Options.RetryAfter;
        _left = false;
        try
        {
            await _watch!.Watch();
            _watchDue = Now + _live.Options.WatchEvery;
        }
        catch (Exception fault)
        {
            _live.Log.LogDebug(fault, "A member cannot be watched; its challenge is asked instead.");
        }
    }

    private void Publish(int run, MemberProgress? progress)
    {
        var own = OwnProgress.Of(run, progress);
        if (own == _published) return;
        _published = own;
        var message = new OwnChallengeSnapshot(_topic.Text, _streamId, ++_version, _programme.Local(_programme.BusinessTime), own);
        _edition = new(new(Messages.Serialized(message), new(_streamId, _version), PushKind.Snapshot, _live.Clock.GetTimestamp()));
        Audience.Tell();
    }

    private sealed record Edition(Push Push);
}
