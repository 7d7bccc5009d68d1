using Gamification.Journal;
using Gamification.Members;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>Prints and reads vouchers, and finds whose they are by the journal's keys. Signing is slow for a member's turn; here any number may run.</summary>
[StatelessWorker, Reentrant]
internal sealed class VoucherDeskGrain(VoucherPress press, RewardBook book, IJournal journal) : Grain, IVoucherDesk
{
    private string Programme => this.GetPrimaryKeyString();

    public Task<string?> Print(EntitlementView entitlement) => press.Print(Programme, entitlement).AsTask();

    public async Task<VoucherReading> Read(string text, DateOnly today)
    {
        var (verdict, voucher) = await press.Check(Programme, text, today);
        if (voucher is null) return new(verdict.ToString().ToLowerInvariant(), null, null);
        var id = new EntitlementId(voucher.Serial);
        var holder = await journal.FindKey(Programme, RewardKeys.Begun(id), CancellationToken.None);
        return holder is null ? new("unknown", id, null) : new(verdict.ToString().ToLowerInvariant(), id, MemberId.Parse(holder.Actor.Key));
    }

    public async Task<TillTrust> Trust()
    {
        var trust = await press.Trust(Programme);
        return new(
            trust.Programme,
            [.. trust.Keys.Select(key => new TrustedKey(key.Id, key.PublicKey, key.ValidThrough))],
            [.. trust.Revoked.Select(id => new EntitlementId(id))],
            [.. (await book.Of(Programme)).Rewards]);
    }

    public async Task<MemberId?> HolderOf(ReservationId reservation) =>
        await journal.FindKey(Programme, RewardKeys.Decided(reservation), CancellationToken.None) is { Type: RewardCommitted.Type } committed ? MemberId.Parse(committed.Actor.Key) : null;
}
