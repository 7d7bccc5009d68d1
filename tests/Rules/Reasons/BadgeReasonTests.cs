using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Statements;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Fold;

namespace Gamification.Tests.Rules.Reasons;

/// <summary>What is said of badges after drawn lives of sales and returns is what stands: the events that count add up to the progress.</summary>
public sealed class BadgeReasonTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    [Fact]
    public void The_events_that_count_add_up_to_the_progress_and_what_is_asked_holds_when_the_badge_would_be_due()
    {
        var (counted, gone, held) = (0, 0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                var life = new RecognisedLife(seed);
                Live(life);
                Explain(life, ref counted, ref gone, ref held);
            }
            catch (Exception)
            {
                output.WriteLine($"seed {seed}");
                throw;
            }
        }

        output.WriteLine($"seeds 1 to {Seeds}: {counted} counted events, {gone} gone, {held} badges held");
        Assert.True(counted > 1_000 && gone > 100 && held > 100);
    }

    private static void Explain(RecognisedLife life, ref int counted, ref int gone, ref int held)
    {
        var scheme = new Scheme(life.Settings, Books.Goods);
        var book = scheme.Recognition!;
        foreach (var id in book.Badges.Badges)
        {
            var standing = life.Recognition.BadgeOf(id);
            var why = BadgeReasons.Of(id, life.State, scheme, SaleHistory.Of(life.Entries, life.Settings.NetSpend), life.Today, life.Today, _ => null)!;
            var rule = book.Badges.InForceOn(id, life.Today)!;
            Assert.Equal((standing.Level, rule.Name), (why.Level, why.Name));
            Assert.Equal(standing.Awards.Select(award => (award.Level, award.Scope, award.Stands)), why.Awards.Select(award => (award.Level, award.Scope, award.RevokedOn is null)));
            if (rule.For is Conditional conditional) Assert.Equal(why.Level > 0, why.Requires.All(requirement => requirement.Holds));
            if (BadgeCounting.Counts(rule.For))
            {
                Assert.Equal(standing.ValueIn(why.Scope!), why.Done);
                Assert.Equal(rule.Levels.FirstOrDefault(level => level.At > why.Done)?.At, why.Needed);
                Assert.Equal(0, why.MoreCounted);
                Assert.Equal(0, why.Uncounted);
                var sum = BadgeCounting.MeasureOf(rule.For) switch
                {
                    BadgeMeasure.Stores => why.Counted.Select(deed => deed.Receipt!.Value.Store).Distinct().Count(),
                    BadgeMeasure.Days => why.Counted.Select(deed => deed.On).Distinct().Count(),
                    _ => why.Counted.Sum(deed => deed.Quantity),
                };
                Assert.Equal(why.Done, sum);
            }

            (counted, gone, held) = (counted + why.Counted.Length, gone + why.TakenBack, held + (why.Level > 0 ? 1 : 0));
            Assert.All(why.Says, said => Assert.All((string[])[said.Fr, said.Nl, said.En], sentence =>
            {
                Assert.EndsWith(".", sentence, StringComparison.Ordinal);
                Assert.Null(EthicsLint.PressingWord(sentence));
            }));
        }
    }

    private static void Live(RecognisedLife life)
    {
        for (var step = 0; step < 25; step++)
        {
            if (life.Random.Next(3) == 0) life.At = life.At.AddDays(life.Random.Next(1, 9));
            var young = life.Standing.Where(sale => sale.OccurredAt > life.At.AddDays(-30)).ToArray();
            if (young.Length > 0 && life.Random.Next(4) == 0) life.ReturnOne(young[life.Random.Next(young.Length)]);
            else if (young.Length > 0 && life.Random.Next(8) == 0) life.Void(young[life.Random.Next(young.Length)]);
            else life.Post(life.Draw(daysBackMax: 3));
        }
    }
}
