using Gamification.Journal;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>
/// Tells from the journal how a board stood. Entries carry absolute tallies, so that the newest of each member, store and day up to the instant make
/// its scores; and they are recorded in order, so that those from before the window are passed over in a few reads. Measures are counted as they are today.
/// </summary>
public sealed class BoardHistory(IJournalStorage journal, BoardWindows windows, BoardRules rules)
{
    /// <summary>How many entries one question reads at most.</summary>
    public const int EntriesMax = 5_000_000;

    private const int Page = 2_000;

    /// <summary>A business date may lie this far after the instant at which its receipt was recorded: tills' clocks are what they are.</summary>
    private static readonly TimeSpan EarlyMax = TimeSpan.FromDays(32);

    /// <summary>Throws <see cref="BoardHistoryTooLongException"/>.</summary>
    public async Task<Ranking> At(BoardId board, DateTimeOffset at)
    {
        var window = windows.Of(board);
        var tally = new BoardTally(board, window, board.Measure is null ? null : rules.Today(board), journal, (stored, _) => stored.RecordedAt <= at);
        var left = EntriesMax;
        foreach (var head in await journal.Heads(CancellationToken.None))
        {
            for (var after = await Before(journal, window, head); after < head.LastSeq;)
            {
                var page = await journal.ReadPartition(head.Partition, after, Page, CancellationToken.None);
                if (page.IsEmpty || page[0].RecordedAt > at) break;
                if ((left -= page.Length) < 0) throw new BoardHistoryTooLongException(EntriesMax);
                foreach (var stored in page.Where(stored => stored.RecordedAt <= at && stored.Actor.Programme == window.Programme)) await tally.Take(stored);
                after = page[^1].Seq;
            }
        }

        var ranking = new Ranking(BoardSeed.Of(board.ToString()));
        ranking.Load((await tally.Scores()).Select(one => new ScoreRow(one.Member.Value, one.Score, one.ReachedAt, 1)));
        return ranking;
    }

    /// <summary>A sequence before everything that can count in the window: halved by when entries were recorded.</summary>
    internal static async Task<long> Before(IJournalStorage storage, RollupWindow window, PartitionHead head)
    {
        if (window.IsAllTime) return 0;
        var begins = new DateTimeOffset(DateOnly.FromDayNumber(window.FromDay).ToDateTime(default), TimeSpan.Zero) - EarlyMax;
        var (low, high) = (0L, head.LastSeq);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var next = await storage.ReadPartition(head.Partition, middle, 1, CancellationToken.None);
            if (next is [var entry] && entry.RecordedAt < begins) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
