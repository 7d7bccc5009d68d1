using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Statements;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Fold;

namespace Gamification.Tests.Statements;

/// <summary>An explanation says what was decided then, however much has happened since.</summary>
public sealed class ExplanationPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Deciding_again_comes_to_what_was_recorded_and_every_rule_in_force_has_its_say()
    {
        int awards = 0, missed = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            try
            {
                var account = new RandomAccount(seed);
                for (var step = 0; step < 30; step++) account.Step();
                Explain(account, ref awards, ref missed);
            }
            catch (Exception)
            {
                output.WriteLine($"seed {seed}");
                throw;
            }
        }

        output.WriteLine($"{awards} awards, {missed} rules that did not count");
        Assert.True(awards > 1_000 && missed > 1_000);
    }

    private static void Explain(RandomAccount account, ref int awards, ref int missed)
    {
        var (state, past) = (AccountState.Empty, new SaleHistory());
        foreach (var entry in account.Entries)
        {
            if (entry is ReceiptPosted { Treatment: Treatment.Earned, Earned: { } earned, Receipt: var sale })
            {
                var why = Explanations.Of(1, ReceiptPosted.Type, entry, state, Receipts.Context(account.Settings, past, AccountKind.Member, account.Scheme, sale.OccurredAt));
                Assert.True(why.IsExact);
                Assert.Equal(earned.Points, why.Applied.Sum(rule => rule.Points));
                Assert.Equal(earned.Points, why.Lines.Sum(line => line.Points));
                var inForce = account.Scheme.Book.InForceAt(sale.OccurredAt).Where(rule => rule.On.Contains(EarningEvent.Sale)).Select(rule => rule.VersionId);
                var said = why.Applied.Select(rule => rule.Rule).Concat(why.Missed.Select(rule => rule.Rule)).ToArray();
                Assert.Equal(inForce.OrderBy(rule => rule.Rule, StringComparer.Ordinal), said.OrderBy(rule => rule.Rule, StringComparer.Ordinal));
                Assert.All(why.Missed, rule => Assert.All((string[])[rule.Text.Fr, rule.Text.Nl, rule.Text.En, rule.Because.Fr, rule.Because.Nl, rule.Because.En], Assert.NotEmpty));
                awards++;
                missed += why.Missed.Length;
            }

            state = state.Apply(entry);
            past.Fold(entry, account.Settings.NetSpend);
        }
    }
}
