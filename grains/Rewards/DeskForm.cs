using Gamification.Journal;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>An agent's entries and snapshots, to and from durable bytes. What gives and what finishes a gesture each carry its key.</summary>
internal static class DeskForm
{
    public static JsonForm<Desk, DeskEntry> Json { get; } = new JsonForm<Desk, DeskEntry>(Desk.Empty, static (state, entry) => state.Apply(entry), RewardJson.Default.Desk)
        .With(DeskEntry.Set.Type, RewardJson.Default.DeskSet)
        .With(DeskEntry.Given.Type, RewardJson.Default.DeskGiven, given => KeyOf(given.Gesture.Id, "given"))
        .With(DeskEntry.Decided.Type, RewardJson.Default.DeskDecided, decided => decided.Approved ? null : KeyOf(decided.Id, "finished"))
        .With(DeskEntry.Arrived.Type, RewardJson.Default.DeskArrived, arrived => KeyOf(arrived.Id, "finished"));

    public static BusinessKey KeyOf(Guid gesture, string step) =>
        BusinessKey.Undated($"gesture-{step}\n{gesture:N}\n", gesture);
}
