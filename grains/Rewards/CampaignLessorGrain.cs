using Gamification.Journal;

namespace Gamification.Rewards;

/// <summary>
/// Ends leases, on whatever node it runs: the journal's keys say what was spent and keep the rest from being spent, whether the node that had the
/// lease lives or not.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class CampaignLessorGrain(IJournal journal) : Grain, ICampaignLessor
{
    public Task<CampaignAmount> End(string campaign, Guid lease, CampaignAmount granted) => LeaseSlots.End(journal, this.GetPrimaryKeyString(), lease, granted);
}
