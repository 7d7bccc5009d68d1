namespace Gamification.Live;

/// <summary>The streams that run in this process: one for each topic that is followed, whoever follows. They end as soon as the host begins to stop, before the actors whom they ask.</summary>
internal sealed class LiveStreams(LiveContext live, IHostApplicationLifetime host) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IRunningStream> _running = [];
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);

    /// <summary>Joins the stream of this topic, and starts it for its first follower.</summary>
    public Subscription Join(LiveConnection connection, Topic topic, LiveProgramme programme)
    {
        if (topic is ScreenTopic) return Join(connection, topic, connection.Screen!);

        var key = topic is MemberTopic or ChallengeTopic { IsOwn: true }
            ? $"{programme.Id}/{topic.Text}/{connection.Viewer.Member}"
            : $"{programme.Id}/{topic.Text}";
        lock (_gate)
        {
            if (_running.TryGetValue(key, out var stream)) return Join(connection, topic, stream);

            var started = Create(connection, topic, programme);
            _running.Add(key, started);

            // Joined before it runs, or it might retire for want of followers.
            var subscription = Join(connection, topic, started);
            live.Metrics.TopicOpened();
            _ = Task.Run(() => started.Run(() => TryRetire(key, started), _stopping.Token));
            return subscription;
        }
    }

    /// <summary>The business time may have moved on: those whose window ended move with it.</summary>
    public void RingAll()
    {
        lock (_gate)
        {
            foreach (var stream in _running.Values) stream.Ring();
        }
    }

    public BoardStream[] Boards()
    {
        lock (_gate) return [.. _running.Values.OfType<BoardStream>()];
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private IRunningStream Create(LiveConnection connection, Topic topic, LiveProgramme programme) => topic switch
    {
        BoardTopic board => new BoardStream(board, programme, live),
        ChallengeTopic { IsOwn: true } own => new OwnChallengeStream(own, connection.Viewer.Member!.Value, programme, live),
        ChallengeTopic challenge => new ChallengeStream(challenge, programme, live),
        _ => new MemberStream(connection.Viewer.Member!.Value, programme, live),
    };

    private static Subscription Join(LiveConnection connection, Topic topic, ILiveStream stream)
    {
        var subscription = new Subscription(connection, topic, stream);
        stream.Audience.Add(subscription);
        return subscription;
    }

    private bool TryRetire(string key, IRunningStream stream)
    {
        lock (_gate)
        {
            if (stream.Audience.EmptySince is null) return false;
            _running.Remove(key);
        }

        live.Metrics.TopicClosed();
        return true;
    }
}
