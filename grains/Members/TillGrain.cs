using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>The receipts of one till that nobody presented a card for: counted for the store, earning nothing until claimed.</summary>
internal sealed class TillGrain(IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock) : Grain, ITillGrain
{
    private ActorId _actor;
    private AccountLedger _account = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = new(programme, "till", key);
        _account = new(_actor, journal, programmes, clock, snapshots, letGo: DeactivateOnIdle);
        return _account.Load(cancellationToken);
    }

    public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held) =>
        receipt is { Type: not ReceiptType.Sale, Original: { } original } ? PostReturn(receipt, original, receivedAt) : _account.Post(receipt, receivedAt, AccountKind.Till);

    public async Task<ReleaseOutcome> Release(ReceiptKey sale, MemberId member, DateTimeOffset receivedAt)
    {
        var key = AccountLedger.KeyOf(sale, "release", member.Value);
        if (await Find(key) is SaleReleased first) return await AlreadyReleased(first, member);

        var context = _account.Context(AccountKind.Till, receivedAt, receivedAt, await _account.PastSince(sale));
        var (entry, refusal) = Claims.Decide(_account.State, sale, member, clock.Now(_actor.Programme), context);
        if (entry is null) return new ReleaseOutcome.Refused(refusal!);

        return await _account.Commit([entry], key) is AppendOutcome.Appended
            ? Handed(entry, context.History!.Find(sale)!.Receipt)
            : await Release(sale, member, receivedAt);
    }

    /// <summary>A return may have set out before its sale was claimed; here it would find nothing left to take.</summary>
    private async Task<ReceiptOutcome> PostReturn(Receipt receipt, ReceiptKey original, DateTimeOffset receivedAt) =>
        await Find(AccountLedger.KeyOf(original, "release")) is SaleReleased { Member: var member }
            ? new ReceiptOutcome.Moved(member)
            : await _account.Post(receipt, receivedAt, AccountKind.Till);

    private async Task<ReleaseOutcome> AlreadyReleased(SaleReleased first, MemberId member) =>
        first.Member == member && await Find(AccountLedger.KeyOf(first.Receipt, "receipt")) is ReceiptPosted { Receipt: var sale }
            ? Handed(first, sale)
            : new ReleaseOutcome.Refused(new("already-claimed", "/receipt", "Another member has claimed this receipt."));

    private ReleaseOutcome.Released Handed(SaleReleased entry, Receipt sale) => new(sale, entry.Left ?? SaleHistory.WholeOf(sale, programmes.Of(_actor.Programme).NetSpend));

    private async Task<AccountEntry?> Find(BusinessKey key) =>
        await journal.FindKey(_actor.Programme, key, CancellationToken.None) is { } stored ? AccountEntryJson.Read(stored) : null;
}
