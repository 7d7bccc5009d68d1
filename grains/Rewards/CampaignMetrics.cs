using System.Diagnostics.Metrics;

namespace Gamification.Rewards;

/// <summary>What an operator sees of campaigns, as the meter <c>Gamification.Campaigns</c>.</summary>
public sealed class CampaignMetrics
{
    public const string MeterName = "Gamification.Campaigns";

    private readonly Counter<long> _alerts;

    public CampaignMetrics(IMeterFactory? meters = null) =>
        _alerts = (meters?.Create(MeterName) ?? new Meter(MeterName)).CreateCounter<long>("campaigns.alerts", "{alert}", "Campaigns of which the alert's part of budget or quota was committed, once for each version of their terms.");

    public void Alerted(string programme, string campaign) => _alerts.Add(1, new("programme", programme), new("campaign", campaign));
}
