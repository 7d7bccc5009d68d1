namespace Gamification.Live;

/// <summary>What one paired screen is told of itself. It lives and ends with the screen's connection.</summary>
internal sealed class ScreenStream(string connectionId, LiveScreen screen, LiveContext live) : ILiveStream
{
    private LiveScreen _screen = screen;
    private long _version = 1;
    private volatile Edition _edition = Compose(connectionId, 1, screen, live);

    public Audience Audience { get; } = new(live.Clock);

    public Push? Next(Cursor? sent) => sent != _edition.Push.Cursor ? _edition.Push : null;

    public void Show(LiveScreen screen)
    {
        if (screen == _screen) return;
        _screen = screen;
        _edition = Compose(connectionId, ++_version, screen, live);
        Audience.Tell();
    }

    private static Edition Compose(string streamId, long version, LiveScreen screen, LiveContext live)
    {
        var message = new ScreenSnapshot(Topic.Screen.Text, streamId, version, live.Clock.GetUtcNow(), screen);
        return new(new(Messages.Serialized(message), new(streamId, version), PushKind.Snapshot, live.Clock.GetTimestamp()));
    }

    private sealed record Edition(Push Push);
}
