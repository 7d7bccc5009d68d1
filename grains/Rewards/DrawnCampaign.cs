using Gamification.Journal;
using Gamification.Programmes.Earning;

namespace Gamification.Rewards;

/// <summary>
/// What one decision has set aside of one campaign; nothing for what brings back. It ends in exactly one of four ways, by what became of the commit:
/// spent, given back, lost because somebody ended the lease, or in doubt.
/// </summary>
internal sealed class DrawnCampaign(NodeCampaign campaign, HeldLease? lease, CampaignAmount reserved, bool isReturn = false)
{
    private CampaignAmount _used;

    public string Campaign => campaign.Id;

    /// <summary>Whether it brings points back rather than to take any.</summary>
    public bool IsReturn => isReturn;

    /// <summary>What the rules may take.</summary>
    public CampaignGrant Grant => campaign.GrantOf(reserved);

    /// <summary>What is committed under the lease; null when nothing that is limited.</summary>
    public LeaseUse? Use(CampaignUse use)
    {
        _used = campaign.Limited(use);
        return _used == default ? null
            : lease is { } held && reserved.Covers(_used) ? new(held.Id, _used.Points, _used.Awards)
            : throw new InvalidOperationException($"A decision took {use} of a campaign that had left it {reserved}.");
    }

    /// <summary>The commit holds: what was not used is there again.</summary>
    public void Spent()
    {
        if (lease is null) return;
        lease.Spend(_used);
        lease.GiveBack(reserved - _used);
        campaign.Settled(gaveBack: _used != reserved);
        if (_used.Points < 0) campaign.Tell(lease);
    }

    /// <summary>Nothing was committed.</summary>
    public void GiveBack()
    {
        _used = default;
        Spent();
    }

    /// <summary>Somebody has ended the lease.</summary>
    public void Lost()
    {
        if (lease is null) return;
        lease.End();
        campaign.Settled(gaveBack: true);
    }

    /// <summary>Whether this is of that lease.</summary>
    public bool IsOf(Guid id) => lease?.Id == id;

    /// <summary>Nobody knows whether it was committed.</summary>
    public void Doubt()
    {
        if (lease is null) return;
        lease.Doubt();
        campaign.Settled(gaveBack: true);
    }
}
