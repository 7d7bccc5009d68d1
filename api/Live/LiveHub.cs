using Gamification.Api;
using Gamification.Challenges;
using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>What clients call. All that follows comes as <c>message</c>.</summary>
internal sealed class LiveHub(
    LiveConnections connections, LiveProgrammes programmes, LiveStreams streams, ILiveAccess access, LiveContext live) : Hub
{
    /// <summary>Follows a topic: a snapshot comes, then deltas. Asking for one that is followed already is asking for a snapshot.</summary>
    public async Task Subscribe(string topic)
    {
        if (Caller() is not { } caller || caller.Resnapshot(topic)) return;
        if (await TryFollow(caller, topic) is { } reason) await Refuse(caller, topic, reason);
    }

    public Task Unsubscribe(string topic)
    {
        Caller()?.Unfollow(topic);
        return Task.CompletedTask;
    }

    /// <summary>The client cannot use what it got; the next message of this topic is a snapshot.</summary>
    public async Task Resnapshot(string topic)
    {
        if (Caller() is { } caller && !caller.Resnapshot(topic)) await Refuse(caller, topic, Refused.UnknownTopic);
    }

    /// <summary>
    /// This host's time in Unix milliseconds; 0 for who asks too often. A client measures its offset by it, half of the shortest of some round trips off at most, so that
    /// what is counted down to comes at the same instant everywhere.
    /// </summary>
    public Task<long> Time() => Task.FromResult(Caller() is null ? 0 : live.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<string?> TryFollow(LiveConnection caller, string text)
    {
        if (Topic.Parse(text) is not { } topic) return Refused.UnknownTopic;
        if (!MayFollow(caller.Viewer, topic)) return Refused.Unauthorised;
        if (caller.TopicCount >= live.Options.TopicsPerConnectionMax) return Refused.TooManyTopics;
        if (await programmes.Find(caller.Viewer.Programme) is not { } programme) return Refused.UnknownTopic;
        if (topic is ImpactTopic { Store: { } store } && !programme.HasStore(store)) return Refused.UnknownTopic;
        if (topic is LeagueTopic { League: var league } && !(await LeagueReading.Ids(live.Grains, programme.Id)).Contains(league)) return Refused.UnknownTopic;
        if (topic is BoardTopic board && !await programme.Has(board)) return Refused.UnknownTopic;
        if (topic is ChallengeTopic { Challenge: var challenge } && await live.Grains.GetGrain<IChallengeListGrain>(programme.Id).Newest(challenge) is null) return Refused.UnknownTopic;

        caller.Follow(streams.Join(caller, topic, programme));
        return null;
    }

    private bool MayFollow(LiveViewer viewer, Topic topic) => topic switch
    {
        BoardTopic board => access.MayReadBoards(viewer, board.Scope),
        MemberTopic or ChallengeTopic { IsOwn: true } or ImpactTopic { IsOwn: true } or LeagueTopic => viewer.Member is not null,
        ChallengeTopic or ChallengesTopic or ImpactTopic => true,
        CampaignsTopic => viewer.ReadsCampaigns,
        _ => viewer.Screen is not null,
    };

    /// <summary>Null when the connection is not, or no longer, to be answered.</summary>
    private LiveConnection? Caller()
    {
        var caller = connections.Find(Context.ConnectionId);
        if (caller?.MayCall() != false) return caller;
        live.Metrics.Refused("too-many-calls");
        caller.Close();
        return null;
    }

    private Task Refuse(LiveConnection caller, string topic, string reason)
    {
        live.Metrics.Refused(reason);
        return caller.Write(Messages.Serialized(new Refused(topic, reason)));
    }
}
