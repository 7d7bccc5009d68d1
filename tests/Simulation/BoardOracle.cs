using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Tests.Simulation;

/// <summary>A member's score as the definition says it, the slow way: add up every event whose own business date lies in the window.</summary>
internal static class BoardOracle
{
    private readonly record struct Event(long Points, long Receipts, long At);

    public static (long Score, long ReachedAt) ScoreOf(ImmutableArray<AccountEntry> entries, BoardId board)
    {
        var events = new Dictionary<ReceiptKey, Event>();
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case ReceiptPosted { Treatment: Treatment.Earned or Treatment.Held or Treatment.TakenByAmount } posted:
                    events[posted.Receipt.Key] = new(posted.Points, posted.Receipt.Type == ReceiptType.Sale ? 1 : 0, At(posted.Receipt));
                    break;
                case SaleAttributed attributed:
                    events[attributed.Receipt.Key] = new(attributed.Points, 1, At(attributed.Receipt));
                    break;
            }

            foreach (var taken in AccountOracle.TakenBy(entry))
            {
                var sale = events[taken.Sale];
                events[taken.Sale] = sale with { Points = sale.Points - taken.Points, Receipts = taken.Whole ? 0 : sale.Receipts };
            }
        }

        var inside = events
            .Where(e => board.Window.Contains(e.Key.BusinessDate) && (board.Store is null || e.Key.Store == board.Store))
            .Select(e => (Score: board.Metric == BoardMetric.Points ? e.Value.Points : e.Value.Receipts, e.Value.At))
            .ToArray();
        return (inside.Sum(e => e.Score), inside.Where(e => e.Score != 0).Select(e => e.At).DefaultIfEmpty(0).Max());
    }

    private static long At(Receipt receipt) => receipt.OccurredAt.ToUnixTimeMilliseconds();
}
