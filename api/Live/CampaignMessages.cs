using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Rewards;

namespace Gamification.Live;

/// <summary>What is committed of the programme's budgets and quotas, and when each reached its alert.</summary>
internal sealed record CampaignsMessage(ImmutableArray<CampaignNumbers> Campaigns)
{
    public static async Task<CampaignsMessage> Of(LiveProgramme programme, IGrainFactory grains)
    {
        var campaigns = programme.Campaigns;
        var views = await Task.WhenAll(campaigns.Select(campaign => grains.GetGrain<ICampaignGrain>($"{programme.Id}/{campaign.Id}").View()));
        return new([.. campaigns.Zip(views, CampaignNumbers.Of)]);
    }
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
