using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>Voucher keys' entries and snapshots, to and from durable bytes. No secret is in them.</summary>
internal static class KeyCaseForm
{
    public static JsonForm<KeyCase, KeyCaseEntry> Json { get; } = new JsonForm<KeyCase, KeyCaseEntry>(KeyCase.Empty, static (state, entry) => state.Apply(entry), RewardJson.Default.KeyCase)
        .With(KeyCaseEntry.Begun.Type, RewardJson.Default.KeyBegun)
        .With(KeyCaseEntry.Revoked.Type, RewardJson.Default.VoucherRevoked);
}
