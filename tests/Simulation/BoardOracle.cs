using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Simulation;

/// <summary>A member's score as the definition says it, the slow way: add up every event whose own business date lies in the window.</summary>
internal static class BoardOracle
{
    private readonly record struct Event(long Points, long Receipts, long Spend, long At);

    public static (long Score, long ReachedAt) ScoreOf(ImmutableArray<AccountEntry> entries, BoardId board, ProgrammeSettings programme)
    {
        var events = new Dictionary<ReceiptKey, Event>();
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case ReceiptPosted { Treatment: Treatment.Earned or Treatment.Held or Treatment.TakenByAmount } posted:
                    events[posted.Receipt.Key] = new(posted.Points, posted.Receipt.Type == ReceiptType.Sale ? 1 : 0, Spend(posted.Receipt), At(posted.Receipt));
                    break;
                case ReceiptPosted { Treatment: Treatment.Audited } posted:
                    events[posted.Receipt.Key] = new(0, 0, Spend(posted.Receipt), At(posted.Receipt));
                    break;
                case SaleAttributed attributed:
                    events[attributed.Receipt.Key] = new(attributed.Points, 1, attributed.Left?.Spend ?? Spend(attributed.Receipt), At(attributed.Receipt));
                    break;
            }

            foreach (var taken in AccountOracle.TakenBy(entry))
            {
                var sale = events[taken.Sale];
                events[taken.Sale] = sale with { Points = sale.Points - taken.Points, Spend = sale.Spend - taken.Spend, Receipts = taken.Whole ? 0 : sale.Receipts };
            }
        }

        var inside = events.Where(e => board.Window.Contains(e.Key.BusinessDate) && Counts(e.Key.Store)).Select(e => e.Value).ToArray();
        var score = inside.Sum(e => board.Metric switch { BoardMetric.Points => e.Points, BoardMetric.Receipts => e.Receipts, _ => e.Spend });
        return (score, inside.Where(e => (board.Metric == BoardMetric.Points ? e.Points : e.Receipts) != 0).Select(e => e.At).DefaultIfEmpty(0).Max());

        bool Counts(string store) => board.Group is { } region
            ? programme.Earning!.Zones.Single(zone => zone.Id == region.Name).Stores.Contains(store)
            : board.Store is null || store == board.Store;

        long Spend(Receipt receipt) => NetSpend.Of(receipt, programme.NetSpend);
    }

    private static long At(Receipt receipt) => receipt.OccurredAt.ToUnixTimeMilliseconds();
}
