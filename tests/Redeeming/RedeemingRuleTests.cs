using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Redeeming;
using Gamification.Tests.Rules;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Redeeming;

/// <summary>What redeeming does to an account, without an actor.</summary>
public sealed class RedeemingRuleTests
{
    private static readonly MemberId Anna = Number(1);

    private readonly ProgrammeSettings _programme = WithLedger() with { Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterDays, Count = 0 } } } };
    private readonly Scheme _scheme;
    private readonly List<AccountEntry> _entries = [];

    public RedeemingRuleTests()
    {
        _scheme = new(_programme, Catalogue.Empty);
        Take(Account.Decide(State, Receipts.Sale("1", 500), At(Noon)).Entries);
    }

    private AccountState State => _entries.Aggregate(AccountState.Empty, (state, entry) => state.Apply(entry));

    [Fact]
    public void Points_that_expire_while_they_are_held_remain_seven_days_after_the_hold()
    {
        var night = new DateTimeOffset(2026, 11, 21, 23, 55, 0, TimeSpan.FromHours(1));
        Take(RewardSteps.Hold(State, Mug(night), At(night)).Entries);
        var after = night.AddMinutes(20);
        Assert.Equal(0, Spendable(after.AddMinutes(-10)));
        Assert.Equal(200, Spendable(after));

        Take(RewardSteps.Abandon(State, State.Wallet!.Open[0], "programme", At(after)));
        Assert.Equal(200, Spendable(after));
        Assert.Equal(200, Spendable(new(2026, 11, 29, 23, 0, 0, TimeSpan.FromHours(1))));
        Assert.Equal(0, Spendable(new(2026, 11, 30, 1, 0, 0, TimeSpan.FromHours(1))));
        Assert.Empty(AccountProof.FaultsIn(_entries, State));
    }

    [Fact]
    public void A_commit_after_the_hold_has_timed_out_is_refused_whatever_the_ledger_has_noticed()
    {
        Take(RewardSteps.Hold(State, Mug(Noon), At(Noon)).Entries);
        var held = State.Wallet!.Open[0];
        Assert.Null(RewardSteps.Commit(State, held, "member", At(Noon.AddMinutes(15).AddMilliseconds(-1))).Refusal);
        Assert.Equal("hold-timed-out", RewardSteps.Commit(State, held, "member", At(Noon.AddMinutes(15))).Refusal!.Code);
        Take(Account.Decide(State, Receipts.Sale("2", 1).At(Noon.AddMinutes(16)), At(Noon.AddMinutes(16))).Entries);
        Assert.Equal("hold-timed-out", RewardSteps.Commit(State, held, "member", At(Noon.AddMinutes(17))).Refusal!.Code);
    }

    [Fact]
    public void What_is_given_back_returns_to_its_lots_and_the_ledger_proves()
    {
        Take(RewardSteps.Take(State, Mug(Noon), At(Noon)).Entries);
        var one = State.Wallet!.Open[0];
        var spent = _entries.OfType<RewardCommitted>().Single().Postings!.Value.Single(posting => posting.Kind == PostingKind.HoldConfirmed).Lots;
        Take(Using.Use(State, one, AtTill(), At(Noon)).Entries);
        Assert.Null(State.Wallet);
        Assert.Null(Using.ObjectionToUndo(_entries.OfType<RewardUsed>().Single(), AtTill("other")));
        Assert.Equal("another-store", Using.ObjectionToUndo(_entries.OfType<RewardUsed>().Single(), AtTill(store: "GNT"))!.Code);
        Assert.Equal("another-day", Using.ObjectionToUndo(_entries.OfType<RewardUsed>().Single(), AtTill(date: new(2026, 11, 22)))!.Code);
        Take(Using.Return(State, one, spent, "till", At(Noon)).Entries);
        Assert.Equal((500L, 500L), (Spendable(Noon), State.Lifetime));
        Assert.Empty(AccountProof.FaultsIn(_entries, State));
    }

    [Fact]
    public void A_till_that_had_no_network_may_report_for_a_week()
    {
        Take(RewardSteps.Take(State, Mug(Noon) with { Reward = RedeemHost.Mug() with { ValidDays = 3 } }, At(Noon)).Entries);
        var one = State.Wallet!.Open[0];
        Assert.Null(Using.Use(State, one, AtTill(date: new(2026, 11, 24)), At(Noon.AddDays(10))).Refusal);
        Assert.Equal("voucher-expired", Using.Use(State, one, AtTill(date: new(2026, 11, 25)), At(Noon.AddDays(4))).Refusal!.Code);
        Assert.Equal("out-of-bounds", Using.Use(State, one, AtTill(date: new(2026, 11, 24)), At(Noon.AddDays(11))).Refusal!.Code);
        Assert.Empty(RewardSteps.Lapses(State, At(Noon.AddDays(10))));
        Assert.IsType<RewardExpired>(Assert.Single(RewardSteps.Lapses(State, At(Noon.AddDays(11)))));
    }

    [Fact]
    public void A_gift_is_owed_by_the_fold_given_once_and_recalled_with_its_cause()
    {
        Take(_entries[0] with { Recognised = new() { Changes = [new GiftDue("badge/first", 1, new() { Reward = "mug" })] } });
        Assert.Equal(new OwedReward("badge/first#1", "mug"), Assert.Single(State.Wallet!.Owed));
        Take(RewardSteps.Take(State, Gifts.Of("test", Anna, RedeemHost.Mug(), "badge/first#1", "programme", Noon), At(Noon)).Entries);
        Assert.Empty(State.Wallet!.Owed);
        Assert.Equal((EntitlementState.Ready, 0L, "badge/first#1"), (State.Wallet.Open[0].State, State.Wallet.Open[0].Price, State.Wallet.Open[0].Cause));

        Take(_entries[0] with { Recognised = new() { Changes = [new GiftTakenBack("badge/first", 1, new() { Reward = "mug" })] } });
        Assert.Equal("voucher-returned", Using.Use(State, State.Wallet!.Open[0], AtTill(), At(Noon)).Refusal!.Code);
        Assert.IsType<RewardReturned>(Assert.Single(RewardSteps.Lapses(State, At(Noon))));
    }

    [Fact]
    public void Every_entry_and_the_wallet_are_read_back_as_they_were_written()
    {
        var seat = new Reserved { Id = EntitlementId.Of("test", Anna, "seat"), Reservation = new(Guid.NewGuid()), Reward = Reward("talk", new WorkshopReward { StartsAt = Noon.AddDays(3) }), Until = Noon.AddMinutes(15), By = "member" };
        Take(RewardSteps.Wait(State, seat, At(Noon)).Entries);
        Take(RewardSteps.Offer(State, State.Wallet!.Open[0], Noon.AddDays(1), At(Noon)).Entries);
        Take(RewardSteps.Take(State, seat with { WasWaiting = true }, At(Noon)).Entries);
        Take(RewardSteps.Hold(State, Mug(Noon), At(Noon)).Entries);
        Take(GestureRule.Take(State, new() { Id = Guid.NewGuid(), Member = Anna, Points = 5, Reason = "damaged", Date = new(2026, 11, 21) }, "sofie", At(Noon)));
        Take(_entries[0] with { Recognised = new() { Changes = [new GiftDue("card/bread", 2, new() { Reward = "bread" })] } });

        foreach (var entry in _entries)
        {
            var written = AccountEntryJson.Write(entry);
            var read = AccountEntryJson.Read(new() { Actor = ActorId.Member("test", Anna), Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Noon })!;
            Assert.Equal(written.Payload.ToArray(), AccountEntryJson.Write(read).Payload.ToArray());
            Assert.Equal(entry.GetType(), read.GetType());
        }

        var state = AccountEntryJson.WriteState(State);
        Assert.Equal(state, AccountEntryJson.WriteState(AccountEntryJson.ReadState(state)));
        var wallet = AccountEntryJson.ReadState(state).Wallet!;
        Assert.Equal([EntitlementState.Booked, EntitlementState.Held], wallet.Open.Select(one => one.State));
        Assert.Equal(State.Wallet!.Open[0].Reward with { Tiers = [] }, wallet.Open[0].Reward with { Tiers = [] });
        Assert.Equal("bread", Assert.Single(wallet.Owed).Reward);
    }

    private Reserved Mug(DateTimeOffset at) => new()
    {
        Id = EntitlementId.Of("test", Anna, "mug"),
        Reservation = EntitlementId.Of("test", Anna, "mug").Reservation("test", "mug", Anna),
        Reward = RedeemHost.Mug(),
        Until = at.AddMinutes(15),
        By = "member",
    };

    private void Take(params ImmutableArray<AccountEntry> entries) => _entries.AddRange(entries);

    private long Spendable(DateTimeOffset at) => PurseList.At(State, _scheme, at)[0].Available;

    private AccountContext At(DateTimeOffset at) => Receipts.Context(_programme, scheme: _scheme, at: at);
}
