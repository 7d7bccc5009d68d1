using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Rewards;

namespace Gamification.Live;

/// <summary>What is committed of the programme's budgets and quotas, and when each reached its alert. Asked for once a second while a marketer follows it, and told when it has changed.</summary>
internal sealed class CampaignsStream : IRunningStream
{
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly string _streamId;

    // The loop's own.
    private string _published = "";
    private long _version;
    private volatile Edition? _edition;

    public CampaignsStream(LiveProgramme programme, LiveContext live)
    {
        (_programme, _live) = (programme, live);
        _streamId = Guid.CreateVersion7(live.Clock.GetUtcNow()).ToString("N");
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{Topic.Campaigns.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    public Push? Next(Cursor? sent) => _edition is { } edition && sent != edition.Push.Cursor ? edition.Push : null;

    public void Ring() => _loop.Ring();

    public Task Run(Func<bool> tryRetire, CancellationToken stopping) => _loop.Run(Turn, tryRetire, stopping);

    private async Task<TimeSpan> Turn()
    {
        var campaigns = _programme.Campaigns;
        var views = await Task.WhenAll(campaigns.Select(campaign => _live.Grains.GetGrain<ICampaignGrain>($"{_programme.Id}/{campaign.Id}").View()));
        Publish([.. campaigns.Zip(views, CampaignNumbers.Of)]);
        return Uptime.Now(_live.Clock) + _live.Options.CampaignsEvery;
    }

    private void Publish(ImmutableArray<CampaignNumbers> campaigns)
    {
        var text = JsonSerializer.Serialize(campaigns);
        if (text == _published) return;
        _published = text;
        var message = new CampaignsSnapshot(Topic.Campaigns.Text, _streamId, ++_version, _programme.Local(_live.Clock.GetUtcNow()), campaigns);
        _edition = new(new(Messages.Serialized(message), new(_streamId, _version), PushKind.Snapshot, _live.Clock.GetTimestamp()));
        Audience.Tell();
    }

    private sealed record Edition(Push Push);
}

internal sealed record CampaignsSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, ImmutableArray<CampaignNumbers> Campaigns)
{
    public string Kind => "snapshot";
}

/// <summary>As over HTTP: null for no limit.</summary>
internal sealed record CampaignNumbers(string Id, LimitNumbers? Budget, LimitNumbers? Quota, int AlertAt, DateTimeOffset? AlertedAt)
{
    public static CampaignNumbers Of(Campaign campaign, CampaignView view) => new(
        campaign.Id,
        LimitNumbers.Of(campaign.Budget, view.Spent.Points, view.Committed.Points),
        LimitNumbers.Of(campaign.Quota, view.Spent.Awards, view.Committed.Awards),
        campaign.AlertAt,
        view.AlertedAt);
}

internal sealed record LimitNumbers(long Limit, long Spent, long Committed)
{
    public static LimitNumbers? Of(long? limit, long spent, long committed) => limit is { } most ? new(most, Math.Max(0, spent), committed) : null;
}
