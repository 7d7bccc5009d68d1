using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Privacy;
using Gamification.Projections;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Challenges;
using Gamification.Rules;

namespace Gamification.Leaderboards;

/// <summary>
/// Works out from the journal how a closed board stood. It is a function of the certificate's fields and the entries up to its watermark, so that
/// whoever has the journal comes to the same bytes, today or in ten years: settling, reading and verifying are one path.
/// </summary>
public sealed class BoardFreezing(IJournalStorage journal)
{
    private const int Page = 2_000;

    /// <summary>Far more than lies between a request and its commit.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromDays(1);

    /// <param name="board">One that <see cref="BoardClosing.IsSettled"/>.</param>
    /// <param name="stores">Of a region; null for other boards.</param>
    /// <param name="receivedBefore">Entries received from this instant on do not count; null to count all.</param>
    /// <param name="watermark">Entries after these positions do not count.</param>
    /// <param name="isLive">
    /// Whether entries were recorded when they were received, so that those recorded long before the window, and after the closing, need not be read: it comes
    /// to the same.
    /// </param>
    public async Task<FrozenStandings> Freeze(BoardId board, ImmutableArray<string>? stores, long? receivedBefore, IEnumerable<Position> watermark, bool isLive = false)
    {
        var window = RollupWindow.Of(board) with { Region = stores?.ToImmutableSortedSet(StringComparer.Ordinal) };
        var rows = new Dictionary<(ActorId Actor, string Store, int Day), (Tally Tally, long Version)>();
        var wishes = new Dictionary<MemberId, VisibilityChange>();
        foreach (var (partition, through) in watermark)
        {
            for (var after = isLive ? await BoardHistory.Before(journal, window, new(partition, 0, through)) : 0L; after < through;)
            {
                var page = await journal.ReadPartition(partition, after, Page, CancellationToken.None);
                if (page.IsEmpty) throw new InvalidOperationException($"Partition {partition} ends at {after}, before the board's watermark {through}.");
                if (isLive && receivedBefore is { } ends && page[0].RecordedAt - DateTimeOffset.FromUnixTimeMilliseconds(ends) > LateMax) break;
                foreach (var stored in page.Where(stored => stored.Seq <= through && stored.Actor.Programme == window.Programme)) Take(stored);
                after = page[^1].Seq;
            }
        }

        return Order(board, window, rows, wishes);

        void Take(StoredEntry stored)
        {
            if (stored.Actor.Kind == PrivacyForm.ActorKind)
            {
                if (receivedBefore is { } before && stored.RecordedAt.ToUnixTimeMilliseconds() >= before) return;
                if (PrivacyForm.NoticeOf(stored) is { Wish: var wish } && (!wishes.TryGetValue(wish.Member, out var known) || known.Version < wish.Version)) wishes[wish.Member] = wish;
                return;
            }

            if (stored.Actor.Kind != "member" || AccountEntryJson.Read(stored) is not { } entry) return;
            if (receivedBefore is { } closes && entry.ReceivedAt.ToUnixTimeMilliseconds() >= closes) return;
            foreach (var row in entry.Tallies)
            {
                if (row.Day == TallyRow.AllDays || !window.Covers(row.Store, row.Day)) continue;
                ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (stored.Actor, row.Store, row.Day), out _);
                if (stored.Version > newest.Version) newest = (row.Tally, stored.Version);
            }
        }
    }

    private static FrozenStandings Order(
        BoardId board, RollupWindow window, Dictionary<(ActorId Actor, string Store, int Day), (Tally Tally, long Version)> rows, Dictionary<MemberId, VisibilityChange> wishes)
    {
        var scores = new Dictionary<Guid, (long Score, long ReachedAt)>();
        foreach (var (key, row) in rows)
        {
            var (value, reachedAt) = row.Tally.Of(window.Metric);
            ref var score = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, MemberId.Parse(key.Actor.Key).Value, out _);
            score = (score.Score + value, Math.Max(score.ReachedAt, reachedAt));
        }

        var slots = new SlotHash(board.ToString());
        return FrozenStandings.Of(new Individually(),
        [
            .. scores.Where(one => one.Value.Score > 0).Select(one => new FrozenRow(
                slots.Of(one.Key), one.Key, 0, 0, one.Value.Score, one.Value.ReachedAt, 0, wishes.TryGetValue(new(one.Key), out var wish) && wish.IsHidden)),
        ]);
    }
}
