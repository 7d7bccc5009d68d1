using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Journal;

namespace Gamification.Rewards;

/// <summary>What one award took of a campaign: committed with the award, under the key of its slot. To the account it folds to nothing.</summary>
public sealed record CampaignDrawn(string Campaign, Guid Lease, int Slot, long Points, long Awards)
{
    public const string Type = "campaign.drawn";
}

/// <summary>Nothing was drawn under this slot, and nothing ever will be.</summary>
public sealed record LeaseSlotClosed(Guid Lease, int Slot)
{
    public const string Type = "campaign.slot-closed";
}

/// <summary>
/// How a lease is spent and ended without asking the node that has it. Each award takes one of the lease's slots, a key that the journal lets
/// anybody take once. Whoever ends the lease takes the slots that are left: what was committed before is counted, what comes later is refused its slot
/// and must draw anew, however long its node stood still or believed itself alive. So what was spent under a lease is what the journal says.
/// </summary>
internal static class LeaseSlots
{
    /// <summary>Awards under one lease at most. A lease is ended in as many questions to the journal as it was granted points and awards, or in this many.</summary>
    public const int Max = 256;

    private const int AtOnce = 32;

    /// <summary>The entry that commits a use with its award.</summary>
    public static NewEntry Draw(CampaignDrawn drawn) => new(CampaignDrawn.Type, JsonSerializer.SerializeToUtf8Bytes(drawn, RewardJson.Default.CampaignDrawn), KeyOf(drawn.Lease, drawn.Slot));

    /// <summary>Closes all slots that are free; durable on return. Answers what was spent in all. Repeating it answers the same.</summary>
    /// <param name="journal">Where the slots are taken.</param>
    /// <param name="programme">Whose lease it is.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="granted">What was granted in all. Every award takes a point or an award at least, and slots are taken from the first on: there are no more to close.</param>
    public static async Task<CampaignAmount> End(IJournal journal, string programme, Guid lease, CampaignAmount granted)
    {
        var slots = (int)Math.Min(Max, Math.Min(granted.Points, Max) + Math.Min(granted.Awards, Max));
        while (true)
        {
            var (spent, free) = await Look(journal, programme, lease, slots);
            if (free.IsEmpty) return spent;
            var actor = new ActorId(programme, "lease", $"{lease:N}");
            var history = await journal.Load(actor, CancellationToken.None);
            await journal.Append(new()
            {
                Actor = actor,
                ExpectedVersion = history.SnapshotVersion + history.Tail.Length,
                Entries = [.. free.Select(slot => Close(lease, slot))],
            });
        }
    }

    private static async Task<(CampaignAmount Spent, ImmutableArray<int> Free)> Look(IJournal journal, string programme, Guid lease, int slots)
    {
        var spent = default(CampaignAmount);
        var free = ImmutableArray.CreateBuilder<int>();
        foreach (var some in Enumerable.Range(0, slots).Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(slot => journal.FindKey(programme, KeyOf(lease, slot), CancellationToken.None).AsTask()));
            for (var at = 0; at < found.Length; at++)
            {
                if (found[at] is not { } stored) free.Add(some[at]);
                else if (stored.Type == CampaignDrawn.Type) spent += AmountOf(JsonSerializer.Deserialize(stored.Payload.Span, RewardJson.Default.CampaignDrawn)!);
            }
        }

        return (spent, free.DrainToImmutable());
    }

    private static CampaignAmount AmountOf(CampaignDrawn drawn) => new(drawn.Points, drawn.Awards);

    private static NewEntry Close(Guid lease, int slot) =>
        new(LeaseSlotClosed.Type, JsonSerializer.SerializeToUtf8Bytes(new LeaseSlotClosed(lease, slot), RewardJson.Default.LeaseSlotClosed), KeyOf(lease, slot));

    private static BusinessKey KeyOf(Guid lease, int slot) => BusinessKey.Undated(FormattableString.Invariant($"campaign-slot\n{lease:N}\n{slot}\n"), lease);
}
