using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>A catalogue's entries and snapshots, to and from durable bytes.</summary>
internal sealed class RewardListForm : IDurableForm<RewardList, RewardListEntry>
{
    public static RewardListForm Json { get; } = new();

    public RewardList Empty => RewardList.Empty;

    public RewardList Apply(RewardList state, RewardListEntry entry) => state.Apply(entry);

    public NewEntry Write(RewardListEntry entry) => entry switch
    {
        RewardListEntry.Listed listed => new(RewardListEntry.Listed.Type, JsonSerializer.SerializeToUtf8Bytes(listed, RewardJson.Default.RewardListed)),
        RewardListEntry.Dropped dropped => new(RewardListEntry.Dropped.Type, JsonSerializer.SerializeToUtf8Bytes(dropped, RewardJson.Default.RewardDropped)),
        RewardListEntry.Told told => new(RewardListEntry.Told.Type, JsonSerializer.SerializeToUtf8Bytes(told, RewardJson.Default.RewardTold)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public RewardListEntry? Read(StoredEntry stored) => stored.Type switch
    {
        RewardListEntry.Listed.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.RewardListed),
        RewardListEntry.Dropped.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.RewardDropped),
        RewardListEntry.Told.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.RewardTold),
        _ => null,
    };

    public byte[] WriteState(RewardList state) => JsonSerializer.SerializeToUtf8Bytes(state, RewardJson.Default.RewardList);

    public RewardList ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, RewardJson.Default.RewardList)!;
}
