using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class ExpiryTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    [Fact]
    public void Points_are_valid_through_the_end_of_their_last_day_in_the_programmes_zone()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 19));
        book.Earn("sale", 10, Noon);
        var end = new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.FromHours(2)); // summer time began on 29 March
        Assert.Equal(10, book.At(end.AddMilliseconds(-1)).Available);
        Assert.Equal(0, book.At(end).Available);

        var posting = Assert.Single(book.Post(Boundaries.Settle(book.Purse, end.AddDays(40), book.Terms)));
        Assert.Equal((PostingKind.Expired, end.ToUnixTimeMilliseconds(), 10L), (posting.Kind, posting.At, posting.Amount));
        Assert.Empty(book.Post(Boundaries.Settle(book.Purse, end.AddDays(41), book.Terms)));
        book.Prove();
    }

    [Theory]
    [InlineData(ExpiryKind.AfterDays, 0, "2026-01-31", "2026-01-31")]
    [InlineData(ExpiryKind.AfterDays, 365, "2026-01-31", "2027-01-31")]
    [InlineData(ExpiryKind.AfterMonths, 1, "2026-01-31", "2026-02-28")]
    [InlineData(ExpiryKind.AfterMonths, 12, "2024-02-29", "2025-02-28")]
    [InlineData(ExpiryKind.RollingMonths, 18, "2026-01-31", "2027-07-31")]
    [InlineData(ExpiryKind.EndOfMonth, 0, "2026-02-01", "2026-02-28")]
    [InlineData(ExpiryKind.EndOfMonth, 12, "2027-02-28", "2028-02-29")]
    [InlineData(ExpiryKind.EndOfYear, 0, "2026-12-31", "2026-12-31")]
    [InlineData(ExpiryKind.EndOfYear, 2, "2026-01-01", "2028-12-31")]
    [InlineData(ExpiryKind.EndOfYear, 1, "9990-01-01", "9990-12-31")]
    public void Each_policy_names_the_last_valid_day(ExpiryKind kind, int count, string date, string last) =>
        Assert.Equal(DateOnly.Parse(last, null), DateOnly.FromDayNumber(new ExpiryPolicy(kind, count).LastDayFor(DateOnly.Parse(date, null))));

    [Fact]
    public void Activity_carries_all_rolling_lots_and_rewrites_none()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.RollingDays, 30));
        book.Earn("first", 10, Noon);
        var posting = Assert.Single(book.Earn("second", 20, Noon.AddDays(20)));
        Assert.Single(posting.Lots);
        Assert.Equal(30, book.At(Noon.AddDays(50)).Available);
        book.Post(Earnings.Touch(book.Purse, "review", Noon.AddDays(50), Book.DateOf(Noon.AddDays(50)), Noon.AddDays(50), book.Terms));
        Assert.Equal(30, book.At(Noon.AddDays(80)).Available);
        Assert.Equal(0, book.At(Noon.AddDays(81)).Available);
        Assert.Equal(new ExpiryNotice(Unit.Points, 30, Book.DateOf(Noon.AddDays(80))), book.At(Noon.AddDays(60)).NextExpiry);
        book.Prove();
    }

    [Fact]
    public void Late_proof_of_activity_brings_expired_points_back_within_the_grace()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.RollingDays, 30));
        book.Earn("sale", 10, Noon);
        var last = Noon.AddDays(30);
        book.Post(Boundaries.Settle(book.Purse, last.AddDays(1), book.Terms));
        Assert.Equal(0, book.Purse.Available);
        var reversed = book.Earn("from a till that was offline", 5, last.AddDays(2), occurredAt: last)[0];
        Assert.Equal((PostingKind.ExpiryReversed, 10L, LedgerAccount.Expired), (reversed.Kind, reversed.Amount, reversed.From));
        Assert.Equal(15, book.Purse.Available);
        Assert.Equal(15, book.At(last.AddDays(30)).Available);
        book.Prove();
    }

    [Fact]
    public void After_the_grace_what_expired_stays_expired()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.RollingDays, 30));
        book.Earn("sale", 10, Noon);
        var end = DateTimeOffset.FromUnixTimeMilliseconds(Book.Brussels.EndOf(Book.Brussels.DayOf(Noon.AddDays(30).ToUnixTimeMilliseconds())));
        var atTheEdge = Earnings.Earn(book.Purse, Book.Accrual("late", 5, end.AddHours(-1)), end.AddHours(72), book.Terms);
        Assert.Equal(15, atTheEdge.Purse.Available);
        book.Earn("later", 5, end.AddHours(72).AddMilliseconds(1), occurredAt: end.AddHours(-1));
        Assert.Equal(5, book.Purse.Available);
        Assert.DoesNotContain(book.Postings, posting => posting.Kind == PostingKind.ExpiryReversed);
        book.Prove();
    }

    [Fact]
    public void An_earning_that_comes_after_its_own_expiry_is_posted_with_it()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 10));
        var postings = book.Earn("found in a drawer", 10, Noon, occurredAt: Noon.AddDays(-60));
        Assert.Equal([PostingKind.Earned, PostingKind.Expired], postings.Select(posting => posting.Kind));
        Assert.Equal(Book.Brussels.EndOf(Book.Brussels.DayOf(Noon.AddDays(-50).ToUnixTimeMilliseconds())), postings[1].At);
        Assert.Equal(0, book.Purse.Available);
        book.Prove();
    }

    [Fact]
    public void A_notice_names_what_expires_on_each_day()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.EndOfMonth, 1));
        book.Earn("a", 10, Noon);
        book.Earn("b", 5, Noon.AddDays(1));
        book.Earn("c", 7, Noon.AddDays(30));
        ExpiryNotice[] expected = [new(Unit.Points, 15, new(2026, 4, 30)), new(Unit.Points, 7, new(2026, 5, 31))];
        Assert.Equal(expected, PurseViews.ExpiringThrough(book.Purse, new(2026, 5, 31), Noon.AddDays(31), book.Terms));
        Assert.Equal(expected[..1], PurseViews.ExpiringThrough(book.Purse, new(2026, 5, 30), Noon.AddDays(31), book.Terms));
    }

    [Fact]
    public void An_extension_prolongs_what_is_shorter_and_says_why()
    {
        var book = new Book(new ExpiryPolicy(ExpiryKind.AfterDays, 10));
        book.Earn("a", 10, Noon);
        book.Earn("b", 10, Noon.AddDays(5));
        var posting = Assert.Single(book.Post(Gestures.Extend(book.Purse, Book.DateOf(Noon.AddDays(12)), "strike", "agent", Noon.AddDays(6), book.Terms)));
        Assert.Equal((PostingKind.Extended, 0L, "strike", "a"), (posting.Kind, posting.Amount, posting.Reason, Assert.Single(posting.Lots).Source));
        Assert.Equal(20, book.At(Noon.AddDays(12)).Available);
        Assert.Equal(10, book.At(Noon.AddDays(13)).Available);
        book.Post(Gestures.Extend(book.Purse, Book.DateOf(Noon.AddDays(12)), "strike", "agent", Noon.AddDays(6), book.Terms));
        Assert.Equal("nothing-to-extend", book.LastRefusal!.Code);
        book.Prove();
    }

    [Fact]
    public void A_chain_of_activity_is_the_same_in_whatever_order_it_becomes_known_within_the_grace()
    {
        var policy = new ExpiryPolicy(ExpiryKind.RollingDays, 10);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var day = 739_000;
            var days = Enumerable.Range(0, 12).Select(_ => day += random.Next(0, 15)).ToArray();
            var inOrder = days.Aggregate(default(Roll), (roll, on) => roll.With(on, policy.LastDayFor(DateOnly.FromDayNumber(on))));
            var shuffled = days.OrderBy(on => on + (3 * random.NextDouble())).Aggregate(default(Roll), (roll, on) => roll.With(on, policy.LastDayFor(DateOnly.FromDayNumber(on))));
            Assert.True((inOrder.Since, inOrder.To) == (shuffled.Since, shuffled.To), $"seed {seed}: {inOrder} against {shuffled}");
        }
    }

    /// <summary>Spec §4: base points are order-independent within the grace. With time's part in it too: what is live at the end, and until when.</summary>
    [Fact]
    public void Earnings_come_to_the_same_in_whatever_order_they_arrive_within_the_grace()
    {
        ExpiryPolicy[] policies = [ExpiryPolicy.Never, new(ExpiryKind.AfterDays, 2), new(ExpiryKind.EndOfMonth), new(ExpiryKind.RollingDays, 4), new(ExpiryKind.RollingDays, 20), new(ExpiryKind.RollingMonths, 1)];
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var at = Noon;
            var events = Enumerable.Range(0, 25).Select(i => (Source: $"{i}", Amount: random.NextInt64(1, 50), OccurredAt: at = at.AddHours(random.Next(0, 90)), Lateness: random.Next(0, 72))).ToArray();
            var policy = policies[seed % policies.Length];
            var (inOrder, shuffled) = (new Book(policy), new Book(policy));
            foreach (var (source, amount, occurredAt, _) in events) inOrder.Earn(source, amount, occurredAt, pendingDays: 1);
            foreach (var (source, amount, occurredAt, lateness) in events.OrderBy(one => one.OccurredAt.AddHours(one.Lateness)))
            {
                shuffled.Earn(source, amount, occurredAt.AddHours(lateness), occurredAt, pendingDays: 1);
            }

            at = at.AddHours(73);
            Assert.True(Picture(inOrder, at) == Picture(shuffled, at), $"seed {seed}, {policy}:\n{Picture(inOrder, at)}\n{Picture(shuffled, at)}");
            shuffled.Prove();
        }
    }

    private static string Picture(Book book, DateTimeOffset at)
    {
        book.Post(Boundaries.Settle(book.Purse, at, book.Terms));
        return NaiveLedger.Describe(book.Purse.Lots.Select(lot => (lot.Source, book.Purse.Roll.ExpiryOf(lot), lot.IsPending, lot.Remaining)));
    }
}
