using System.Globalization;
using System.Text;
using System.Text.Json;
using Gamification.LoadTests;
using Gamification.LoadTests.Checkout;

namespace Gamification.Tests;

public sealed class HistoryReceiptsTests
{
    private static readonly StoreKey[] s_stores = [new("BRU", "till_1"), new("GNT", "till_2"), new("LGE", "till_3")];
    private static readonly string s_sample = Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz");

    [Fact]
    public void Each_real_receipt_is_one_that_a_till_could_post_and_the_same_when_written_again()
    {
        var (receipts, again) = (Read(run: 7, 2010), Read(run: 7, 2010));
        for (var index = 0; index < receipts.Count; index++)
        {
            var text = Text(receipts, index);
            using var receipt = JsonDocument.Parse(text);
            var body = receipt.RootElement;
            Assert.Equal(s_stores[receipts.StoreOf(index)].Store, body.GetProperty("store").GetString());
            Assert.Equal(receipts.NumberOf(index), body.GetProperty("number").GetString());
            Assert.Equal(body.GetProperty("businessDate").GetString(), body.GetProperty("occurredAt").GetString()![..10]);
            Assert.InRange(Math.Abs(body.GetProperty("total").GetDecimal() - body.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal())), 0, 0.05m);
            Assert.Equal(text, Text(again, index));
        }

        Assert.Equal(receipts.Count, Enumerable.Range(0, receipts.Count).Select(receipts.NumberOf).Distinct().Count());
        Assert.NotEqual(Read(run: 8, 2010).NumberOf(0), receipts.NumberOf(0));
    }

    [Fact]
    public void Another_year_is_the_same_shop_whole_weeks_later()
    {
        var (then, later) = (Read(run: 1, 2010), Read(run: 2, 2014));
        Assert.All(Enumerable.Range(0, then.Count), index =>
        {
            var (was, isNow) = (DateOf(then, index), DateOf(later, index));
            Assert.Equal(was.DayOfWeek, isNow.DayOfWeek);
            Assert.True(isNow.Year >= 2014, $"{isNow}");
            Assert.Equal(was.TimeOfDay, isNow.TimeOfDay);
        });
    }

    [Fact]
    public void What_is_posted_once_has_no_rate_and_no_probes()
    {
        var refused = Assert.Throws<UsageException>(() => CheckoutOptions.Parse(new(["--url", "http://localhost", "--key", "BRU=till_1", "--history", s_sample, "--mode", "batch"]), TimeProvider.System));
        Assert.StartsWith("--history", refused.Message, StringComparison.Ordinal);
    }

    private static HistoryReceipts Read(long run, int year) => HistoryReceipts.Read(s_sample, s_stores, run, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)));

    /// <summary>The wall clock of the shop.</summary>
    private static DateTime DateOf(HistoryReceipts receipts, int index)
    {
        using var receipt = JsonDocument.Parse(Text(receipts, index));
        return DateTimeOffset.Parse(receipt.RootElement.GetProperty("occurredAt").GetString()!, CultureInfo.InvariantCulture).DateTime;
    }

    private static string Text(HistoryReceipts receipts, int index)
    {
        var buffer = new byte[256 * 1024];
        return Encoding.UTF8.GetString(buffer, 0, receipts.Write(index, buffer));
    }
}
