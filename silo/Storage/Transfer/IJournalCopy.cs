using System.Collections.Immutable;

namespace Gamification.Storage;

/// <summary>
/// A journal as a whole, to be copied, proved or filled, with the engine stopped: nothing here takes part in a commit. Reads come in pages, so that
/// memory does not grow with the journal.
/// </summary>
public interface IJournalCopy
{
    /// <summary>The ids of the programmes that have an entry, in any order.</summary>
    ValueTask<ImmutableArray<string>> Programmes(CancellationToken cancellation);

    /// <summary>The ends of all partitions, by partition.</summary>
    ValueTask<ImmutableArray<TransferRow.Head>> Heads(CancellationToken cancellation);

    /// <summary>All entries by partition and sequence.</summary>
    IAsyncEnumerable<TransferRow.Entry> Entries(CancellationToken cancellation);

    /// <summary>All snapshots, in an order that is the same whenever it is asked.</summary>
    IAsyncEnumerable<TransferRow.Snapshot> Snapshots(CancellationToken cancellation);

    /// <summary>All leases, in an order that is the same whenever it is asked.</summary>
    ValueTask<ImmutableArray<TransferRow.Lease>> Leases(CancellationToken cancellation);

    /// <summary>Forgets leases that nobody needs any more, see <see cref="Rewards.CampaignCheck"/>.</summary>
    ValueTask LetGo(IReadOnlyList<TransferRow.Lease> over);

    /// <summary>All seals by partition and sequence.</summary>
    ValueTask<ImmutableArray<TransferRow.Seal>> Seals(CancellationToken cancellation);

    /// <summary>Adds a seal; one that is there for the same place is replaced.</summary>
    ValueTask Seal(TransferRow.Seal seal);

    /// <summary>Whether it holds neither an entry nor a head.</summary>
    ValueTask<bool> IsEmpty(CancellationToken cancellation);

    /// <summary>How far an unfinished import has come; null when none is under way.</summary>
    ValueTask<TransferMark?> Mark(CancellationToken cancellation);

    /// <summary>
    /// Stores the heads, entries, snapshots, leases and seals among the rows and moves the mark, in one transaction: after a crash both are there, or neither.
    /// Rows of other kinds are another storage's and passed over.
    /// </summary>
    ValueTask Store(IReadOnlyList<TransferRow> rows, TransferMark mark);

    /// <summary>The import is complete and proved: takes the mark away.</summary>
    ValueTask Finish();
}

/// <summary>A vault as a whole. As with <see cref="IJournalCopy"/>, the engine is stopped.</summary>
public interface IVaultCopy
{
    /// <summary>Members, then cards, then quarantined receipts, in an order that is the same whenever it is asked.</summary>
    IAsyncEnumerable<TransferRow> Rows(CancellationToken cancellation);

    /// <summary>Whether it knows nobody and keeps no refused receipt.</summary>
    ValueTask<bool> IsEmpty(CancellationToken cancellation);

    /// <summary>Stores the members, cards and quarantined receipts among the rows in one transaction. Storing the same again changes nothing.</summary>
    ValueTask Store(IReadOnlyList<TransferRow> rows);
}

/// <summary>What challenges keep beside the journal, as a whole. As with <see cref="IJournalCopy"/>, the engine is stopped.</summary>
public interface IChallengeCopy
{
    /// <summary>Chunks of archives, then tracks, positions and seals, in an order that is the same whenever it is asked, and in every database.</summary>
    IAsyncEnumerable<TransferRow> Rows(CancellationToken cancellation);

    ValueTask<bool> IsEmpty(CancellationToken cancellation);

    /// <summary>Stores those among the rows in one transaction. Storing the same again changes nothing.</summary>
    ValueTask Store(IReadOnlyList<TransferRow> rows);
}

/// <summary>The database holds part of an import that did not come to its end.</summary>
public sealed class TransferUnfinishedException()
    : Exception("An import into this database did not come to its end. Run the same import again and it goes on; or empty the database and begin anew.");
