using Gamification.Members;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Vault;

namespace Gamification.Challenges;

/// <summary>
/// Brings prizes to members, many at a time and without a pause between windows. A window is recorded once every member of it has answered; whatever dies before,
/// the whole window is sent again, and members know what they have. Whom the vault no longer knows is erased: there is nobody to receive it.
/// </summary>
internal sealed class PrizePosting(SettlementArchive archive, IGrainFactory grains, ChallengeRunId id, PrizeDesk? desk = null, IVault? vault = null)
{
    /// <summary>Each window after the first <paramref name="through"/>, in order, once all of it is durable.</summary>
    public async IAsyncEnumerable<RunEntry.Posted> Post(int through, Certificate certificate, long now)
    {
        var round = await PrizeRound.Read(id, archive, certificate);
        await foreach (var window in Windows.Send(through, StandingsText.ChunksOf(certificate.Won), slice => Send(round.Slice(slice * Windows.SliceSize, Windows.SliceSize))))
            yield return new(++through, window.Sum(slice => (long)slice.Received), [.. window.SelectMany(slice => slice.Gone)], now);
    }

    /// <summary>Takes back everything that a slot has won. False when it has won nothing.</summary>
    public async Task<bool> TakeBack(Guid slot, Certificate certificate, string reason)
    {
        var won = (await PrizeRound.Read(id, archive, certificate)).WonBy(slot);
        foreach (var prize in won) await Receiver(prize.Id.Member).TakeBack(prize.Id, reason);
        return won.Length > 0;
    }

    private async Task<Answers> Send(Prize[] slice)
    {
        if (slice.Length == 0) return new(0, []);
        var known = vault is null ? null : await vault.FindMembers(id.Programme, Array.ConvertAll(slice, prize => prize.Id.Member), CancellationToken.None);
        var there = known is null ? slice : Array.FindAll(slice, prize => known.ContainsKey(prize.Id.Member));
        var outcomes = desk is null ? new PrizeOutcome?[there.Length] : await desk.Receive(id.Programme, there);
        var asked = await Task.WhenAll(there.Select((prize, at) => outcomes[at] is { } outcome ? Task.FromResult(outcome) : Receiver(prize.Id.Member).Receive(prize)));
        Prize[] gone = [.. slice.Length == there.Length ? [] : slice.Except(there), .. there.Where((_, at) => asked[at] == PrizeOutcome.Gone)];
        var slots = new SlotHash(id);
        return new(slice.Length - gone.Length, Array.ConvertAll(gone, prize => slots.Of(prize.Id.Member.Value)));
    }

    private IPrizeReceiver Receiver(MemberId member) => grains.GetGrain<IPrizeReceiver>($"{id.Programme}/{member}");

    /// <summary>How many of a slice are in accounts, and the slots of those whose members are no more.</summary>
    private sealed record Answers(int Received, Guid[] Gone);
}
