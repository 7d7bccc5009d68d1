using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class ReturnsTests
{
    private readonly PureAccount _account = new(Receipts.Programme());

    [Fact]
    public void A_linked_return_takes_back_what_its_money_had_earned()
    {
        var sale = Receipts.Sale("1", Receipts.Line("A", 2, 10.40m));
        _account.Post(sale);
        var entry = Assert.IsType<ReceiptPosted>(Assert.Single(_account.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10.40m)))));
        Assert.Equal(Treatment.TakenBack, entry.Treatment);
        Assert.Equal(-10, entry.Points);
        Assert.Equal(10, _account.State.Balance);
        Assert.Equal(1, _account.State.Receipts);
    }

    [Fact]
    public void A_sale_returned_piece_by_piece_ends_at_exactly_nothing()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var account = new PureAccount(Receipts.Programme());
            var price = random.Next(1, 2000) / 100m;
            var pieces = random.Next(1, 12);
            var sale = Receipts.Sale("1", Receipts.Line("A", pieces, price));
            account.Post(sale);
            for (var piece = 0; piece < pieces; piece++)
            {
                var before = account.State.Balance;
                account.Post(Receipts.Return($"r{piece}", sale.Key, Receipts.Line("A", -1, price)));
                Assert.True(account.State.Balance <= before, $"seed {seed}: a return added points");
            }

            Assert.True(account.State is { Balance: 0, Lifetime: 0, Receipts: 0 }, $"seed {seed}: {account.State}");
            Assert.All(account.State.Tallies.Rows, row => Assert.Equal(default, row.Tally));
        }
    }

    [Fact]
    public void More_than_was_bought_is_never_taken()
    {
        var sale = Receipts.Sale("1", 20m);
        _account.Post(sale);
        _account.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 500m)));
        _account.Post(Receipts.Return("3", sale.Key, Receipts.Line("A", -1, 500m)));
        Assert.Equal(0, _account.State.Balance);
    }

    [Fact]
    public void A_void_undoes_the_whole_receipt_once()
    {
        var sale = Receipts.Sale("1", 33.33m);
        _account.Post(sale);
        _account.Post(Receipts.Void("2", sale.Key));
        _account.Post(Receipts.Void("3", sale.Key));
        Assert.Equal((0, 0), (_account.State.Balance, _account.State.Receipts));
    }

    [Fact]
    public void A_voided_sale_has_no_goods_left_to_match()
    {
        var account = new PureAccount(Receipts.Programme(UnlinkedReturns.MatchBySku));
        var sale = Receipts.Sale("1", 10m);
        account.Post(sale);
        account.Post(Receipts.Void("2", sale.Key));
        var entry = (ReceiptPosted)account.Post(Receipts.Return("3", null, Receipts.Line("A", -1, 10m)))[0];
        Assert.Empty(entry.Taken);
        Assert.Equal(1, Assert.Single(entry.Parked!.Skus).Quantity);
    }

    [Fact]
    public void A_sale_paid_with_points_counts_until_its_last_goods_come_back()
    {
        var sale = Receipts.Sale("1", Receipts.Line("A", 2, 10m)) with { PaidWithPoints = 2000 };
        _account.Post(sale);
        _account.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10m)));
        Assert.Equal((0, 1), (_account.State.Balance, _account.State.Receipts));
        _account.Post(Receipts.Return("3", sale.Key, Receipts.Line("A", -1, 10m)));
        Assert.Equal((0, 0), (_account.State.Balance, _account.State.Receipts));
    }

    [Fact]
    public void A_sale_paid_with_points_stops_counting_when_it_is_voided()
    {
        var sale = Receipts.Sale("1", Receipts.Line("A", 2, 10m)) with { PaidWithPoints = 2000 };
        _account.Post(sale);
        _account.Post(Receipts.Void("2", sale.Key));
        Assert.Equal(0, _account.State.Receipts);
    }

    [Theory]
    [InlineData(AccountKind.Member)]
    [InlineData(AccountKind.Till)]
    public void A_void_of_a_return_is_refused_with_its_remedy(AccountKind kind)
    {
        var account = new PureAccount(Receipts.Programme(), kind);
        var sale = Receipts.Sale("1", 10m);
        account.Post(sale);
        account.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10m)));
        Assert.Empty(account.Post(Receipts.Void("3", Receipts.Key("2"))));
        Assert.Equal(("void-of-a-return", "/original"), (account.LastRefusal!.Code, account.LastRefusal.Field));
        Assert.Empty(account.State.Parked);
    }

    [Fact]
    public void By_amount_takes_nothing_from_a_card_that_has_not_earned_yet()
    {
        var card = new PureAccount(Receipts.Programme(UnlinkedReturns.ByAmount, UnknownCard.Hold), AccountKind.HeldCard);
        card.Post(Receipts.Sale("1", 10m));
        var entry = (ReceiptPosted)card.Post(Receipts.Return("2", null, Receipts.Line("A", -1, 4m)))[0];
        Assert.Equal((Treatment.Audited, 0, 0), (entry.Treatment, entry.Points, card.State.Balance));
    }

    [Fact]
    public void A_past_sale_is_worth_what_it_was_when_it_was_recorded()
    {
        var sale = Receipts.Sale("1", Receipts.Line("A", 1, 10m), Receipts.Line("D", 1, 4m) with { Kind = LineKind.Deposit });
        var posted = (ReceiptPosted)_account.Post(sale)[0];
        Assert.Equal((1000, 10), (posted.Spend, posted.Points));

        var changed = new NetSpendSettings { Deposits = true };
        Assert.Equal(1000, SaleHistory.Of([posted], changed).Find(sale.Key)!.Spend);
        Assert.Equal(1400, SaleHistory.Of([posted with { Spend = null }], changed).Find(sale.Key)!.Spend);

        var credited = Account.Attribute(AccountState.Empty, sale, new(1000, []), heldHere: false, Receipts.Context(Receipts.Programme(), new()));
        Assert.Equal(1000, SaleHistory.Of([credited], changed).Find(sale.Key)!.Spend);
        Assert.Equal(1400, SaleHistory.Of([credited with { Left = null }], changed).Find(sale.Key)!.Spend);
    }

    [Fact]
    public void A_void_of_another_day_is_refused_with_its_remedy()
    {
        var sale = Receipts.Sale("1", 10m).At(Receipts.Noon.AddDays(-1));
        _account.Post(sale);
        Assert.Empty(_account.Post(Receipts.Void("2", sale.Key)));
        Assert.Equal(("void-of-another-day", "/original/businessDate"), (_account.LastRefusal!.Code, _account.LastRefusal.Field));
    }

    [Fact]
    public void Under_audit_an_unlinked_return_is_counted_and_takes_nothing()
    {
        _account.Post(Receipts.Sale("1", 10m));
        var entry = (ReceiptPosted)_account.Post(Receipts.Return("2", null, Receipts.Line("A", -1, 4m)))[0];
        Assert.Equal((Treatment.Audited, 0L, 10L), (entry.Treatment, entry.Points, _account.State.Balance));
    }

    [Fact]
    public void By_amount_takes_whole_units_and_may_go_below_zero()
    {
        var account = new PureAccount(Receipts.Programme(UnlinkedReturns.ByAmount));
        account.Post(Receipts.Sale("1", 10m));
        account.Post(Receipts.Return("2", null, Receipts.Line("A", -1, 14.99m)));
        Assert.Equal(-4, account.State.Balance);
    }

    [Fact]
    public void Match_by_sku_takes_from_the_newest_sale_that_came_before()
    {
        var account = new PureAccount(Receipts.Programme(UnlinkedReturns.MatchBySku));
        account.Post(Receipts.Sale("old", Receipts.Line("A", 2, 10m)).At(Receipts.Noon.AddDays(-3)));
        account.Post(Receipts.Sale("new", Receipts.Line("A", 1, 7m)).At(Receipts.Noon.AddDays(-1)));
        account.Post(Receipts.Sale("later", Receipts.Line("A", 5, 1m)).At(Receipts.Noon.AddDays(1)));
        var entry = (ReceiptPosted)account.Post(Receipts.Return("r", null, Receipts.Line("A", -2, 10m)))[0];
        Assert.Equal(Treatment.TakenBySku, entry.Treatment);
        Assert.Equal([("new", 7L), ("old", 10L)], entry.Taken.Select(taken => (taken.Sale.Number, taken.Points)));
        Assert.Null(entry.Parked);
        Assert.Equal(15, account.State.Balance);
    }

    [Fact]
    public void What_no_sale_covers_is_parked_and_settled_when_the_sale_arrives_late()
    {
        var account = new PureAccount(Receipts.Programme(UnlinkedReturns.MatchBySku));
        var returned = (ReceiptPosted)account.Post(Receipts.Return("r", null, Receipts.Line("A", -2, 10m)))[0];
        Assert.Equal(2m, Assert.Single(returned.Parked!.Skus).Quantity);
        var entries = account.Post(Receipts.Sale("late", Receipts.Line("A", 3, 10m)).At(Receipts.Noon.AddDays(-1)));
        Assert.IsType<ReturnSettled>(entries[1]);
        Assert.Equal(10, account.State.Balance);
        Assert.Empty(account.State.Parked);
    }

    [Fact]
    public void A_return_before_its_sale_waits_for_it()
    {
        var sale = Receipts.Sale("1", 25m);
        var parked = (ReceiptPosted)_account.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 25m)))[0];
        Assert.Equal((Treatment.Parked, 0L), (parked.Treatment, parked.Points));
        _account.Post(sale);
        Assert.Equal((0, 0), (_account.State.Balance, _account.State.Receipts));
    }

    [Fact]
    public void A_reversal_gives_the_reached_instant_back_to_the_event_that_still_counts()
    {
        var first = Receipts.Sale("1", 10m);
        var second = Receipts.Sale("2", 10m).At(Receipts.Noon.AddHours(2));
        _account.Post(first);
        _account.Post(second);
        _account.Post(Receipts.Return("3", second.Key, Receipts.Line("A", -1, 10m)));
        var row = _account.State.Tallies.Of("BRU", second.Key.BusinessDate.DayNumber);
        Assert.Equal((10, 1, first.OccurredAt.ToUnixTimeMilliseconds()), (row.Points, row.Receipts, row.PointsAt));
    }

    [Fact]
    public void Whatever_the_order_within_an_account_the_points_are_the_same()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sales = Enumerable.Range(0, 6).Select(i => Receipts.Sale($"s{i}", random.Next(1, 5000) / 100m)).ToArray();
            var returns = sales.Take(3).Select((sale, i) => Receipts.Return($"r{i}", sale.Key, Receipts.Line("A", -1, sale.Total / 200m)));
            Receipt[] all = [.. sales, .. returns];
            var inOrder = new PureAccount(Receipts.Programme());
            foreach (var receipt in all) inOrder.Post(receipt);
            random.Shuffle(all);
            var shuffled = new PureAccount(Receipts.Programme());
            foreach (var receipt in all) shuffled.Post(receipt);
            Assert.True(inOrder.State.Balance == shuffled.State.Balance, $"seed {seed}: {inOrder.State.Balance} against {shuffled.State.Balance}");
            Assert.True(inOrder.State.Receipts == shuffled.State.Receipts, $"seed {seed}");
        }
    }
}
