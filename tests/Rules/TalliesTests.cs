using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class TalliesTests
{
    [Fact]
    public void Any_window_that_is_still_complete_scores_as_a_sum_over_the_entries_says()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var account = new PureAccount(Receipts.Programme());
            var at = Receipts.Noon;
            for (var i = 0; i < 40; i++)
            {
                at = at.AddHours(random.Next(0, 120));
                account.Post(Receipts.Sale($"{i}", random.Next(0, 9000) / 100m).In(random.Next(2) == 0 ? "BRU" : "GNT").At(at.AddDays(-random.Next(0, 3))));
            }

            foreach (var period in Enum.GetValues<BoardPeriod>())
            {
                foreach (var store in new[] { null, "BRU", "GNT" })
                {
                    var board = new BoardId("test", store, BoardMetric.Points, BoardWindow.Containing(period, DateOnly.FromDateTime(at.DateTime)));
                    Assert.True(account.State.Tallies.TryScore(RollupWindow.Of(board), out var score, out var reachedAt));
                    var inside = account.Entries.OfType<Members.ReceiptPosted>()
                        .Where(entry => board.Window.Contains(entry.Receipt.Key.BusinessDate) && (store is null || entry.Receipt.Key.Store == store))
                        .ToArray();
                    Assert.True(inside.Sum(entry => entry.Points) == score, $"seed {seed} {board}");
                    var last = inside.Where(entry => entry.Points != 0).Select(entry => entry.Receipt.OccurredAt.ToUnixTimeMilliseconds()).DefaultIfEmpty(0).Max();
                    Assert.True(last == reachedAt, $"seed {seed} {board}");
                }
            }
        }
    }

    [Fact]
    public void A_window_whose_days_were_dropped_says_so()
    {
        var account = new PureAccount(Receipts.Programme());
        account.Post(Receipts.Sale("1", 10m).At(Receipts.Noon.AddDays(-200)));
        account.Post(Receipts.Sale("2", 10m));
        var old = new BoardId("test", null, BoardMetric.Points, BoardWindow.Containing(BoardPeriod.Day, DateOnly.FromDateTime(Receipts.Noon.AddDays(-200).DateTime)));
        Assert.False(account.State.Tallies.TryScore(RollupWindow.Of(old), out _, out _));
        Assert.Equal([(TallyRow.AllDays, 20L), (DateOnly.FromDateTime(Receipts.Noon.DateTime).DayNumber, 10L)],
            account.State.Tallies.Rows.OrderBy(row => row.Day).Select(row => (row.Day, row.Tally.Points)));
    }
}
