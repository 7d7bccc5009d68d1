using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>Reading a partition up to where it is known to be committed, a page at a time.</summary>
internal static class PartitionPages
{
    private const int PageMax = 2_000;

    /// <summary>The next entries in (<paramref name="after"/>, <paramref name="through"/>], in order: at least one, for what is committed can be read; a fault when it cannot.</summary>
    public static async ValueTask<ImmutableArray<StoredEntry>> ReadCommitted(this IJournalStorage journal, int partition, long after, long through, CancellationToken cancellation = default)
    {
        var page = await journal.ReadPartition(partition, after, (int)Math.Min(PageMax, through - after), cancellation);
        return page.IsEmpty ? throw new InvalidOperationException($"Partition {partition} was committed up to {through}, but can be read only up to {after}.") : page;
    }
}
