using System.Text.Json;
using Gamification.Challenges;

namespace Gamification.Live;

/// <summary>
/// A challenge's totals for everybody who follows it. The run is asked a few times a second while somebody does, and at the very instant of each reveal and of
/// each change of phase, so that all hosts tell of it together.
/// </summary>
internal sealed class ChallengeStream : IRunningStream
{
    private readonly ChallengeTopic _topic;
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly string _streamId;

    // The loop's own.
    private int _run;
    private TimeSpan _runDue;
    private string _published = "";
    private long _version;
    private volatile Edition? _edition;

    public ChallengeStream(ChallengeTopic topic, LiveProgramme programme, LiveContext live)
    {
        (_topic, _programme, _live) = (topic, programme, live);
        _streamId = Guid.CreateVersion7(live.Clock.GetUtcNow()).ToString("N");
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{topic.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    private TimeSpan Now => Uptime.Now(_live.Clock);

    public Push? Next(Cursor? sent) => _edition is { } edition && sent != edition.Push.Cursor ? edition.Push : null;

    public void Ring() => _loop.Ring();

    public Task Run(Func<bool> tryRetire, CancellationToken stopping) => _loop.Run(Turn, tryRetire, stopping);

    private async Task<TimeSpan> Turn()
    {
        if (Now >= _runDue)
        {
            _run = await _live.Grains.GetGrain<IChallengeListGrain>(_programme.Id).Newest(_topic.Challenge) ?? 0;
            _runDue = Now + _live.Options.NewestRunEvery;
        }

        if (_run == 0) return _runDue;
        var view = await _live.Grains.GetGrain<IChallengeGrain>(new ChallengeRunId(_programme.Id, _topic.Challenge, _run).ToString()).View(_live.Clock.GetUtcNow());
        if (view.Challenge is null || view.Phase == ChallengePhase.Draft) return _runDue;
        Publish(view);
        return Now + Until(view);
    }

    /// <summary>Not before the pace of a topic has passed.</summary>
    private TimeSpan Until(ChallengeView view)
    {
        var next = _live.Options.ChallengeEvery;
        foreach (var instant in new[] { view.NextAt, view.RevealsAt })
        {
            if (instant - view.At is { } wait && wait < next) next = wait;
        }

        return next > _live.Options.Pace ? next : _live.Options.Pace;
    }

    private void Publish(ChallengeView view)
    {
        var numbers = ChallengeNumbers.Of(view);
        var text = JsonSerializer.Serialize(numbers);
        if (text == _published) return;
        _published = text;
        var message = new ChallengeSnapshot(_topic.Text, _streamId, ++_version, _programme.Local(view.At), numbers);
        _edition = new(new(Messages.Serialized(message), new(_streamId, _version), PushKind.Snapshot, _live.Clock.GetTimestamp()));
        Audience.Tell();
    }

    private sealed record Edition(Push Push);
}
