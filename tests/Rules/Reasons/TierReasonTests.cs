using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.Statements;
using Gamification.Rules.Tiers;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Reasons;

/// <summary>What is said of a tier is what would happen: drawn histories, with every promise tried.</summary>
public sealed class TierReasonTests
{
    [Fact]
    public void What_is_missing_brings_and_keeps_the_tier_and_one_less_does_not_and_time_takes_it_on_the_day_that_is_said()
    {
        var (brought, kept, fell) = (0, 0, 0);
        Drawn.EachSeed((seed, random) =>
        {
            var period = (TierPeriod)(seed % 3);
            var ladder = TierTests.Ladder with { Period = period, Months = period == TierPeriod.Calendar ? 3 : random.Next(2, 7), Fall = (TierFall)random.Next(2), GraceDays = random.Next(0, 28) };
            var book = Books(ladder);
            var day = new DateOnly(2024, 1, 31).AddDays(random.Next(40));
            var standing = TierRulings.Enrol(ladder, day);
            for (var step = 0; step < 10; step++)
            {
                day = day.AddDays(random.Next(3) == 0 ? random.Next(120) : random.Next(10));
                standing = TierRulings.Count(standing, ladder, new(random.Next(0, 250), random.Next(0, 25)), day.AddDays(-random.Next(4)), day).Standing;
                if (random.Next(2) == 0) day = day.AddDays(random.Next(100));
                Try(standing, ladder, book, day, $"seed {seed}, step {step}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{brought} tiers brought, {kept} kept, {fell} falls");
        Assert.True(brought > 0 && kept > 0 && fell > 0);

        void Try(TierStanding standing, TierLadder ladder, RecognitionBook book, DateOnly day, string where)
        {
            var why = TierReasons.Of(AccountState.Empty with { Recognition = new() { Tier = standing } }, book, day, []);
            var has = Rank(ladder, TierRulings.At(standing, ladder, day)?.Id);
            Assert.True(has == Rank(ladder, why.Tier), where);
            Assert.True((why.Falls is null) == (has == 0) && (why.Next is null) == (has == ladder.Levels.Length), where);
            if (why.Falls is { } falls)
            {
                fell++;
                Assert.True(TierRulings.At(standing, ladder, falls.On.AddDays(-1))?.Id == why.Tier, $"{where}: gone before {falls.On:o}");
                Assert.True(TierRulings.At(standing, ladder, falls.On)?.Id == falls.To && falls.To != why.Tier, $"{where}: {falls} is not what time does");
            }

            if (why.Next is { } next)
            {
                brought++;
                foreach (var (enough, tooLittle) in Tries(next)) Assert.True(After(enough, day) >= Rank(ladder, next.Tier) && After(tooLittle, day) < Rank(ladder, next.Tier), $"{where}: {next}");
            }

            if (why.Keep is { } keep)
            {
                kept++;
                var end = why.Falls!.On;

                // One less may still bring a higher tier, which then lasts.
                foreach (var (enough, tooLittle) in Tries(keep)) Assert.True(After(enough, end) >= has && (After(tooLittle, end) < has || After(tooLittle, day) > has), $"{where}: {keep} by {end:o}");
            }

            Assert.All(why.Says, said => Assert.All((string[])[said.Fr, said.Nl, said.En], sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal)));

            int After(StatusPoints points, DateOnly on) => Rank(ladder, TierRulings.At(TierRulings.Count(standing, ladder, points, day, day).Standing, ladder, on)?.Id);
        }
    }

    /// <summary>Status points that are just enough for a step, and one less: both together, or each alone where one is enough.</summary>
    private static IEnumerable<(StatusPoints Enough, StatusPoints TooLittle)> Tries(TierStep step)
    {
        var (spend, engagement) = (step.MissingSpend, step.MissingEngagement);
        if (step.Both || spend == 0 || engagement == 0)
        {
            yield return (new(spend, engagement), spend > 0 ? new(spend - 1, engagement) : new(0, engagement - 1));
            yield break;
        }

        yield return (new(spend, 0), new(spend - 1, 0));
        yield return (new(0, engagement), new(0, engagement - 1));
    }

    private static int Rank(TierLadder ladder, string? id) => ladder.Levels.TakeWhile(level => level.Id != id).Count() is var at && id is null ? 0 : at + 1;

    private static RecognitionBook Books(TierLadder ladder) => new(new() { Tiers = ladder }, LedgerCalendar.In("Europe/Brussels"), "Europe/Brussels", "EUR");
}
