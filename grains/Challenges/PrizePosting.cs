using Gamification.Rules.Challenges;
using Gamification.Vault;

namespace Gamification.Challenges;

/// <summary>
/// Brings prizes to members, a chunk after the other, many members at a time. A chunk is recorded once every member of it has answered; whatever dies before, the
/// whole chunk is sent again, and members know what they have. Whom the vault no longer knows is erased: there is nobody to receive it.
/// </summary>
internal sealed class PrizePosting(SettlementArchive archive, IGrainFactory grains, ChallengeRunId id, IVault? vault = null)
{
    private const int MembersTogether = 512;

    /// <summary>Null when there is no such chunk: everything is posted.</summary>
    public async Task<RunEntry.Posted?> Post(int chunk, string certificate, long now)
    {
        if (await archive.Prizes(chunk, certificate) is not { } won) return null;
        var (received, gone) = (0L, new List<Guid>());
        for (var from = 0; from < won.Prizes.Count; from += MembersTogether)
        {
            var together = won.Prizes.Skip(from).Take(MembersTogether).ToArray();
            var known = vault is null ? null : await vault.FindMembers(id.Programme, Array.ConvertAll(together, prize => prize.Id.Member), CancellationToken.None);
            var outcomes = await Task.WhenAll(together.Select(prize => known?.ContainsKey(prize.Id.Member) == false ? Task.FromResult(PrizeOutcome.Gone) : Receiver(prize.Id.Member).Receive(prize)));
            for (var at = 0; at < outcomes.Length; at++)
            {
                if (outcomes[at] == PrizeOutcome.Gone) gone.Add(won.Slots[from + at]);
                else received++;
            }
        }

        return new(chunk + 1, received, [.. gone], now);
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
