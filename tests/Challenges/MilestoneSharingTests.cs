using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Challenges;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Challenges;

/// <summary>
/// A goal that members reach together, with a collective badge on it and a badge among its prizes, from the receipts to the accounts, with an engine that is killed on
/// the way until nothing is left to kill.
/// </summary>
public sealed class MilestoneSharingTests(ITestOutputHelper output)
{
    private const int Seeds = 8;
    private const int Members = 40;
    private const int LeastForBadge = 2;

    private static readonly ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base),
        Recognition = new()
        {
            Badges =
            [
                Badge("together", new Collective("c", LeastForBadge), new BadgeLevel { At = 1, Gift = Contests.Points(5) }, new BadgeLevel { At = 2 }, new BadgeLevel { At = 3 }),
                Badge("elsewhere", new Collective("other"), new BadgeLevel { At = 1 }),
                Badge("neighbour", new Manual(), new BadgeLevel { At = 1 }),
            ],
        },
    };

    private static readonly Challenge Together = Contests.Of(new CountGoal(Contests.On(EarningEvent.Sale), 1), new Together([new(10), new(30, new() { Badge = "neighbour" }), new(100_000)])) with
    {
        Window = new() { From = Contests.Monday, Until = Contests.Monday.AddDays(1), GraceHours = 2 },
        Names = [Named("neighbour")],
    };

    [Fact]
    public void Everybody_who_gave_enough_has_the_badge_of_what_was_reached_once_whatever_was_killed()
    {
        var deaths = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++) deaths.AddRange(Run(seed, isKilled: true));
        output.WriteLine($"{Seeds} seeds, {deaths.Count} deaths: {string.Join(", ", deaths)}");
        Assert.True(deaths.Count >= Seeds, $"only {deaths.Count} deaths");
        Run(seed: 99, isKilled: false);
    }

    [Fact]
    public void A_badge_that_the_programme_does_not_give_by_hand_is_no_prize()
    {
        var unnamed = Together with { By = new Together([new(10, new() { Badge = "together" })]), Names = [Named("together")] };
        Assert.Equal("/by/milestones/0/gift/badge", Assert.Single(ChallengeValidation.CheckBadges(unnamed, new Scheme(Programme, Books.Goods).Recognition)).Field);
        Assert.Empty(ChallengeValidation.CheckBadges(Together, new Scheme(Programme, Books.Goods).Recognition));
        Assert.Equal("/by/milestones/1/gift/badge", Assert.Single(ChallengeValidation.Check(Together with { Names = [] })).Field);
    }

    private static List<string> Run(int seed, bool isKilled)
    {
        var (random, gave) = (new Random(seed), new Dictionary<MemberId, int>());
        var contest = new MortalContest(seed, Together, Programme);
        contest.Run(
            async engine =>
            {
                for (var number = 1; number <= Members; number++)
                {
                    var member = new MemberId(Contests.Key(number));
                    gave[member] = random.Next(1, 4);
                    for (var sale = 0; sale < gave[member]; sale++)
                    {
                        var at = MortalContest.Opens.AddMinutes(random.Next(1, 170));
                        Assert.IsType<ReceiptOutcome.Recorded>(await engine.Grains.GetGrain<IMemberGrain>($"{Programme.Id}/{member}").Post(Receipts.Sale($"{number}-{sale}", Receipts.Line("MILK", 1, 3)).At(at), at, held: false));
                    }
                }
            },
            isKilled ? () => random.Next(1, 15) : null);
        foreach (var (member, count) in gave)
        {
            AccountEntry[] entries = [.. contest.Journal.Stored.Where(entry => entry.Actor == ActorId.Member(Programme.Id, member)).OrderBy(entry => entry.Version).Select(entry => AccountEntryJson.Read(entry)!)];
            var state = entries.Aggregate(AccountState.Empty, (before, entry) => before.Apply(entry));
            var awards = entries.SelectMany(entry => entry.Recognised?.Changes ?? []).OfType<BadgeAwarded>().Select(award => award.Id).ToImmutableArray();
            BadgeAwardId[] expected = [.. count >= LeastForBadge ? [new("together", 1, "c/1"), new("together", 2, "c/1")] : Array.Empty<BadgeAwardId>(), new("neighbour", 1, "c/1")];
            Assert.True(awards.Order(Comparer<BadgeAwardId>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()))).SequenceEqual(expected.OrderBy(one => one.ToString(), StringComparer.Ordinal)), $"seed {seed}: {member} gave {count} and has {string.Join(", ", awards)}");
            Assert.Empty(AccountProof.FaultsIn(entries, state));
        }

        return contest.Deaths;
    }

    private static Name Named(string badge) => new() { Kind = NamedKind.Badge, Id = badge, Fr = badge, Nl = badge, En = badge };

    private static BadgeRule Badge(string id, BadgeKind kind, params BadgeLevel[] levels) => new() { Id = id, Version = 1, Name = Contests.Named(id), For = kind, Levels = [.. levels] };
}
