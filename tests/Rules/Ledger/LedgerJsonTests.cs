using System.Text;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

/// <summary>The durable form, spelled out: names here are for ever. That random histories survive it is in <see cref="LedgerModelTests"/>.</summary>
public sealed class LedgerJsonTests
{
    [Fact]
    public void An_ordinary_earning_is_short()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.EndOfMonth, 12));
        var posting = book.Earn("BRU/3/2026-03-10/000123", 12, Book.Noon)[0];
        Assert.Equal("""{"kind":"earned","amount":12,"at":1773140400000,"lots":[[1,"BRU/3/2026-03-10/000123",1773140400000,740070,12]]}""", Book.Json(posting));
        Assert.Equal("""{"lots":[[1,"BRU/3/2026-03-10/000123",1773140400000,740070,12]],"lastId":1,"settledAt":1773140400000}""", Book.Json(book.Purse));
    }

    [Fact]
    public void A_ledger_reads_back_with_everything_in_it()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.RollingDays, 90));
        book.Earn("a", 1000, Book.Noon);
        book.Redeem("x", 1000, Book.Noon);
        book.ClawBack("a", 60, Book.Noon);
        book.Earn("b", 50, Book.Noon, pendingDays: 5);
        book.Earn("c", 50, Book.Noon.AddDays(92));
        book.Post(Holds.Hold(book.Purse, "h", 20, Book.Noon.AddDays(92), book.Terms));
        var ledger = MemberLedger.Empty.With(book.Purse).With(Purse.Empty(Unit.StampsOf("tea")));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(ledger, DurableJson.Default.MemberLedger);
        var read = JsonSerializer.Deserialize(bytes, DurableJson.Default.MemberLedger)!;
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(read, DurableJson.Default.MemberLedger)));
        var purse = read.Of(Unit.Points);
        Assert.Equal((book.Purse.Available, book.Purse.Pending, book.Purse.Held, book.Purse.Owed), (purse.Available, purse.Pending, purse.Held, purse.Owed));
        Assert.NotEmpty(purse.Lapsed);
        Assert.Empty(LedgerProof.Check(book.Postings, purse));
        Assert.Equal(2, read.Purses.Length);
    }

    [Fact]
    public void What_a_newer_version_adds_is_skipped()
    {
        const string Newer = """{"lots":[[1,"a",5,0,12,20,7,"new",[1]]],"new":{"a":[1]},"roll":[1,2,3,4,5],"holds":[["h",9,[],1]],"debts":[[2,"r",8,3,{}]],"lastId":2}""";
        var purse = JsonSerializer.Deserialize(Newer, DurableJson.Default.Purse)!;
        Assert.Equal((12L, 20L, 7L, Lot.Never), (purse.Pending, purse.Lots[0].Initial, purse.Lots[0].AvailableAt, purse.Lots[0].ExpiresOn));
        Assert.Equal((new Roll(1, 2, 3, 4), "h", 3L, 2L), (purse.Roll, purse.Holds[0].Id, purse.Owed, purse.LastId));
        var posting = JsonSerializer.Deserialize("""{"kind":"earned","to":"pending","amount":1,"at":2,"later":[{}]}""", DurableJson.Default.Posting)!;
        Assert.Equal((LedgerAccount.Issued, LedgerAccount.Pending), (posting.From, posting.To));
    }

    [Fact]
    public void A_line_for_the_owner_names_the_receipts()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.EndOfYear));
        book.Earn("a", 10, Book.Noon);
        book.Earn("b", 10, Book.Noon);
        var line = LedgerLines.Of(book.Redeem("coffee", 15, Book.Noon)[0]);
        Assert.Equal((PostingKind.Redeemed, 15L, "coffee", Book.Noon), (line.Kind, line.Amount, line.Cause, line.At));
        Assert.Equal([new("a", 10, Book.Noon, new(2026, 12, 31)), new LotTrace("b", 5, Book.Noon, new(2026, 12, 31))], line.Lots);
    }
}
