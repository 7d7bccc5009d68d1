using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class MergeTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    private readonly Book _old = new(new ExpiryPolicy(ExpiryKind.AfterDays, 60));
    private readonly Book _kept = new(new ExpiryPolicy(ExpiryKind.AfterDays, 60));

    [Fact]
    public void A_merge_moves_lots_with_their_dates_and_debt_with_its_forgiveness()
    {
        _old.Earn("a", 1000, Noon);
        _old.Redeem("x", 990, Noon);
        _old.Earn("c", 5, Noon, pendingDays: 9);
        _old.Post(Gestures.Correct(_old.Purse, "empty", -10, "test", "agent", Noon, _old.Terms));
        _old.ClawBack("a", 50, Noon);
        _old.Earn("b", 20, Noon.AddDays(3));
        _kept.Earn("d", 7, Noon.AddDays(1));
        Merge(Noon.AddDays(4));
        Assert.True(_old.Purse is { Available: 0, Pending: 0, Owed: 0, Lots.IsEmpty: true, Debts.IsEmpty: true });
        Assert.Equal((17L, 5L, 40L), (_kept.Purse.Available, _kept.Purse.Pending, _kept.Purse.Owed));
        Assert.Equal(Book.DateOf(Noon.AddDays(63)).DayNumber, _kept.Purse.Lots.Single(lot => lot.Source == "b").ExpiresOn);
        Assert.Equal(Book.DateOf(Noon.AddDays(180)).DayNumber, Assert.Single(_kept.Purse.Debts).ForgivenOn);
        Assert.Equal(0, TrialBalance.Of(_old.Postings)[LedgerAccount.Merged] + TrialBalance.Of(_kept.Postings)[LedgerAccount.Merged]);
        _old.Prove();
        _kept.Prove();
    }

    [Fact]
    public void Undone_at_once_a_merge_leaves_both_as_they_were()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var policy = seed % 2 == 0 ? new ExpiryPolicy(ExpiryKind.AfterDays, 60) : new ExpiryPolicy(ExpiryKind.EndOfYear);
            var (old, kept) = (Filled(random, policy, "o"), Filled(random, policy, "k"));
            var at = Noon.AddDays(40);
            var (oldBefore, keptBefore) = (Picture(old, at), Picture(kept, at));
            var (left, arrived) = Merge(old, kept, at);
            var united = Picture(kept, at);
            Assert.True(united.Available == oldBefore.Available + keptBefore.Available && united.Owed == oldBefore.Owed + keptBefore.Owed, $"seed {seed}");
            Unmerge(old, kept, left, arrived, at.AddDays(random.Next(0, 2)));
            Assert.True((oldBefore, keptBefore) == (Picture(old, at), Picture(kept, at)), $"seed {seed}: {oldBefore} {Picture(old, at)}\n{keptBefore} {Picture(kept, at)}");
            old.Prove();
            kept.Prove();
        }
    }

    [Fact]
    public void What_was_spent_after_the_merge_stays_spent()
    {
        _old.Earn("a", 100, Noon);
        _kept.Earn("b", 100, Noon.AddDays(1));
        var (left, arrived) = Merge(Noon.AddDays(2));
        _kept.Redeem("voucher", 130, Noon.AddDays(3));
        Unmerge(_old, _kept, left, arrived, Noon.AddDays(4));
        Assert.Equal((0L, 70L), (_old.Purse.Available, _kept.Purse.Available));
    }

    [Fact]
    public void Points_spent_before_the_merge_come_back_to_the_purse_that_was_kept()
    {
        _old.Earn("a", 100, Noon);
        var spent = _old.Redeem("voucher", 60, Noon)[0].Lots;
        _kept.Earn("b", 100, Noon);
        Merge(Noon.AddDays(1));
        _kept.Post(Redemptions.Restore(_kept.Purse, spent, 0, 60, "return", Noon.AddDays(2), _kept.Terms));
        Assert.Equal([("a", 100L), ("b", 100L)], _kept.Purse.Lots.GroupBy(lot => lot.Source).Select(lots => (lots.Key, lots.Sum(lot => lot.Remaining))).Order());
        _kept.Prove();
    }

    [Fact]
    public void A_merge_can_be_undone_for_thirty_days()
    {
        _old.Earn("a", 100, Noon);
        var (left, arrived) = Merge(Noon);
        Assert.Null(Merges.Unmerge(_kept.Purse, _old.Purse, left, arrived, "u", Noon.AddDays(30).AddHours(10), _old.Terms).Refusal);
        Assert.Equal("unmerge-too-late", Merges.Unmerge(_kept.Purse, _old.Purse, left, arrived, "u", Noon.AddDays(31), _old.Terms).Refusal!.Code);
    }

    [Fact]
    public void Nothing_is_merged_while_something_is_held()
    {
        _old.Earn("a", 100, Noon);
        _old.Post(Holds.Hold(_old.Purse, "h", 1, Noon, _old.Terms));
        var decision = Merges.Merge(_old.Purse, _kept.Purse, "m", Noon, _old.Terms);
        Assert.Equal(("holds-open", 0, 0), (decision.Refusal!.Code, decision.From.Postings.Length, decision.Into.Postings.Length));
        Assert.Null(Merges.Merge(_old.Purse, _kept.Purse, "m", Noon.AddMinutes(15), _old.Terms).Refusal);
    }

    private (ImmutableArray<Posting> Left, ImmutableArray<Posting> Arrived) Merge(DateTimeOffset at) => Merge(_old, _kept, at);

    private static (ImmutableArray<Posting> Left, ImmutableArray<Posting> Arrived) Merge(Book old, Book kept, DateTimeOffset at)
    {
        var decision = Merges.Merge(old.Purse, kept.Purse, "merge", at, old.Terms);
        return ([.. old.Post(decision.From).Where(posting => posting.Kind == PostingKind.MergedOut)], [.. kept.Post(decision.Into).Where(posting => posting.Kind == PostingKind.MergedIn)]);
    }

    private static void Unmerge(
        Book old, Book kept, ImmutableArray<Posting> left, ImmutableArray<Posting> arrived, DateTimeOffset at)
    {
        var decision = Merges.Unmerge(kept.Purse, old.Purse, left, arrived, "unmerge", at, old.Terms);
        Assert.Null(decision.Refusal);
        kept.Post(decision.From);
        old.Post(decision.Into);
    }

    private static Book Filled(Random random, ExpiryPolicy policy, string prefix)
    {
        var book = new Book(policy);
        for (var i = 0; i < random.Next(0, 8); i++) book.Earn($"{prefix}{i}", random.NextInt64(1, 200), Noon.AddDays(4 * i), pendingDays: random.Next(4) == 0 ? 60 : 0);
        if (book.Purse.Available > 1) book.Redeem("x", random.NextInt64(1, book.Purse.Available), Noon.AddDays(33));
        if (random.Next(2) == 0) book.ClawBack($"{prefix}1", 150, Noon.AddDays(34));
        return book;
    }

    private static LedgerPicture Picture(Book book, DateTimeOffset at)
    {
        var view = book.At(at);
        var lots = NaiveLedger.Describe(book.Purse.Lots.Select(lot => (lot.Source, book.Purse.Roll.ExpiryOf(lot), lot.IsPending, lot.Remaining)));
        return new(view.Available, view.Pending, view.Held, view.Owed, lots);
    }
}
