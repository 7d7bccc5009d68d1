using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class ClawBackTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    [Fact]
    public void A_return_takes_pending_then_available_points_of_its_sale_then_others_then_makes_debt_then_is_written_off()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 100));
        book.Earn("other, later expiry", 10, Noon.AddDays(1));
        book.Earn("other, earlier expiry", 10, Noon.AddDays(1), occurredAt: Noon);
        book.Earn("sale", 30, Noon.AddDays(1));
        book.Earn("sale", 20, Noon.AddDays(1), pendingDays: 14);
        var postings = book.ClawBack("sale", 100, Noon.AddDays(2));
        Assert.Equal(
            [
                (PostingKind.ClawedBack, LedgerAccount.Pending, 20L),
                (PostingKind.ClawedBack, LedgerAccount.Available, 30L),
                (PostingKind.ClawedBack, LedgerAccount.Available, 20L),
                (PostingKind.DebtIncurred, LedgerAccount.Debt, 7L),
                (PostingKind.WrittenOff, LedgerAccount.WrittenOff, 23L),
            ],
            postings.Select(posting => (posting.Kind, posting.From, posting.Amount)));
        Assert.Equal(["other, earlier expiry", "other, later expiry"], postings[2].Lots.Select(lot => lot.Source));
        Assert.All(postings, posting => Assert.Equal(("sale", "return of sale"), (posting.Source, posting.Cause)));
        Assert.Equal(100, TrialBalance.Of(book.Postings)[LedgerAccount.ClawedBack]);
        book.Prove();
    }

    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(49_999, 4_999)]
    [InlineData(50_000, 5_000)]
    [InlineData(9_000_000, 5_000)]
    public void Debt_ends_at_a_tenth_of_a_years_issuance_or_at_5000(long issued, long owed)
    {
        var book = new Book();
        book.Earn("sale", issued, Noon);
        book.Redeem("all of it", issued, Noon);
        book.ClawBack("sale", issued, Noon.AddDays(1));
        Assert.Equal((0L, owed), (book.Purse.Available, book.Purse.Owed));
        Assert.Equal(owed - issued, TrialBalance.Of(book.Postings)[LedgerAccount.WrittenOff]);
        book.Prove();
    }

    [Fact]
    public void A_years_issuance_counts_what_was_earned_and_granted_and_paid_to_debt()
    {
        var book = EarningTests.InDebt(100);
        book.Earn("next", 50, Noon.AddDays(1));
        book.Post(Gestures.Grant(book.Purse, "g", 7, "gesture", "agent", Noon.AddDays(1), book.Terms));
        Assert.Equal(1057, Issuance.InYear(book.Postings, Noon.AddDays(2), Book.Brussels));
        Assert.Equal(57, Issuance.InYear(book.Postings, Noon.AddYears(1), Book.Brussels));
        Assert.Equal(0, Issuance.InYear(book.Postings, Noon.AddYears(1).AddDays(1), Book.Brussels));
    }

    [Fact]
    public void Debt_is_forgiven_when_180_days_are_over()
    {
        var book = EarningTests.InDebt(100);
        var end = Book.Brussels.EndOf(Book.Brussels.DayOf(Noon.ToUnixTimeMilliseconds()) + 180);
        Assert.Equal(100, book.At(DateTimeOffset.FromUnixTimeMilliseconds(end - 1)).Owed);
        Assert.Equal(0, book.At(DateTimeOffset.FromUnixTimeMilliseconds(end)).Owed);
        var posting = book.Earn("back again", 10, Noon.AddDays(300))[0];
        Assert.Equal((PostingKind.DebtForgiven, end, LedgerAccount.Forgiven), (posting.Kind, posting.At, posting.From));
        Assert.Equal(10, book.Purse.Available);
        book.Prove();
    }

    [Fact]
    public void An_agent_may_forgive_it_earlier()
    {
        var book = EarningTests.InDebt(100);
        Assert.Equal("gesture", Assert.Single(book.Post(Debts.Forgive(book.Purse, "gesture", "agent", Noon, book.Terms))).Reason);
        Assert.Equal(0, book.Purse.Owed);
        book.Post(Debts.Forgive(book.Purse, "gesture", "agent", Noon, book.Terms));
        Assert.Equal("no-debt", book.LastRefusal!.Code);
        book.Prove();
    }

    [Fact]
    public void Some_of_it_may_be_forgiven_the_oldest_first_and_never_more_than_is_owed()
    {
        var book = EarningTests.InDebt(100);
        book.Post(Debts.Forgive(book.Purse, "gesture", "agent", Noon, book.Terms, 30));
        Assert.Equal(70, book.Purse.Owed);
        foreach (var (amount, code) in new[] { (71, "owes-less"), (0, "amount-not-positive"), (-5, "amount-not-positive") })
        {
            Assert.Empty(book.Post(Debts.Forgive(book.Purse, "gesture", "agent", Noon, book.Terms, amount)));
            Assert.Equal(code, book.LastRefusal!.Code);
        }

        book.Post(Debts.Forgive(book.Purse, "gesture", "agent", Noon, book.Terms, 70));
        Assert.Equal(0, book.Purse.Owed);
        book.Prove();
    }

    [Fact]
    public void What_expired_is_not_taken_from_the_member_again()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 10));
        book.Earn("sale", 40, Noon);
        book.Redeem("coffee", 15, Noon);
        book.Earn("other", 100, Noon.AddDays(11));
        book.ClawBack("sale", 30, Noon.AddDays(12));
        Assert.Equal(95, book.Purse.Available);
        book.ClawBack("sale", 10, Noon.AddDays(12));
        Assert.Equal(85, book.Purse.Available);
        Assert.Equal(0, TrialBalance.Of(book.Postings)[LedgerAccount.Expired]);
        book.Prove();
    }

    [Fact]
    public void A_full_return_in_any_pieces_lands_exactly_at_zero()
    {
        ExpiryPolicy[] policies = [ExpiryPolicy.Never, new(ExpiryKind.AfterDays, 5), new(ExpiryKind.RollingDays, 12), new(ExpiryKind.EndOfMonth)];
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var book = new Book(policies[seed % policies.Length]);
            var at = Noon;
            var left = Enumerable.Range(0, random.Next(1, 6)).ToDictionary(i => $"sale {i}", _ => random.NextInt64(1, 300));
            foreach (var (source, amount) in left)
            {
                at = at.AddHours(random.Next(0, 100));
                var pending = random.Next(2) * random.Next(1, 10);
                if (amount > 1 && random.Next(3) == 0) book.Earn(source, amount / 2, at, pendingDays: pending);
                book.Earn(source, amount - book.Postings.Where(posting => posting.Lots is [var lot] && lot.Source == source && posting.Kind == PostingKind.Earned).Sum(posting => posting.Amount), at, pendingDays: pending);
            }

            while (left.Count > 0)
            {
                at = at.AddHours(random.Next(0, 60));
                var (source, rest) = left.ElementAt(random.Next(left.Count));
                var taken = random.NextInt64(1, rest + 1);
                book.ClawBack(source, taken, at);
                if (taken == rest) left.Remove(source);
                else left[source] = rest - taken;
            }

            var balance = TrialBalance.Of(book.Postings);
            Assert.True(book.Purse is { Available: 0, Pending: 0, Owed: 0, Lots.IsEmpty: true }, $"seed {seed}: {Book.Json(book.Purse)}");
            Assert.True(balance[LedgerAccount.ClawedBack] == -balance[LedgerAccount.Issued] && balance[LedgerAccount.Expired] == 0, $"seed {seed}");
            book.Prove();
        }
    }

    [Fact]
    public void What_is_held_is_left_alone()
    {
        var book = new Book();
        book.Earn("sale", 100, Noon);
        book.Post(Holds.Hold(book.Purse, "h", 60, Noon, book.Terms));
        book.ClawBack("sale", 100, Noon.AddMinutes(1));
        Assert.Equal((0L, 60L, 10L), (book.Purse.Available, book.Purse.Held, book.Purse.Owed));
        book.Prove();
    }
}
