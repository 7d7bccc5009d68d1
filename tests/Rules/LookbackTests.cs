using System.Text.Json;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

/// <summary>What a return looks at. That it decides as on the whole past, every return of every account in these tests is held to: <see cref="PureAccount"/>.</summary>
public sealed class LookbackTests
{
    private static readonly ProgrammeSettings Programme = Receipts.Programme(UnlinkedReturns.MatchBySku);

    [Fact]
    public void A_return_looks_at_the_newest_sale_of_its_goods_alone()
    {
        var account = Bought(60);
        var back = Receipts.Return("back", null, Receipts.Line("G7", -1, 3m)).At(Day(60));
        var mark = Assert.Single(Lookback.Next(account.State, back, UnlinkedReturns.MatchBySku, [])!.Value);
        Assert.Equal([58L], mark.Entries);

        var entry = Assert.IsType<ReceiptPosted>(account.Post(back)[0]);
        Assert.Equal("58", Assert.Single(entry.Taken).Sale.Number);
        Assert.Equal((1, 0), account.Looks);
    }

    [Fact]
    public void Where_the_newest_had_too_little_older_ones_follow()
    {
        var account = Bought(60);
        var back = Receipts.Return("back", null, Receipts.Line("G7", -3, 3m)).At(Day(60));
        Assert.Equal(["58", "48", "38"], Assert.IsType<ReceiptPosted>(account.Post(back)[0]).Taken.Select(part => part.Sale.Number));
        Assert.Equal((1, 0), account.Looks);

        // What was taken is not there any more.
        Assert.Equal("28", Assert.Single(Assert.IsType<ReceiptPosted>(account.Post(Receipts.Return("again", null, Receipts.Line("G7", -1, 3m)).At(Day(61)))[0]).Taken).Sale.Number);
        Assert.Equal((2, 0), account.Looks);
    }

    [Fact]
    public void Goods_that_were_never_bought_are_looked_for_in_no_sale()
    {
        var account = Bought(60);
        var back = Receipts.Return("back", null, Receipts.Line("ELSE", -1, 3m)).At(Day(60));
        Assert.Empty(Lookback.Next(account.State, back, UnlinkedReturns.MatchBySku, [])!.Value);
        Assert.Empty(Assert.IsType<ReceiptPosted>(account.Post(back)[0]).Taken);
    }

    [Fact]
    public void A_named_sale_is_looked_at_however_many_came_since()
    {
        var account = Bought(60);
        var sale = account.History.Sales.First();
        Assert.Equal([1L], Assert.Single(Lookback.Next(account.State, Receipts.Void("void", sale.Receipt.Key), UnlinkedReturns.Audit, [])!.Value).Entries);
        account.Post(Receipts.Return("back", sale.Receipt.Key, Receipts.Line("G0", -1, 3m)).At(Day(60)));
        Assert.Equal((1, 0), account.Looks);
    }

    [Fact]
    public void Marks_are_bounded_and_of_what_is_older_the_whole_past_is_read()
    {
        var account = Bought(200);
        Assert.Equal(128, account.State.Sales!.Rows.Length);
        Assert.True(account.State.Sales.Dropped.Any);
        var first = account.History.Sales.First().Receipt;
        Assert.Null(Lookback.Next(account.State, Receipts.Void("void", first.Key), UnlinkedReturns.Audit, []));
        Assert.Null(Lookback.Next(account.State, Receipts.Return("back", null, Receipts.Line("B3", -1, 2m)).At(Day(200)), UnlinkedReturns.MatchBySku, []));
        account.Post(Receipts.Return("back", first.Key, Receipts.Line("G0", -1, 3m)).At(Day(200)));
        Assert.Equal(2, account.History.Find(first.Key)!.Spend / 100);
    }

