using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>The receipts of one till that nobody presented a card for: counted for the store, earning nothing until claimed.</summary>
internal sealed class TillGrain(IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock) : Grain, ITillGrain
{
    private ActorId _actor;
    private ProgrammeSettings _settings = null!;
    private AccountLedger _account = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        _actor = new(key[..slash], "till", key[(slash + 1)..]);
        _settings = programmes.Of(_actor.Programme);
        _account = new(_actor, journal, _settings, snapshots, letGo: DeactivateOnIdle);
        return _account.Load(cancellationToken);
    }

    public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held) =>
        _account.Post(receipt, receivedAt, AccountKind.Till);

    public async Task<ReleaseOutcome> Release(ReceiptKey sale, MemberId member, DateTimeOffset receivedAt)
    {
        var key = new BusinessKey(sale.Month, sale.Digest("release"), member.Value);
        var context = await _account.Context(AccountKind.Till, receivedAt, withHistory: true);
        var (entry, refusal) = Claims.Decide(_account.State, sale, member, clock.Now(_actor.Programme), context);
        if (await journal.FindKey(_actor.Programme, key, CancellationToken.None) is { } first)
            return AlreadyReleased(first, member, context.History!);
        if (entry is null) return new ReleaseOutcome.Refused(refusal!);

        return await _account.Commit([entry], key) is AppendOutcome.Appended
            ? new ReleaseOutcome.Released(context.History!.Find(sale)!.Receipt)
            : await Release(sale, member, receivedAt);
    }

    private static ReleaseOutcome AlreadyReleased(StoredEntry first, MemberId member, SaleHistory history) =>
        AccountEntryJson.Read(first) is SaleReleased released && released.Member == member
            ? new ReleaseOutcome.Released(history.Find(released.Receipt)!.Receipt)
            : new ReleaseOutcome.Refused(new("already-claimed", "/receipt", "Another member has claimed this receipt."));
}
