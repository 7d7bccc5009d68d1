using System.Text.Json;
using Gamification.LoadTests.Checkout;

namespace Gamification.Tests;

public sealed class ReceiptsTests
{
    private static readonly StoreKey[] s_stores = [new("BRU", "till_1"), new("GNT", "till_2"), new("LGE", "till_3")];

    private readonly Receipts _receipts = New(run: 1_763_745_600);

    [Fact]
    public void A_receipt_adds_up_and_says_what_the_contract_asks()
    {
        for (var index = 0; index < 2_000; index++)
        {
            var receipt = Json(_receipts, index);
            var lines = receipt.GetProperty("lines").EnumerateArray().ToArray();
            Assert.All(lines, line => Assert.Equal(
                line.GetProperty("amount").GetDecimal(),
                line.GetProperty("quantity").GetInt32() * line.GetProperty("unitPrice").GetDecimal()));
            Assert.Equal(receipt.GetProperty("total").GetDecimal(), lines.Sum(line => line.GetProperty("amount").GetDecimal()));
            Assert.Equal(("sale", "2026-11-21", "2026-11-21T17:04:05+01:00", "EUR"), (
                receipt.GetProperty("type").GetString(),
                receipt.GetProperty("businessDate").GetString(),
                receipt.GetProperty("occurredAt").GetString(),
                receipt.GetProperty("currency").GetString()));
            Assert.Equal(s_stores[_receipts.StoreOf(index)].Store, receipt.GetProperty("store").GetString());
            Assert.Equal(_receipts.NumberOf(index), receipt.GetProperty("number").GetString());
        }
    }

    [Fact]
    public void Receipts_are_distinct_of_about_600_bytes_and_the_same_when_written_again()
    {
        var texts = Enumerable.Range(0, 5_000).Select(index => Text(_receipts, index)).ToArray();

        Assert.Equal(5_000, texts.Distinct().Count());
        Assert.InRange(texts.Average(text => text.Length), 570, 630);
        Assert.Equal(texts, Enumerable.Range(0, 5_000).Select(index => Text(New(run: 1_763_745_600), index)));
        Assert.Empty(texts.Intersect(Enumerable.Range(0, 5_000).Select(index => Text(New(run: 1_763_745_601), index))));
    }

    [Theory]
    [InlineData(123, 2000000001234)]
    [InlineData(0, 2000000000008)]
    public void Cards_carry_their_check_digit(int member, long card) => Assert.Equal(card, Receipts.CardOf(member));

    [Fact]
    public void A_batch_belongs_to_one_store()
    {
        var receipts = new Receipts(s_stores, batchSize: 100, run: 1, members: 10, DateTimeOffset.UnixEpoch, probeCents: 1);

        for (var index = 0; index < 1_000; index++) Assert.Equal(index / 100 % 3, receipts.StoreOf(index));
    }

    [Fact]
    public void A_probe_is_one_large_amount_on_a_card_of_its_own()
    {
        var probe = Json(_receipts, Receipts.FirstProbe);

        Assert.Equal(9_999.00m, probe.GetProperty("total").GetDecimal());
        Assert.Equal($"{Receipts.CardOf(500)}", probe.GetProperty("card").GetString());
        Assert.NotEqual(Text(_receipts, Receipts.FirstProbe), Text(_receipts, Receipts.FirstProbe + 1));
    }

    private static Receipts New(long run) => new(
        s_stores, batchSize: 1, run, members: 500, new(2026, 11, 21, 17, 4, 5, TimeSpan.FromHours(1)), probeCents: 999_900);

    private static string Text(Receipts receipts, int index)
    {
        var buffer = new byte[2_000];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, receipts.Write(index, buffer));
    }

    private static JsonElement Json(Receipts receipts, int index) => JsonDocument.Parse(Text(receipts, index)).RootElement;
}
