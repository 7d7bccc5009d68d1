using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Challenges;

/// <summary>Prizes in an account, with a ledger and without.</summary>
public sealed class PrizeRuleTests
{
    private static readonly PrizeId Id = new(new("test", "c", 1), PureAccount.Self, "goal");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_prize_can_be_spent_and_is_taken_back_to_the_point(bool hasLedger)
    {
        var settings = hasLedger ? Events.Programme : Receipts.Programme();
        var account = new PureAccount(settings) { Scheme = hasLedger ? new(settings, Books.Goods) : null };
        account.Post(Receipts.Sale("1", 20));
        var before = (account.State.Balance, account.State.Lifetime);
        var received = PrizeRule.Receive(account.State, new(Id, Contests.Points(50), "hash"), Context(account, settings));
        account.Apply(received);
        Assert.Equal((before.Balance + 50, before.Lifetime + 50, 50L), (account.State.Balance, account.State.Lifetime, received.Points));
        Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
        account.Apply(PrizeRule.TakeBack(account.State, Id, received, "fraud", Context(account, settings)));
        Assert.Equal(before, (account.State.Balance, account.State.Lifetime));
        Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
    }

    [Fact]
    public void A_reward_is_owed_until_it_is_given_and_not_once_it_is_taken_back()
    {
        var account = new PureAccount(Receipts.Programme());
        var received = PrizeRule.Receive(account.State, new(Id, new() { Reward = "mug" }, "hash"), Context(account, Receipts.Programme()));
        account.Apply(received);
        Assert.Equal(("prize/c/1/goal", "mug"), Assert.Single(account.State.Wallet!.Owed) is var owed ? (owed.Cause, owed.Reward) : default);
        account.Apply(PrizeRule.TakeBack(account.State, Id, received, "fraud", Context(account, Receipts.Programme())));
        Assert.Null(account.State.Wallet);
    }

    [Fact]
    public void A_badge_is_won_once_a_run_with_what_it_brings_and_goes_with_the_prize()
    {
        var settings = Receipts.Programme() with
        {
            Earning = Books.Document(Books.Base),
            Recognition = new() { Badges = [new() { Id = "neighbour", Version = 1, Name = Contests.Named("neighbour"), For = new Manual(), Levels = [new() { At = 1, Gift = Contests.Points(7) }] }] },
        };
        var account = new PureAccount(settings) { Scheme = new(settings, Books.Goods) };
        var gift = new Gift { Points = 50, Badge = "neighbour" };
        Win(Id);
        Assert.Equal((1, 57), (account.State.Recognition!.BadgeOf("neighbour").Level, account.State.Lifetime));
        var first = account.Entries.OfType<PrizeReceived>().Single();
        Win(Id with { Prize = "rank-1" });
        Assert.Equal((1, 107), (account.State.Recognition.BadgeOf("neighbour").Awards.Length, account.State.Lifetime));
        Win(Id with { Run = Id.Run with { Run = 2 } });
        Assert.Equal((2, 164), (account.State.Recognition.BadgeOf("neighbour").Awards.Length, account.State.Lifetime));
        foreach (var entry in PrizeRule.Lose(account.State, Id, first, "fraud", Context(account, settings))) account.Apply(entry);
        Assert.Equal((1, 107), (account.State.Recognition.BadgeOf("neighbour").Awards.Count(award => award.Stands), account.State.Lifetime));
        Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
        Assert.IsType<PrizeReceived>(Assert.Single(PrizeRule.Win(account.State, new(Id, gift with { Badge = "forgotten" }, "hash"), Context(account, settings))));

        void Win(PrizeId id)
        {
            foreach (var entry in PrizeRule.Win(account.State, new(id, gift, "hash"), Context(account, settings))) account.Apply(entry);
        }
    }

    [Fact]
    public void Keys_of_one_prize_lie_in_the_order_of_the_members_and_no_two_are_the_same()
    {
        var random = new Random(7);
        PrizeId[] prizes = [.. Enumerable.Range(0, 10_000).Select(_ => Id with { Member = new(new Guid(Bytes(random))) })];
        Guid[] inOrder = [.. prizes.OrderBy(prize => prize.Member.Value).Select(prize => prize.Digest())];
        Assert.True(inOrder.Zip(inOrder.Skip(1)).Count(pair => pair.First.CompareTo(pair.Second) > 0) < 20, "only members that share their first 24 bits may lie otherwise");
        var near = Enumerable.Range(0, 10_000).Select(number => Id with { Member = new(Contests.Key(number)) });
        var other = prizes.Select(prize => prize with { Prize = "rank-1" }).Concat(prizes.Select(prize => prize with { Run = Id.Run with { Run = 2 } }));
        Assert.Distinct([.. prizes.Concat(near).Concat(other).Select(prize => prize.Digest())]);
    }

    [Fact]
    public void Taking_part_is_recorded_once_and_the_newest_word_holds()
    {
        var account = new PureAccount(Receipts.Programme());
        Assert.Null(PrizeRule.Take(account.State, new("c", Joined: false), Receipts.Noon));
        account.Apply(PrizeRule.Take(account.State, new("c", Joined: true, "red"), Receipts.Noon)!);
        Assert.Null(PrizeRule.Take(account.State, new("c", Joined: true, "red"), Receipts.Noon));
        account.Apply(PrizeRule.Take(account.State, new("c", Joined: true, "blue"), Receipts.Noon)!);
        Assert.Equal("blue", Assert.Single(account.State.Challenges!.Value).Team);
        account.Restart();
        account.Apply(PrizeRule.Take(account.State, new("c", Joined: false), Receipts.Noon)!);
        Assert.Null(account.State.Challenges);
        for (var at = 0; at < 60; at++) account.Apply(PrizeRule.Take(account.State, new($"c{at}", Joined: true), Receipts.Noon)!);
        Assert.Equal((50, "c10"), (account.State.Challenges!.Value.Length, account.State.Challenges.Value[0].Challenge));
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }

    private static AccountContext Context(PureAccount account, ProgrammeSettings settings) => Receipts.Context(settings, account.History, scheme: account.Scheme);
}
