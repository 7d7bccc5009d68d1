using System.Globalization;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>Random histories with corrections, against the obvious slow score. CHALLENGE_SEEDS draws more.</summary>
public sealed class ScoringPropertyTests(ITestOutputHelper output)
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("CHALLENGE_SEEDS") ?? "3000", CultureInfo.InvariantCulture);
    private static readonly EarningEvent[] Kinds = [EarningEvent.Sale, EarningEvent.Visit, EarningEvent.Post];

    /// <summary>Spec §4: whatever the order in which they become known, the deeds that stand decide; returns take back exactly.</summary>
    [Fact]
    public void A_score_is_that_of_the_deeds_that_stand_in_whatever_order_they_came()
    {
        var complete = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var challenge = Drawn(random);
            var marking = new Marking(challenge, Times(challenge));
            var stands = new Dictionary<Guid, Deed?>();
            var track = MemberTrack.Empty;
            for (var version = 1; version <= 30; version++)
            {
                var change = new DeedChange(Key(random.Next(12)), random.Next(4) == 0 ? null : Drawn(random, random.Next(12)));
                stands[change.Key] = change.Deed;
                track = track.With([change], version, "c", marking);
            }

            var shuffled = stands.ToArray();
            random.Shuffle(shuffled);
            var again = MemberTrack.Empty.With([.. shuffled.Select(pair => new DeedChange(pair.Key, pair.Value))], 1, "c", marking);
            var score = Only(track, challenge);
            Assert.True(score == Only(again, challenge), $"seed {seed}: {score} by its history, {Only(again, challenge)} from what stands");
            var naive = NaiveScore.Of(challenge, [.. stands.Where(pair => pair.Value is not null).Select(pair => (Marking.DigestOf(pair.Key), pair.Value!))], marking);
            Assert.True(score == naive, $"seed {seed}: {score}, slowly {naive} for {challenge.Goal}");
            if (score.CompletedAt != 0) complete++;
        }

        output.WriteLine($"seeds 0 to {Seeds - 1}, {complete} goals reached");
        Assert.InRange(complete, Seeds / 20, Seeds * 19 / 20);
    }

    private static Contribution Only(MemberTrack track, Challenge challenge) => track.Contributions(challenge) is [var one] ? one : default;

    private static Challenge Drawn(Random random)
    {
        var goal = random.Next(5) == 0
            ? new SomeOf([Simple(random), Simple(random), Simple(random)], random.Next(1, 4))
            : Simple(random);
        return Of(goal) with { Beyond = random.Next(2) == 0, Caps = new() { PerDay = goal is CountGoal or SumGoal && random.Next(2) == 0 ? random.Next(1, 600) : null } };
    }

    private static ChallengeGoal Simple(Random random) => random.Next(7) switch
    {
        0 => new CountGoal(Some(random), random.Next(1, 8)),
        1 => new SumGoal(On(EarningEvent.Sale), SumOf.Spend, random.Next(1, 2_000)),
        2 => new SumGoal(new() { On = [EarningEvent.Sale], Goods = new() { Labels = ["local"] } }, SumOf.Items, random.Next(1, 8)),
        3 => new DistinctGoal(Some(random), DistinctOf.Days, random.Next(1, 6)),
        4 => new DistinctGoal(On(EarningEvent.Sale), DistinctOf.Skus, random.Next(1, 4)),
        5 => new InSequence([Some(random), Some(random), Some(random)]),
        _ => new RunOf(Some(random), (RunPer)random.Next(2), random.Next(2, 5), 1),
    };

    private static Deeds Some(Random random) => On([.. Kinds.Where(_ => random.Next(2) == 0).DefaultIfEmpty(EarningEvent.Visit)]);

    private static Deed Drawn(Random random, int number)
    {
        // Some of them happen at the same instant.
        var (type, day, minute) = (Kinds[number % 3], random.Next(-1, 15), random.Next(3));
        return type != EarningEvent.Sale ? Deed(type, day, minute)
            : Deed(type, day, minute, "s1", goods: [Line($"sku{random.Next(4)}", random.Next(0, 500), random.Next(1, 3_000) / 1_000m, null, "local"), Line("soap", random.Next(1, 300))]);
    }
}
