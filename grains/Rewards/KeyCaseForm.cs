using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>Voucher keys' entries and snapshots, to and from durable bytes. No secret is in them.</summary>
internal sealed class KeyCaseForm : IDurableForm<KeyCase, KeyCaseEntry>
{
    public static KeyCaseForm Json { get; } = new();

    public KeyCase Empty => KeyCase.Empty;

    public KeyCase Apply(KeyCase state, KeyCaseEntry entry) => state.Apply(entry);

    public NewEntry Write(KeyCaseEntry entry) => entry switch
    {
        KeyCaseEntry.Begun begun => new(KeyCaseEntry.Begun.Type, JsonSerializer.SerializeToUtf8Bytes(begun, RewardJson.Default.KeyBegun)),
        KeyCaseEntry.Revoked revoked => new(KeyCaseEntry.Revoked.Type, JsonSerializer.SerializeToUtf8Bytes(revoked, RewardJson.Default.VoucherRevoked)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public KeyCaseEntry? Read(StoredEntry stored) => stored.Type switch
    {
        KeyCaseEntry.Begun.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.KeyBegun),
        KeyCaseEntry.Revoked.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.VoucherRevoked),
        _ => null,
    };

    public byte[] WriteState(KeyCase state) => JsonSerializer.SerializeToUtf8Bytes(state, RewardJson.Default.KeyCase);

    public KeyCase ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, RewardJson.Default.KeyCase)!;
}
