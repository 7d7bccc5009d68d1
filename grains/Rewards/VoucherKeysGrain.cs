using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Redeeming;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>A programme's voucher keys by number. Who signs and who checks derives the keys themselves.</summary>
[Reentrant]
internal sealed class VoucherKeysGrain(IJournal journal, JournalSnapshotOptions snapshots) : Grain, IVoucherKeysGrain
{
    private static readonly Guid Keys = new("0bb3cf0e-3b4b-4a3f-9d0a-7b7a3c3f5a01");

    private SharedAppends<KeyCase, KeyCaseEntry> _case = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _case = new(new(this.GetPrimaryKeyString(), "vouchers", "keys"), journal, KeyCaseForm.Json, snapshots, letGo: DeactivateOnIdle);
        return _case.Load(cancellationToken);
    }

    public async Task<VoucherKeyList?> List(long known, DateTimeOffset at)
    {
        if (_case.State.Keys.IsEmpty) await _case.Change(Keys, keys => (keys.Begin(at), true));
        return _case.Version == known ? null : Lines();
    }

    public async Task<VoucherKeyList> Rotate(byte current, string by, DateTimeOffset at)
    {
        // A node may sign with the old key for some seconds more, in whatever zone it is already tomorrow.
        var through = DateOnly.FromDateTime(at.UtcDateTime).AddDays(RewardDays.Max + 2);
        await _case.Change(Keys, keys => (keys.Rotate(current, through, by, at), true));
        return Lines();
    }

    public Task Revoke(EntitlementId id, DateOnly through, string by, DateTimeOffset at) => _case.Change(
        id.Value,
        keys => (keys.Revoked.ContainsKey(id.Value) ? [] : ImmutableArray.Create<KeyCaseEntry>(new KeyCaseEntry.Revoked(id, through, by, at.ToUnixTimeMilliseconds())), true));

    private VoucherKeyList Lines() => new(_case.Version, _case.State.Keys, [.. _case.State.Revoked.Keys.Select(id => new EntitlementId(id))]);
}
