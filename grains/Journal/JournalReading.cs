using System.Runtime.CompilerServices;

namespace Gamification.Journal;

/// <summary>Reading a journal from beginning to end, a page at a time. Whoever stops asking reads no further.</summary>
internal static class JournalReading
{
    private const int PageMax = 1_000;

    /// <summary>An actor's entries with a version above <paramref name="after"/>, in order, to what is committed when the last page is read.</summary>
    /// <param name="journal">Where they are.</param>
    /// <param name="actor">Whose entries.</param>
    /// <param name="after">The version after which to begin; 0 for all.</param>
    /// <param name="page">How many are held at a time: fewer where entries are large.</param>
    /// <param name="cancellation">Stops it between pages.</param>
    public static async IAsyncEnumerable<StoredEntry> ReadAll(
        this IJournalStorage journal, ActorId actor, long after = 0, int page = PageMax, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var entries = await journal.ReadForward(actor, after, page, cancellation);
            foreach (var stored in entries) yield return stored;
            if (entries.Length < page) yield break;
            after = entries[^1].Version;
        }
    }

    /// <summary>Every entry of every partition that has a head by now, one partition after the other, each in order to what is committed when its last page is read.</summary>
    public static async IAsyncEnumerable<StoredEntry> ReadAll(this IJournalStorage journal, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var head in await journal.Heads(cancellation))
        {
            for (var after = 0L; ;)
            {
                var entries = await journal.ReadPartition(head.Partition, after, PageMax, cancellation);
                foreach (var stored in entries) yield return stored;
                if (entries.Length < PageMax) break;
                after = entries[^1].Seq;
            }
        }
    }
}
