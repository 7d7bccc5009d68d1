using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>A campaign's entries and snapshots, to and from durable bytes. What opens a lease carries its key: a closed one is never opened again.</summary>
internal static class TreasuryForm
{
    public static JsonForm<Treasury, TreasuryEntry> Json { get; } = new JsonForm<Treasury, TreasuryEntry>(Treasury.Empty, static (state, entry) => state.Apply(entry), RewardJson.Default.Treasury)
        .With(TreasuryEntry.Set.Type, RewardJson.Default.TreasurySet)
        .With(TreasuryEntry.Leased.Type, RewardJson.Default.TreasuryLeased, leased => leased.Opens ? KeyOf(leased.Lease) : null)
        .With(TreasuryEntry.Closed.Type, RewardJson.Default.TreasuryClosed)
        .With(TreasuryEntry.Alerted.Type, RewardJson.Default.TreasuryAlerted);

    private static BusinessKey KeyOf(Guid lease) =>
        BusinessKey.Undated($"campaign-lease\n{lease:N}\n", lease);
}
