using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rules;

namespace Gamification.Tests.Rules.Fold;

/// <summary>Random lives of an account under random rules: <c>FOLD_SEEDS=100000 FOLD_FIRST=1</c> for a long night.</summary>
public sealed class AccountPropertyTests(ITestOutputHelper output)
{
    private const int Length = 40;

    private static readonly Seeds Seeds = new("FOLD", 300);

    [Fact]
    public void Whatever_happens_the_ledger_proves_itself_and_the_preview_is_the_award()
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        ForEachSeed(account =>
        {
            for (var step = 0; step < Length; step++)
            {
                account.Step();
                if (step % 4 == 3) Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
            }

            foreach (var (preview, award) in account.Previews) Assert.Equal(preview, award);
            foreach (var posting in AccountProof.PostingsOf(account.Entries)) kinds[$"{posting.Kind}"] = kinds.GetValueOrDefault($"{posting.Kind}") + 1;
        });
        output.WriteLine(string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}")));
        string[] decided = [.. new[] { PostingKind.Earned, PostingKind.Activated, PostingKind.Expired, PostingKind.ExpiryReversed, PostingKind.ClawedBack, PostingKind.DebtIncurred, PostingKind.DebtPaid, PostingKind.WrittenOff, PostingKind.Corrected }.Select(kind => $"{kind}")];
        Assert.Empty(decided.Except(kinds.Keys));
    }

    [Fact]
    public void When_everything_came_back_no_sale_is_worth_anything_and_no_cap_is_used_but_what_closed()
    {
        ForEachSeed(account =>
        {
            for (var step = 0; step < Length / 2; step++) account.Step();
            account.ReturnEverything();
            var worth = SaleHistory.Of(account.Entries, account.Settings.NetSpend).Sales.Sum(sale => sale.Points);
            Assert.Equal(0, worth);
            var byAmount = account.Entries.OfType<ReceiptPosted>().Where(posted => posted.Treatment == Treatment.TakenByAmount).Sum(posted => posted.Points);
            Assert.Equal(byAmount, account.State.Lifetime);
            Assert.Equal(0, account.State.Receipts);
            Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
        });
    }

    [Fact]
    public void What_is_left_of_a_sale_is_worth_what_the_rules_say_of_everything_that_came_back()
    {
        ForEachSeed(account =>
        {
            for (var step = 0; step < Length; step++) account.Step();
            foreach (var sale in SaleHistory.Of(account.Entries, account.Settings.NetSpend).Sales.Where(sale => sale is { Earned: not null, Spend: > 0 }))
            {
                var worth = account.Scheme.Standing(sale.Earned!, sale.Receipt, sale.Back.AsSpan()).Points;
                Assert.True(sale.Points <= worth, $"{sale.Receipt.Key} has {sale.Points}, and what is left of it is worth {worth}");
                if (sale.Back.IsEmpty) Assert.Equal(sale.Earned!.Points, sale.Points);
            }
        });
    }

    [Fact]
    public void Counters_are_what_standing_sales_use_of_open_caps_and_old_ones_are_dropped()
    {
        var (kept, dropped) = (0, 0);
        ForEachSeed(account =>
        {
            for (var step = 0; step < Length; step++) account.Step();
            var history = SaleHistory.Of(account.Entries, account.Settings.NetSpend);
            foreach (var rule in account.Settings.Earning!.Rules.Where(rule => rule.Cap is not null))
            {
                foreach (var counter in history.Counters.Where(counter => counter.Rule == rule.Id))
                {
                    Assert.True(counter.Points >= 0 && counter.Times >= 0, $"{counter} is below zero");
                    Assert.True(counter.Points <= (rule.Cap!.Points ?? long.MaxValue), $"{counter} is above {rule.Cap.Points} points");
                    Assert.True(counter.Times <= (rule.Cap!.Times ?? int.MaxValue), $"{counter} is above {rule.Cap.Times} times");
                }
            }

            kept += account.State.Counters?.Rows.Length ?? 0;
            dropped += history.Counters.Count - (account.State.Counters?.Rows.Length ?? 0);
        });
        output.WriteLine($"{kept} counters kept in memory, {dropped} dropped");
        Assert.True(kept > 0 && dropped > 0);
    }

    private void ForEachSeed(Action<RandomAccount> check)
    {
        Seeds.Each(seed => new RandomAccount(seed), check);
        output.WriteLine($"{Seeds}");
    }
}
