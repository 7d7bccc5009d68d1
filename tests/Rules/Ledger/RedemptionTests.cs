using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class RedemptionTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    private readonly Book _book = new(new ExpiryPolicy(ExpiryKind.AfterDays, 10));

    [Fact]
    public void What_expires_first_is_spent_first_and_the_trace_names_the_receipts()
    {
        var (purse, terms) = (_book.Purse, _book.Terms);
        purse = Earn(purse, "never", 50, Noon, ExpiryPolicy.Never);
        purse = Earn(purse, "long", 50, Noon, new(ExpiryKind.AfterDays, 90));
        purse = Earn(purse, "short, earned late", 50, Noon.AddHours(1), new(ExpiryKind.AfterDays, 5));
        purse = Earn(purse, "short, earned early", 20, Noon, new(ExpiryKind.AfterDays, 5));
        purse = Earn(purse, "short, earned early, came later", 20, Noon, new(ExpiryKind.AfterDays, 5));
        var trace = Redemptions.Redeem(purse, "voucher", 160, Noon.AddHours(2), terms).Postings.Single().Lots;
        Assert.Equal(
            [("short, earned early", 20L), ("short, earned early, came later", 20), ("short, earned late", 50), ("long", 50), ("never", 20)],
            trace.Select(lot => (lot.Source, lot.Remaining)));
    }

    [Fact]
    public void Nothing_is_spent_beyond_what_is_available_and_the_remedy_says_how_much_that_is()
    {
        _book.Earn("sale", 50, Noon);
        Assert.Empty(_book.Redeem("voucher", 51, Noon));
        Assert.Equal(("insufficient-points", "/amount", "50 can be spent now."), (_book.LastRefusal!.Code, _book.LastRefusal.Field, _book.LastRefusal.Remedy));
        _book.Redeem("voucher", 50, Noon);
        Assert.Equal(0, _book.Purse.Available);
        _book.Redeem("voucher", 1, Noon);
        Assert.NotNull(_book.LastRefusal);
        _book.Prove();
    }

    [Fact]
    public void A_hold_sets_aside_until_it_is_confirmed()
    {
        _book.Earn("sale", 50, Noon);
        _book.Post(Holds.Hold(_book.Purse, "h", 30, Noon, _book.Terms));
        Assert.Equal((20L, 30L), (_book.Purse.Available, _book.Purse.Held));
        var posting = Assert.Single(_book.Post(Holds.Confirm(_book.Purse, "h", Noon.AddMinutes(14), _book.Terms)));
        Assert.Equal((LedgerAccount.Held, LedgerAccount.Redeemed, "sale"), (posting.From, posting.To, Assert.Single(posting.Lots).Source));
        Assert.Equal((20L, 0L), (_book.Purse.Available, _book.Purse.Held));
        _book.Post(Holds.Confirm(_book.Purse, "h", Noon.AddMinutes(14), _book.Terms));
        Assert.Equal("hold-unknown", _book.LastRefusal!.Code);
        _book.Prove();
    }

    [Fact]
    public void A_hold_times_out_at_its_end_whoever_looks_first()
    {
        _book.Earn("sale", 50, Noon);
        _book.Post(Holds.Hold(_book.Purse, "h", 30, Noon, _book.Terms));
        Assert.Equal(30, _book.At(Noon.AddMinutes(15).AddMilliseconds(-1)).Held);
        Assert.Equal((0L, 50L), (_book.At(Noon.AddMinutes(15)).Held, _book.At(Noon.AddMinutes(15)).Available));
        _book.Post(Holds.Confirm(_book.Purse, "h", Noon.AddMinutes(15), _book.Terms));
        Assert.Equal("hold-unknown", _book.LastRefusal!.Code);
        Assert.Equal(50, Assert.Single(_book.Redeem("other", 50, Noon.AddHours(1)).Where(posting => posting.Kind == PostingKind.Redeemed)).Amount);
        Assert.Equal(Noon.AddMinutes(15).ToUnixTimeMilliseconds(), _book.Postings.Single(posting => posting.Kind == PostingKind.HoldTimedOut).At);
        _book.Prove();
    }

    [Fact]
    public void Held_points_do_not_expire_and_when_voided_afterwards_remain_seven_days()
    {
        _book.Earn("sale", 50, Noon);
        var beforeMidnight = new DateTimeOffset(2026, 3, 20, 23, 50, 0, TimeSpan.FromHours(1));
        _book.Post(Holds.Hold(_book.Purse, "kept", 20, beforeMidnight, _book.Terms));
        _book.Post(Holds.Hold(_book.Purse, "spent", 20, beforeMidnight, _book.Terms));
        _book.Post(Holds.Confirm(_book.Purse, "spent", beforeMidnight.AddMinutes(12), _book.Terms));
        Assert.Equal(10, _book.Postings.Single(posting => posting.Kind == PostingKind.Expired).Amount);
        _book.Post(Holds.Void(_book.Purse, "kept", beforeMidnight.AddMinutes(13), _book.Terms));
        Assert.Equal(20, _book.At(new DateTimeOffset(2026, 3, 28, 23, 59, 0, TimeSpan.FromHours(1))).Available);
        Assert.Equal(0, _book.At(new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.FromHours(1))).Available);
        _book.Prove();
    }

    [Fact]
    public void A_hold_has_its_own_id_and_there_are_at_most_32()
    {
        _book.Earn("sale", 50, Noon);
        for (var i = 0; i < Holds.Max; i++) _book.Post(Holds.Hold(_book.Purse, $"{i}", 1, Noon, _book.Terms));
        _book.Post(Holds.Hold(_book.Purse, "5", 1, Noon, _book.Terms));
        Assert.Equal("hold-exists", _book.LastRefusal!.Code);
        _book.Post(Holds.Hold(_book.Purse, "33rd", 1, Noon, _book.Terms));
        Assert.Equal("too-many-holds", _book.LastRefusal!.Code);
        Assert.Equal(32, _book.Purse.Held);
        _book.Prove();
    }

    [Fact]
    public void Spent_points_come_back_to_their_lots_with_their_expiry_the_last_taken_first()
    {
        _book.Earn("early", 30, Noon);
        _book.Earn("late", 30, Noon.AddDays(2));
        var spent = _book.Redeem("voucher", 50, Noon.AddDays(3))[0].Lots;
        _book.Post(Redemptions.Restore(_book.Purse, spent, 0, 25, "return 1", Noon.AddDays(4), _book.Terms));
        Assert.Equal([("early", 5L), ("late", 30L)], _book.Purse.Lots.Select(lot => (lot.Source, lot.Remaining)));
        _book.Post(Redemptions.Restore(_book.Purse, spent, 25, 25, "return 2", Noon.AddDays(4), _book.Terms));
        Assert.Equal([("early", 30L, 1L), ("late", 30L, 2L)], _book.Purse.Lots.Select(lot => (lot.Source, lot.Remaining, lot.Id)));
        _book.Post(Redemptions.Restore(_book.Purse, spent, 50, 1, "return 3", Noon.AddDays(4), _book.Terms));
        Assert.Equal("restore-too-much", _book.LastRefusal!.Code);
        Assert.Equal(0, TrialBalance.Of(_book.Postings)[LedgerAccount.Redeemed]);
        _book.Prove();
    }

    [Fact]
    public void Spent_points_that_expired_meanwhile_come_back_for_thirty_days()
    {
        _book.Earn("sale", 30, Noon);
        var spent = _book.Redeem("voucher", 30, Noon)[0].Lots;
        _book.Post(Redemptions.Restore(_book.Purse, spent, 0, 30, "return", Noon.AddDays(11), _book.Terms));
        var lot = Assert.Single(_book.Purse.Lots);
        Assert.Equal(("sale", Book.DateOf(Noon.AddDays(41)).DayNumber), (lot.Source, lot.ExpiresOn));
        _book.Prove();
    }

    [Theory]
    [InlineData("fr", "0 disponible, 120 à compenser")]
    [InlineData("nl", "0 beschikbaar, 120 te verrekenen")]
    [InlineData("en", "0 available, 120 to make up for")]
    public void What_a_member_owes_is_said_with_its_reason(string language, string text)
    {
        var view = EarningTests.InDebt(120).At(Noon.AddDays(1));
        Assert.Equal(text, view.Summary(language));
        Assert.Equal(("return of returned", Book.DateOf(Noon.AddDays(180))), (view.OwedFor, view.ForgivenOn));
    }

    [Fact]
    public void A_summary_agrees_in_number()
    {
        var view = new PurseView { Unit = Unit.Points, Available = 1200, Pending = 30, Held = 1 };
        Assert.Equal("1200 disponibles, 30 en attente, 1 réservé", view.Summary("fr"));
        Assert.Equal("1 disponible", (view with { Available = 1, Pending = 0, Held = 0 }).Summary("fr"));
    }

    private static Purse Earn(Purse purse, string source, long amount, DateTimeOffset at, ExpiryPolicy policy) =>
        Earnings.Earn(purse, Book.Accrual(source, amount, at) with { Expiry = policy }, at, UnitTerms.ForPoints(Book.Brussels, policy)).Purse;
}
