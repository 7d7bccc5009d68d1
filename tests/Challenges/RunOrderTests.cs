using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>The order of a running challenge against counting who is better, whatever comes in whatever order.</summary>
public sealed class RunOrderTests
{
    private const int People = 40;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ranks_are_one_and_the_number_of_those_who_are_better_and_to_be_seen(int seed)
    {
        var random = new Random(seed);
        var challenge = Contests.Of(new CountGoal(Contests.On(EarningEvent.Visit), 3));
        var order = new RunOrder(new("demo", "c", 1));
        var model = new Dictionary<Guid, (long Score, bool Away)>();
        var wishes = new Dictionary<Guid, (bool IsHidden, long Version)>();
        order.Begin(challenge);
        order.Begun();
        for (var step = 0; step < 400; step++)
        {
            var member = Contests.Key(random.Next(People));
            switch (random.Next(20))
            {
                case 0:
                    order.Begin(challenge);
                    foreach (var (known, (score, away)) in model.OrderBy(_ => random.Next())) order.Set(known, Brings(score, random), away);
                    order.Begun();
                    break;
                case < 6:
                    // A wish that was overtaken changes nothing.
                    var wish = (IsHidden: random.Next(2) == 0, Version: (long)random.Next(1, 50));
                    order.Take(new(new(member), wish.IsHidden, wish.Version));
                    if (wishes.GetValueOrDefault(member).Version < wish.Version) wishes[member] = wish;
                    break;
                default:
                    model[member] = (random.Next(6), random.Next(5) == 0);
                    order.Set(member, Brings(model[member].Score, random), model[member].Away);
                    break;
            }

            for (var who = 0; who < People; who++)
            {
                var asked = Contests.Key(who);
                Assert.True(Expected(asked) == order.Of(asked), $"Seed {seed}, step {step}, member {who}: {order.Of(asked)} should be {Expected(asked)}.");
            }
        }

        OwnRank? Expected(Guid member)
        {
            if (!model.TryGetValue(member, out var own) || own.Score == 0) return null;
            var others = model.Where(other => other.Key != member && other.Value.Score > 0 && IsSeen(other.Key)).Select(other => other.Value.Score).ToArray();
            return new(1 + others.Count(score => score > own.Score), others.Count(score => score == own.Score), others.Length + (IsSeen(member) ? 1 : 0), !IsSeen(member));
        }

        bool IsSeen(Guid member) => !model[member].Away && !wishes.GetValueOrDefault(member).IsHidden;
    }

    [Fact]
    public void Where_groups_or_nobody_rank_no_member_does()
    {
        var order = new RunOrder(new("demo", "c", 1));
        order.Begin(Contests.Of(new CountGoal(Contests.On(EarningEvent.Visit), 3)) with { By = new Together([new(10)]) });
        order.Set(Contests.Key(1), Brings(2, new(1)), isHidden: false);
        order.Begun();
        order.Set(Contests.Key(1), Brings(3, new(1)), isHidden: false);
        Assert.Null(order.Of(Contests.Key(1)));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 30)];

    private static ImmutableArray<Contribution> Brings(long score, Random random) => score == 0 ? [] : [new(0, score, random.Next(1_000), 0)];
}
