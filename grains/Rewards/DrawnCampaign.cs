using Gamification.Journal;
using Gamification.Programmes.Earning;

namespace Gamification.Rewards;

/// <summary>
/// What one decision has set aside of one campaign. It ends in exactly one of four ways, by what became of the commit: spent, given back, lost because
/// somebody ended the lease, or in doubt.
/// </summary>
internal sealed class DrawnCampaign(NodeCampaign campaign, HeldLease? lease, int slot, CampaignAmount reserved)
{
    public string Campaign => campaign.Id;

    /// <summary>What the rules may take.</summary>
    public CampaignGrant Grant => campaign.GrantOf(reserved);

    /// <summary>The entry that commits this use; null when it takes nothing that is limited.</summary>
    public NewEntry? Entry(CampaignUse use) =>
        campaign.Limited(use) is var amount && amount == default ? null
        : lease is { } held && reserved.Covers(amount) ? LeaseSlots.Draw(new(campaign.Id, held.Id, slot, amount.Points, amount.Awards))
        : throw new InvalidOperationException($"A decision took {use} of a campaign that had left it {reserved}.");

    /// <summary>The commit holds: what was not used is there again.</summary>
    public void Spent(CampaignUse? use)
    {
        if (lease is null) return;
        var amount = use is { } used ? campaign.Limited(used) : default;
        lease.Spend(amount);
        lease.GiveBack(reserved - amount, amount == default ? slot : null);
        campaign.Settled(gaveBack: amount != reserved);
    }

    /// <summary>Nothing was committed.</summary>
    public void GiveBack() => Spent(null);

    /// <summary>The slot was taken by whoever ended the lease.</summary>
    public void Lost()
    {
        if (lease is null) return;
        lease.End();
        campaign.Settled(gaveBack: true);
    }

    /// <summary>Nobody knows whether it was committed.</summary>
    public void Doubt()
    {
        if (lease is null) return;
        lease.Doubt();
        campaign.Settled(gaveBack: true);
    }
}
