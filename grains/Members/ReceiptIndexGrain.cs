using Gamification.Journal;

namespace Gamification.Members;

/// <summary>Asks the journal's keys who holds a receipt: a claim outweighs the till it was posted to.</summary>
[StatelessWorker, Reentrant]
internal sealed class ReceiptIndexGrain(IJournal journal) : Grain, IReceiptIndexGrain
{
    public async Task<ActorId?> OwnerOf(ReceiptKey sale) =>
        (await Find(sale, "claim") ?? await Find(sale, "receipt"))?.Actor;

    private ValueTask<StoredEntry?> Find(ReceiptKey sale, string purpose) =>
        journal.FindKey(this.GetPrimaryKeyString(), new(sale.Month, sale.Digest(purpose), default), CancellationToken.None);
}
