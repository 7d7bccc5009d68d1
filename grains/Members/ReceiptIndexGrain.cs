using Gamification.Journal;

namespace Gamification.Members;

/// <summary>
/// Asks the journal's keys who holds a receipt. A till that released a sale no longer answers for it: the member does from then on,
/// even before it is credited, and parks what comes in between.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class ReceiptIndexGrain(IJournal journal) : Grain, IReceiptIndexGrain
{
    public async Task<ActorId?> OwnerOf(ReceiptKey sale) =>
        await Find(sale, "release") is { } released && AccountEntryJson.Read(released) is SaleReleased { Member: var member }
            ? ActorId.Member(this.GetPrimaryKeyString(), member)
            : (await Find(sale, "receipt"))?.Actor;

    private ValueTask<StoredEntry?> Find(ReceiptKey sale, string purpose) =>
        journal.FindKey(this.GetPrimaryKeyString(), AccountLedger.KeyOf(sale, purpose), CancellationToken.None);
}
