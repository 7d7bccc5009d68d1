using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>A campaign's entries and snapshots, to and from durable bytes. What opens a lease carries its key: a closed one is never opened again.</summary>
internal sealed class TreasuryForm : IDurableForm<Treasury, TreasuryEntry>
{
    public static TreasuryForm Json { get; } = new();

    public Treasury Empty => Treasury.Empty;

    public Treasury Apply(Treasury state, TreasuryEntry entry) => state.Apply(entry);

    public NewEntry Write(TreasuryEntry entry) => entry switch
    {
        TreasuryEntry.Set set => new(TreasuryEntry.Set.Type, JsonSerializer.SerializeToUtf8Bytes(set, RewardJson.Default.TreasurySet)),
        TreasuryEntry.Leased leased => new(TreasuryEntry.Leased.Type, JsonSerializer.SerializeToUtf8Bytes(leased, RewardJson.Default.TreasuryLeased), leased.Opens ? KeyOf(leased.Lease) : null),
        TreasuryEntry.Closed closed => new(TreasuryEntry.Closed.Type, JsonSerializer.SerializeToUtf8Bytes(closed, RewardJson.Default.TreasuryClosed)),
        TreasuryEntry.Alerted alerted => new(TreasuryEntry.Alerted.Type, JsonSerializer.SerializeToUtf8Bytes(alerted, RewardJson.Default.TreasuryAlerted)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public TreasuryEntry? Read(StoredEntry stored) => stored.Type switch
    {
        TreasuryEntry.Set.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.TreasurySet),
        TreasuryEntry.Leased.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.TreasuryLeased),
        TreasuryEntry.Closed.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.TreasuryClosed),
        TreasuryEntry.Alerted.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.TreasuryAlerted),
        _ => null,
    };

    public byte[] WriteState(Treasury state) => JsonSerializer.SerializeToUtf8Bytes(state, RewardJson.Default.Treasury);

    public Treasury ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, RewardJson.Default.Treasury)!;

    private static BusinessKey KeyOf(Guid lease) =>
        BusinessKey.Undated($"campaign-lease\n{lease:N}\n", lease);
}
