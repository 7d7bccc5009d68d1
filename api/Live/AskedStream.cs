using System.Text.Json;

namespace Gamification.Live;

/// <summary>What a topic that is asked for says, as a whole.</summary>
internal sealed record AskedSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, object Content)
{
    public string Kind => "snapshot";
}

/// <summary>
/// A topic that moves slowly and that nobody tells of: its answer is asked for every so often while somebody follows, and published when it has become another.
/// </summary>
internal sealed class AskedStream : IRunningStream
{
    private readonly string _topic;
    private readonly Func<Task<object>> _ask;
    private readonly TimeSpan _every;
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly string _streamId;

    // The loop's own.
    private string _published = "";
    private long _version;
    private volatile Edition? _edition;

    public AskedStream(string topic, Func<Task<object>> ask, TimeSpan every, LiveProgramme programme, LiveContext live)
    {
        (_topic, _ask, _every, _programme, _live) = (topic, ask, every, programme, live);
        _streamId = Guid.CreateVersion7(live.Clock.GetUtcNow()).ToString("N");
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{topic}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    public Push? Next(Cursor? sent) => _edition is { } edition && sent != edition.Push.Cursor ? edition.Push : null;

    public void Ring() => _loop.Ring();

    public Task Run(Func<bool> tryRetire, CancellationToken stopping) => _loop.Run(Turn, tryRetire, stopping);

    private async Task<TimeSpan> Turn()
    {
        var content = await _ask();
        var text = JsonSerializer.Serialize(content);
        if (text != _published)
        {
            _published = text;
            var message = new AskedSnapshot(_topic, _streamId, ++_version, _programme.Local(_programme.BusinessTime), content);
            _edition = new(new(Messages.Serialized(message), new(_streamId, _version), PushKind.Snapshot, _live.Clock.GetTimestamp()));
            Audience.Tell();
        }

        return Uptime.Now(_live.Clock) + _every;
    }

    private sealed record Edition(Push Push);
}
