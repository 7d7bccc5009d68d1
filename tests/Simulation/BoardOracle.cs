using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Tests.Simulation;

/// <summary>A member's score as the definition says it, the slow way: add up every event whose own business date lies in the window.</summary>
internal static class BoardOracle
{
    public static (long Points, long ReachedAt) ScoreOf(ImmutableArray<AccountEntry> entries, BoardId board)
    {
        var events = new Dictionary<ReceiptKey, (long Points, long At)>();
        foreach (var entry in entries)
        {
            if (entry is ReceiptPosted { Treatment: Treatment.Earned or Treatment.TakenByAmount } posted)
                events[posted.Receipt.Key] = (posted.Points, posted.Receipt.OccurredAt.ToUnixTimeMilliseconds());
            foreach (var taken in entry switch { ReceiptPosted p => p.Taken, ReturnSettled s => s.Taken, _ => [] })
                events[taken.Sale] = events[taken.Sale] with { Points = events[taken.Sale].Points - taken.Points };
        }

        var inside = events.Where(e => board.Window.Contains(e.Key.BusinessDate) && (board.Store is null || e.Key.Store == board.Store)).Select(e => e.Value).ToArray();
        return (inside.Sum(e => e.Points), inside.Where(e => e.Points != 0).Select(e => e.At).DefaultIfEmpty(0).Max());
    }
}
