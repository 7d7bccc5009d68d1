using Gamification.Api;
using Gamification.Impacts;
using Gamification.Members;

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

        var key = topic is MemberTopic or ChallengeTopic { IsOwn: true } or ImpactTopic { IsOwn: true } or LeagueTopic
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
        CampaignsTopic => new AskedStream(topic.Text, async () => await CampaignsMessage.Of(programme, live.Grains), live.Options.CampaignsEvery, programme, live),
        ChallengesTopic => new AskedStream(topic.Text, async () => await ChallengeListMessage.Of(programme, live), live.Options.ChallengesEvery, programme, live),
        ChallengeTopic challenge => new ChallengeStream(challenge, programme, live),
        ImpactTopic { IsOwn: true } => Asked(topic, programme, async impact => ImpactMessage.Of(await impact.Of(connection.Viewer.Member!.Value))),
        ImpactTopic { Store: var store } => Asked(topic, programme, async impact => ImpactMessage.Of(await impact.View(store))),
        LeagueTopic { League: var league } => new AskedStream(topic.Text, () => Ask(programme.Id, league, connection.Viewer.Member!.Value), live.Options.LeagueEvery, programme, live),
        _ => new MemberStream(connection.Viewer.Member!.Value, programme, live),
    };

    /// <summary>A league that is no more says so once and is silent.</summary>
    private async Task<object> Ask(string programme, string league, MemberId member) => await LeagueReading.Find(live.Grains, programme, league, member, async members =>
    {
        var names = await live.Names.Find(programme, members, CancellationToken.None);
        return [.. members.Select(one => names.TryGetValue(one, out var name) ? new MemberName(name.Id, name.Name) : MemberName.Gone)];
    }) ?? (object)new { };

    private AskedStream Asked(Topic topic, LiveProgramme programme, Func<IImpactGrain, Task<object>> ask) =>
        new(topic.Text, () => ask(live.Grains.GetGrain<IImpactGrain>(programme.Id)), live.Options.ImpactEvery, programme, live);

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
