using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>A catalogue's entries and snapshots, to and from durable bytes.</summary>
internal static class RewardListForm
{
    public static JsonForm<RewardList, RewardListEntry> Json { get; } = new JsonForm<RewardList, RewardListEntry>(RewardList.Empty, static (state, entry) => state.Apply(entry), RewardJson.Default.RewardList)
        .With(RewardListEntry.Listed.Type, RewardJson.Default.RewardListed)
        .With(RewardListEntry.Dropped.Type, RewardJson.Default.RewardDropped)
        .With(RewardListEntry.Told.Type, RewardJson.Default.RewardTold);
}
