using Gamification.Rules.Challenges;
using Gamification.Vault;

namespace Gamification.Challenges;

/// <summary>
/// Brings prizes to members, a chunk after the other, many members at a time. A chunk is recorded once every member of it has answered; whatever dies before, the
/// whole chunk is sent again, and members know what they have. Whom the vault no longer knows is erased: there is nobody to receive it.
/// </summary>
internal sealed class PrizePosting(SettlementArchive archive, IGrainFactory grains, ChallengeRunId id, IVault? vault = null)
{
    private const int SliceSize = 512;

    /// <summary>A quarter of the journal's queue: tills find room beside it.</summary>
    private const int SlicesTogether = 4;

    /// <summary>Null when there is no such chunk: everything is posted.</summary>
    public async Task<RunEntry.Posted?> Post(int chunk, string certificate, long now)
    {
        if (await archive.Prizes(chunk, certificate) is not { } won) return null;
        var sent = new List<Task<PrizeOutcome[]>>();
        foreach (var slice in won.Prizes.Chunk(SliceSize))
        {
            if (sent.Count >= SlicesTogether) await sent[^SlicesTogether];
            sent.Add(Send(slice));
        }

        var (received, gone, at) = (0L, new List<Guid>(), 0);
        foreach (var outcome in (await Task.WhenAll(sent)).SelectMany(outcomes => outcomes))
        {
            if (outcome == PrizeOutcome.Gone) gone.Add(won.Slots[at]);
            else received++;
            at++;
        }

        return new(chunk + 1, received, [.. gone], now);
    }

    private async Task<PrizeOutcome[]> Send(Prize[] slice)
    {
        var known = vault is null ? null : await vault.FindMembers(id.Programme, Array.ConvertAll(slice, prize => prize.Id.Member), CancellationToken.None);
        return await Task.WhenAll(slice.Select(prize => known?.ContainsKey(prize.Id.Member) == false ? Task.FromResult(PrizeOutcome.Gone) : Receiver(prize.Id.Member).Receive(prize)));
    }

    /// <summary>Takes back everything that a slot has won. False when it has won nothing.</summary>
    public async Task<bool> TakeBack(Guid slot, string certificate, string reason)
    {
        var any = false;
        for (var chunk = 0; await archive.Prizes(chunk, certificate) is { } won; chunk++)
        {
            for (var at = 0; at < won.Prizes.Count; at++)
            {
                if (won.Slots[at] != slot) continue;
                any = true;
                await Receiver(won.Prizes[at].Id.Member).TakeBack(won.Prizes[at].Id, reason);
            }
        }

        return any;
    }

    private IPrizeReceiver Receiver(MemberId member) => grains.GetGrain<IPrizeReceiver>($"{id.Programme}/{member}");
}