    [Fact]
    public void Whoever_has_bought_for_years_returns_last_week_s_goods_without_a_look_at_those_years()
    {
        var account = Bought(200);
        account.Post(Receipts.Return("all of a day", null, Receipts.Line("G5", -1, 3m), Receipts.Line("B195", -1, 2m)).At(Day(200)));
        account.Post(Receipts.Return("all of a day months ago", null, Receipts.Line("B100", -1, 2m)).At(Day(200)));
        account.Post(Receipts.Return("never bought", null, Receipts.Line("ELSE", -1, 3m)).At(Day(200)));
        Assert.Equal((3, 0), account.Looks);
        Assert.Equal(2, account.Entries.OfType<ReceiptPosted>().Count(entry => entry.Taken.Length > 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_old_an_account_it_decides_as_on_its_whole_past(int seed)
    {
        var (random, account) = (new Random(seed), Bought(140));
        for (var day = 140; day < 240; day++)
        {
            if (random.Next(3) > 0) account.Post(Receipts.Sale($"{day + 1}", Receipts.Line($"G{random.Next(10)}", 1, 3m), Receipts.Line($"B{day}", 2, 2m)).At(Day(day - (random.Next(20) == 0 ? random.Next(200) : 0))));
            else account.Post(Receipts.Return($"back {day}", null, Receipts.Line(random.Next(2) == 0 ? $"G{random.Next(10)}" : $"B{random.Next(day)}", -1 - random.Next(2), 2m)).At(Day(day)));
            if (random.Next(25) == 0) account.Restart();
        }

        // PureAccount holds every one of these to what the whole past decides.
        Assert.True(account.Looks.Touched - account.Looks.Short > 10, $"Seed {seed}: of {account.Looks.Touched} returns {account.Looks.Short} asked for everything.");
    }

    [Fact]
    public void Marks_of_a_snapshot_from_before_more_was_kept_of_older_sales_have_the_whole_past_read()
    {
        var marks = Bought(140).State.Sales!;
        var now = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(marks, DurableJson.Default.SaleMarks))!;
        var older = Convert.ToBase64String(Convert.FromBase64String(now).AsSpan()[..^(256 + 3)]);
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(older), DurableJson.Default.SaleMarks)!;
        Assert.Equal((marks.Dropped.Until, marks.Rows.Length), (read.Dropped.Until, read.Rows.Length));
        Assert.True(read.Dropped.MayHave(int.MaxValue) && read.Dropped.MayHaveSold(SaleMark.HashOf("ELSE")));
    }

    [Fact]
    public void Marks_come_back_from_a_snapshot_as_they_were()
    {
        var account = Bought(150);
        account.Post(Receipts.Return("back", null, Receipts.Line("G7", -3, 3m)).At(Day(150)));
        var before = account.State.Sales!;
        account.Restart();
        var after = account.State.Sales!;
        Assert.Equal((before.Dropped with { Goods = [] }, before.Rows.Length), (after.Dropped with { Goods = [] }, after.Rows.Length));
        Assert.Equal(before.Dropped.Goods, after.Dropped.Goods);
        Assert.All(before.Rows.Zip(after.Rows), pair =>
        {
            Assert.Equal(pair.First with { Entries = [], Goods = [] }, pair.Second with { Entries = [], Goods = [] });
            Assert.Equal(pair.First.Entries, pair.Second.Entries);
            Assert.Equal(pair.First.Goods, pair.Second.Goods);
        });
    }

    [Fact]
    public void A_merged_account_has_no_marks()
    {
        var account = Bought(3);
        Assert.Null(SaleMarks.After(account.State.Sales, new MemberLeft
        {
            Merge = "m", Other = PureAccount.Self, By = "staff", At = Receipts.Noon, Reason = "twice", Points = 0, Balance = 0, Lifetime = 0, Receipts = 0, Tallies = [], ReceivedAt = Receipts.Noon,
        }, 4));
    }

    /// <summary>A sale a day, of one of ten goods and of what is in every basket.</summary>
    private static PureAccount Bought(int sales)
    {
        var account = new PureAccount(Programme);
        for (var day = 0; day < sales; day++)
            account.Post(Receipts.Sale($"{day + 1}", Receipts.Line($"G{day % 10}", 1, 3m), Receipts.Line($"B{day}", 1, 2m)).At(Day(day)));
        return account;
    }

    private static DateTimeOffset Day(int day) => Receipts.Noon.AddDays(day);
}
