using System.Runtime.InteropServices;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Leaderboards;

/// <summary>
/// Tells from the journal how a board stood. Entries carry absolute tallies, so that the newest of each member, store and day up to the instant make
/// its scores; and they are recorded in order, so that those from before the window are passed over in a few reads.
/// </summary>
public sealed class BoardHistory(IJournalStorage journal, BoardWindows windows)
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
        var rows = new Dictionary<(ActorId Actor, string Store, int Day), (Tally Tally, long Version)>();
        var left = EntriesMax;
        foreach (var head in await journal.Heads(CancellationToken.None))
        {
            for (var after = await Before(journal, window, head); after < head.LastSeq;)
            {
                var page = await journal.ReadPartition(head.Partition, after, Page, CancellationToken.None);
                if (page.IsEmpty || page[0].RecordedAt > at) break;
                if ((left -= page.Length) < 0) throw new BoardHistoryTooLongException(EntriesMax);
                foreach (var stored in page) Take(stored, at, window, rows);
                after = page[^1].Seq;
            }
        }

        return Ranked(board, window, rows);
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

    private static void Take(StoredEntry stored, DateTimeOffset at, RollupWindow window, Dictionary<(ActorId, string, int), (Tally Tally, long Version)> rows)
    {
        if (stored.RecordedAt > at || stored.Actor.Programme != window.Programme || stored.Actor.Kind != "member") return;
        if (AccountEntryJson.Read(stored) is not { } entry) return;
        foreach (var row in entry.Tallies)
        {
            var counts = window.IsAllTime ? row.Day == TallyRow.AllDays && window.Counts(row.Store) : row.Day != TallyRow.AllDays && window.Covers(row.Store, row.Day);
            if (!counts) continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (stored.Actor, row.Store, row.Day), out _);
            if (stored.Version > known.Version) known = (row.Tally, stored.Version);
        }
    }

    private static Ranking Ranked(BoardId board, RollupWindow window, Dictionary<(ActorId Actor, string Store, int Day), (Tally Tally, long Version)> rows)
    {
        var scores = new Dictionary<ActorId, (long Score, long ReachedAt)>();
        foreach (var (key, row) in rows)
        {
            var (value, reachedAt) = row.Tally.Of(window.Metric);
            ref var score = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, key.Actor, out _);
            score = (score.Score + value, Math.Max(score.ReachedAt, reachedAt));
        }

        var ranking = new Ranking(BoardSeed.Of(board.ToString()));
        ranking.Load(scores.Select(member => new ScoreRow(MemberId.Parse(member.Key.Key).Value, member.Value.Score, member.Value.ReachedAt, 1)));
        return ranking;
    }
}
