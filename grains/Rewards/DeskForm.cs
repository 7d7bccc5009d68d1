using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>An agent's entries and snapshots, to and from durable bytes. What gives and what finishes a gesture each carry its key.</summary>
internal sealed class DeskForm : IDurableForm<Desk, DeskEntry>
{
    public static DeskForm Json { get; } = new();

    public Desk Empty => Desk.Empty;

    public Desk Apply(Desk state, DeskEntry entry) => state.Apply(entry);

    public static BusinessKey KeyOf(Guid gesture, string step) =>
        BusinessKey.Undated($"gesture-{step}\n{gesture:N}\n", gesture);

    public NewEntry Write(DeskEntry entry) => entry switch
    {
        DeskEntry.Set set => new(DeskEntry.Set.Type, JsonSerializer.SerializeToUtf8Bytes(set, RewardJson.Default.DeskSet)),
        DeskEntry.Given given => new(DeskEntry.Given.Type, JsonSerializer.SerializeToUtf8Bytes(given, RewardJson.Default.DeskGiven), KeyOf(given.Gesture.Id, "given")),
        DeskEntry.Decided decided => new(
            DeskEntry.Decided.Type, JsonSerializer.SerializeToUtf8Bytes(decided, RewardJson.Default.DeskDecided), decided.Approved ? null : KeyOf(decided.Id, "finished")),
        DeskEntry.Arrived arrived => new(DeskEntry.Arrived.Type, JsonSerializer.SerializeToUtf8Bytes(arrived, RewardJson.Default.DeskArrived), KeyOf(arrived.Id, "finished")),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public DeskEntry? Read(StoredEntry stored) => stored.Type switch
    {
        DeskEntry.Set.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.DeskSet),
        DeskEntry.Given.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.DeskGiven),
        DeskEntry.Decided.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.DeskDecided),
        DeskEntry.Arrived.Type => JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.DeskArrived),
        _ => null,
    };

    public byte[] WriteState(Desk state) => JsonSerializer.SerializeToUtf8Bytes(state, RewardJson.Default.Desk);

    public Desk ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, RewardJson.Default.Desk)!;
}
