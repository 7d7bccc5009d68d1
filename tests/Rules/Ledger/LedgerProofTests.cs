using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

/// <summary>A proof that cannot fail proves nothing: each law is broken once.</summary>
public sealed class LedgerProofTests
{
    private readonly Book _book = Sound();

    [Fact]
    public void A_sound_purse_has_no_violation() => _book.Prove();

    [Fact]
    public void A_lot_that_lost_a_point_is_found() =>
        AssertFound("available-lots", _book.Purse with { Lots = _book.Purse.Lots.SetItem(0, _book.Purse.Lots[0] with { Remaining = _book.Purse.Lots[0].Remaining - 1 }) });

    [Fact]
    public void A_pending_lot_that_is_missing_is_found() =>
        AssertFound("pending-lots", _book.Purse with { Lots = _book.Purse.Lots.RemoveAll(lot => lot.IsPending) });

    [Fact]
    public void A_forgotten_hold_is_found() => AssertFound("held-holds", _book.Purse with { Holds = [] });

    [Fact]
    public void A_debt_from_nowhere_is_found() => AssertFound("debt-debts", _book.Purse with { Debts = [new(9, "?", 1, 5)] });

    [Fact]
    public void A_lot_above_its_beginnings_is_found() =>
        AssertFound("lot-bounds", _book.Purse with { Lots = _book.Purse.Lots.SetItem(0, _book.Purse.Lots[0] with { Initial = 1 }) });

    [Fact]
    public void An_id_given_twice_is_found() =>
        AssertFound("lot-ids", _book.Purse with { Lots = _book.Purse.Lots.SetItem(1, _book.Purse.Lots[1] with { Id = _book.Purse.Lots[0].Id }) });

    [Fact]
    public void A_changed_date_is_found() =>
        AssertFound("state-fold", _book.Purse with { Lots = _book.Purse.Lots.SetItem(0, _book.Purse.Lots[0] with { ExpiresOn = 800_000 }) });

    [Fact]
    public void A_posting_that_is_missing_or_says_another_amount_is_found()
    {
        Assert.Contains(LedgerProof.Check([.. _book.Postings.Skip(1)], _book.Purse), violation => violation.Law == "available-lots");
        Posting[] changed = [_book.Postings[0] with { Amount = 1 }, .. _book.Postings.Skip(1)];
        Assert.Contains(LedgerProof.Check(changed, _book.Purse), violation => violation is { Law: "posting-parts", Expected: 1, Found: 100 });
        changed[0] = _book.Postings[0] with { Amount = -100 };
        Assert.Contains(LedgerProof.Check(changed, _book.Purse), violation => violation.Law == "posting-amount");
        changed[0] = _book.Postings[0] with { Unit = Unit.Status };
        Assert.Contains(LedgerProof.Check(changed, _book.Purse), violation => violation.Law == "posting-unit");
        Posting[] negative = [.. _book.Postings, _book.Postings[0] with { Kind = PostingKind.Redeemed, From = LedgerAccount.Available, To = LedgerAccount.Redeemed, Amount = 5_000 }];
        Assert.Contains(LedgerProof.Check(negative, _book.Purse), violation => violation.Law == "account-sign");
    }

    private void AssertFound(string law, Purse broken) => Assert.Contains(LedgerProof.Check(_book.Postings, broken), violation => violation.Law == law);

    private static Book Sound()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 90));
        book.Earn("a", 100, Book.Noon);
        book.Earn("b", 50, Book.Noon);
        book.Earn("c", 30, Book.Noon, pendingDays: 5);
        book.Post(Holds.Hold(book.Purse, "h", 20, Book.Noon, book.Terms));
        return book;
    }
}
