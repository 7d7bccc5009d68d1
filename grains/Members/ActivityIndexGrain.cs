using Gamification.Activities;
using Gamification.Journal;

namespace Gamification.Members;

/// <summary>Asks the journal's keys who holds an event.</summary>
[StatelessWorker, Reentrant]
internal sealed class ActivityIndexGrain(IJournal journal) : Grain, IActivityIndexGrain
{
    public Task<MemberId?> OwnerOf(ActivityKey activity) => ActivityLedger.OwnerOf(journal, this.GetPrimaryKeyString(), activity);
}
