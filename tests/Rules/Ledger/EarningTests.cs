using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class EarningTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    [Fact]
    public void An_earning_is_a_lot_and_one_posting_from_the_issuance()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 30));
        var posting = Assert.Single(book.Earn("sale", 12, Noon));
        Assert.Equal((PostingKind.Earned, LedgerAccount.Issued, LedgerAccount.Available, 12L), (posting.Kind, posting.From, posting.To, posting.Amount));
        var lot = Assert.Single(book.Purse.Lots);
        Assert.Equal(("sale", 12L, 12L, new DateOnly(2026, 4, 9).DayNumber), (lot.Source, lot.Initial, lot.Remaining, lot.ExpiresOn));
        book.Prove();
    }

    [Fact]
    public void Pending_points_are_shown_and_cannot_be_spent_until_their_day_begins()
    {
        var book = new Book();
        book.Earn("sale", 100, Noon, pendingDays: 14);
        Assert.Equal((0L, 100L), (book.At(Noon).Available, book.At(Noon).Pending));
        book.Redeem("coffee", 1, Noon);
        Assert.Equal("insufficient-points", book.LastRefusal!.Code);

        var begins = new DateTimeOffset(2026, 3, 24, 0, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(0, book.At(begins.AddMilliseconds(-1)).Available);
        Assert.Equal(100, book.At(begins).Available);
        var activated = book.Redeem("coffee", 40, begins.AddDays(3))[0];
        Assert.Equal((PostingKind.Activated, begins.ToUnixTimeMilliseconds()), (activated.Kind, activated.At));
        book.Prove();
    }

    [Fact]
    public void What_awaits_an_action_is_activated_by_it_once()
    {
        var book = new Book();
        book.Earn("workshop", 50, Noon, awaitsAction: true);
        Assert.Equal(50, book.At(Noon.AddYears(5)).Pending);
        book.Post(Earnings.Activate(book.Purse, "workshop", "came", Noon.AddDays(1), book.Terms));
        Assert.Equal(50, book.Purse.Available);
        book.Post(Earnings.Activate(book.Purse, "workshop", "came", Noon.AddDays(1), book.Terms));
        Assert.Equal(1, book.Postings.Count(posting => posting.Kind == PostingKind.Activated));
        book.Prove();
    }

    [Fact]
    public void Debt_is_paid_first_by_at_most_half_of_an_earning()
    {
        var book = InDebt(120);
        book.Earn("next", 101, Noon.AddDays(1));
        Assert.Equal((51L, 70L), (book.Purse.Available, book.Purse.Owed));
        book.Earn("more", 1000, Noon.AddDays(2));
        Assert.Equal((981L, 0L), (book.Purse.Available, book.Purse.Owed));
        book.Prove();
    }

    [Fact]
    public void A_grant_pays_no_debt_and_names_its_reason_and_who_gave_it()
    {
        var book = InDebt(120);
        var posting = book.Post(Gestures.Grant(book.Purse, "case 7", 30, "late-delivery", "agent 3", Noon.AddDays(1), book.Terms))[0];
        Assert.Equal((30L, 120L), (book.Purse.Available, book.Purse.Owed));
        Assert.Equal(("late-delivery", "agent 3", LedgerAccount.Granted), (posting.Reason, posting.By, posting.From));
        book.Prove();
    }

    [Theory]
    [InlineData(0, "sale", "amount-not-positive", "/amount")]
    [InlineData(-5, "sale", "amount-not-positive", "/amount")]
    [InlineData(1_000_000_000_001, "sale", "amount-too-large", "/amount")]
    [InlineData(5, " ", "name-missing", "/source")]
    public void Earnings_out_of_bounds_are_refused_in_order(long amount, string source, string code, string field)
    {
        var book = new Book();
        Assert.Empty(book.Earn(source, amount, Noon));
        Assert.Equal((code, field), (book.LastRefusal!.Code, book.LastRefusal.Field));
        Assert.Equal(Purse.Empty(Unit.Points), book.Purse);
    }

    [Theory]
    [InlineData("", "agent", "reason-missing", "/reason")]
    [InlineData("Because I say so", "agent", "reason-missing", "/reason")]
    [InlineData("gesture", "", "name-missing", "/by")]
    public void Nobody_gives_without_a_reason_and_a_name(string reason, string by, string code, string field)
    {
        var book = InDebt(10);
        var (purse, terms) = (book.Purse, book.Terms);
        LedgerDecision[] decisions =
        [
            Gestures.Grant(purse, "g", 5, reason, by, Noon, terms),
            Gestures.Correct(purse, "c", 5, reason, by, Noon, terms),
            Gestures.Correct(purse, "c", -5, reason, by, Noon, terms),
            Gestures.Extend(purse, new(2030, 1, 1), reason, by, Noon, terms),
            Debts.Forgive(purse, reason, by, Noon, terms),
        ];
        Assert.All(decisions, decision => Assert.Equal((code, field, 0), (decision.Refusal!.Code, decision.Refusal.Field, decision.Postings.Length)));
    }

    [Fact]
    public void A_correction_takes_only_what_is_there()
    {
        var book = new Book();
        book.Earn("sale", 50, Noon);
        book.Post(Gestures.Correct(book.Purse, "typo", -51, "typing-error", "agent", Noon, book.Terms));
        Assert.Equal("insufficient-points", book.LastRefusal!.Code);
        book.Post(Gestures.Correct(book.Purse, "typo", long.MinValue, "typing-error", "agent", Noon, book.Terms));
        Assert.Equal("amount-too-large", book.LastRefusal!.Code);
        book.Post(Gestures.Correct(book.Purse, "typo", -50, "typing-error", "agent", Noon, book.Terms));
        Assert.Equal(0, book.Purse.Available);
        book.Prove();
    }

    [Fact]
    public void Status_points_of_one_day_of_expiry_share_a_lot_and_know_no_debt()
    {
        var book = new Book(UnitTerms.ForStatus(Book.Brussels, new(ExpiryKind.EndOfYear)));
        for (var i = 0; i < 100; i++) book.Earn($"sale {i}", 10, Noon.AddDays(i));
        book.Earn("pending sale", 7, Noon.AddDays(100), pendingDays: 14);
        book.ClawBack("pending sale", 7, Noon.AddDays(100));
        Assert.Equal((1000L, 0L), (book.Purse.Available, book.Purse.Pending));
        Assert.Equal((1000L, ""), (Assert.Single(book.Purse.Lots).Remaining, book.Purse.Lots[0].Source));
        book.ClawBack("sale 3", 1_200, Noon.AddDays(100));
        Assert.Equal((0L, 0L), (book.Purse.Available, book.Purse.Owed));
        Assert.Equal(200, TrialBalance.Of(book.Postings)[LedgerAccount.WrittenOff] * -1);
        book.Prove();
    }

    [Fact]
    public void Stamps_are_a_unit_like_any_other()
    {
        var book = new Book(UnitTerms.ForStamps(Book.Brussels, "coffee", new(ExpiryKind.AfterMonths, 6)));
        for (var i = 0; i < 10; i++) book.Earn($"cup {i}", 1, Noon.AddDays(i));
        book.ClawBack("cup 4", 1, Noon.AddDays(10));
        book.Redeem("free cup", 10, Noon.AddDays(10));
        Assert.Equal("insufficient-points", book.LastRefusal!.Code);
        book.Earn("cup 10", 1, Noon.AddDays(11));
        Assert.Equal(10, Assert.Single(book.Redeem("free cup", 10, Noon.AddDays(11))).Lots.Length);
        Assert.Empty(book.Purse.Lots);
        book.Prove();
    }

    [Theory]
    [InlineData("points", true)]
    [InlineData("status", true)]
    [InlineData("stamps:iced-coffee-2", true)]
    [InlineData("stamps:", false)]
    [InlineData("stamps:Coffee", false)]
    [InlineData("stamps:a-family-with-a-name-of-33-letters", false)]
    [InlineData("euros", false)]
    public void A_unit_reads_only_what_is_one(string code, bool isUnit) => Assert.Equal(isUnit, Unit.TryParse(code, out _));

    [Fact]
    public void The_ledger_of_a_member_keeps_units_apart()
    {
        var status = UnitTerms.ForStatus(Book.Brussels, new(ExpiryKind.EndOfYear));
        var points = UnitTerms.ForPoints(Book.Brussels, ExpiryPolicy.Never);
        var earned = Earnings.Earn(Purse.Empty(Unit.Points), Book.Accrual("sale", 12, Noon), Noon, points);
        var climbed = Earnings.Earn(Purse.Empty(Unit.Status), Book.Accrual("sale", 34, Noon), Noon, status);
        var ledger = MemberLedger.Empty;
        foreach (var posting in earned.Postings.Concat(climbed.Postings)) ledger = ledger.Apply(posting);
        Assert.Equal((12L, 34L, 0L), (ledger.Of(Unit.Points).Available, ledger.Of(Unit.Status).Available, ledger.Of(Unit.StampsOf("tea")).Available));
        Assert.Throws<ArgumentException>(() => Earnings.Earn(ledger.Of(Unit.Points), Book.Accrual("sale", 1, Noon), Noon, status));
    }

    /// <summary>A member who spent what a returned purchase had earned.</summary>
    internal static Book InDebt(long owed)
    {
        var book = new Book();
        book.Earn("returned", owed * 10, Noon);
        book.Redeem("spent", owed * 10, Noon);
        book.ClawBack("returned", owed, Noon);
        Assert.Equal((0L, owed), (book.Purse.Available, book.Purse.Owed));
        return book;
    }
}
