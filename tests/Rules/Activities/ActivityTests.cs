using Gamification.Activities;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Activities;

/// <summary>What members do beside buying, case by case.</summary>
public sealed class ActivityTests
{
    private static readonly MemberId Other = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));

    private readonly PureAccount _account = Events.Account();

    [Fact]
    public void A_post_earns_its_weight_as_a_lot_of_its_own_and_counts_on_its_own_date()
    {
        var posted = (ActivityPosted)Assert.Single(_account.Report(Events.Of(EarningEvent.Post, "p1", store: "GNT")));
        Assert.Equal((ActivityTreatment.Earned, 10, 10, 10, 0), (posted.Treatment, posted.Points, posted.Balance, posted.Lifetime, posted.Receipts));
        Assert.Equal("//test p1", Assert.Single(posted.Postings!.Value).Lots[0].Source);
        Assert.Equal(10, _account.State.Tallies.Of("GNT", posted.Activity.BusinessDate.DayNumber).Points);
        Assert.Equal("10\u00A0points. Pour une publication\u00A0: 10\u00A0points.", _account.Scheme!.Why(posted.Earned)[0].Fr);
    }

    [Fact]
    public void A_removal_takes_exactly_what_the_event_brought_and_its_return_grants_exactly_that()
    {
        _account.Post(Receipts.Sale("1", 5m));
        _account.Report(Events.Of(EarningEvent.Post, "p1"));
        Assert.Equal((ActivityTreatment.TakenBack, -10, 5), TreatmentOf(_account.Revise(Events.Removal("p1"))));
        Assert.Equal((ActivityTreatment.Unchanged, 0, 5), TreatmentOf(_account.Revise(Events.Removal("p1", minute: 2))));
        Assert.Equal((ActivityTreatment.Regranted, 10, 15), TreatmentOf(_account.Revise(Events.Restoration("p1", minute: 3))));
        var lots = _account.State.Ledger!.Of(Unit.Points).Lots;
        Assert.Equal(["BRU/1/2026-11-21/1", "//test p1"], lots.Select(lot => lot.Source));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void A_cap_gives_the_last_event_a_part_and_a_removal_makes_that_room_again()
    {
        Assert.Equal([3L, 3, 1, 0], Enumerable.Range(1, 4).Select(id => _account.Report(Events.Of(EarningEvent.Comment, $"c{id}"))[0].Points));
        Assert.Equal(-1, _account.Revise(Events.Removal("c3")).Points);
        Assert.Equal(1, _account.Report(Events.Of(EarningEvent.Comment, "c5"))[0].Points);

        // What comes back is what it was, although another has taken its room meanwhile.
        Assert.Equal(1, _account.Revise(Events.Restoration("c3")).Points);
        Assert.Equal((8, 8), (_account.State.Balance, _account.State.Counters!.Rows[0].Points));
        Assert.Equal(0, _account.Report(Events.Of(EarningEvent.Comment, "c6"))[0].Points);
    }

    [Fact]
    public void A_removal_after_the_grace_of_the_period_frees_no_room_and_its_return_takes_none()
    {
        _account.Report(Events.Of(EarningEvent.Comment, "c1"));
        _account.At = Receipts.Noon.AddHours(72 + 13);
        Assert.Null(_account.Revise(Events.Removal("c1")).Freed);
        Assert.Equal(3, _account.State.Counters!.Rows[0].Points);
        _account.Revise(Events.Restoration("c1"));
        Assert.Equal(3, _account.State.Counters!.Rows[0].Points);
    }

    [Fact]
    public void A_first_of_the_day_is_told_among_events_of_its_own_kind_that_stand()
    {
        _account.Report(Events.Of(EarningEvent.Post, "p1"));
        Assert.Equal([5L, 0], Enumerable.Range(1, 2).Select(id => _account.Report(Events.Of(EarningEvent.Visit, $"v{id}", store: "BRU"))[0].Points));
        _account.Revise(Events.Removal("v1"));
        Assert.Equal(0, _account.Report(Events.Of(EarningEvent.Visit, "v3", store: "BRU"))[0].Points);
        _account.Revise(Events.Removal("v2"));
        _account.Revise(Events.Removal("v3"));
        Assert.Equal(5, _account.Report(Events.Of(EarningEvent.Visit, "v4", store: "BRU"))[0].Points);
        Assert.Equal(5, _account.Report(Events.Of(EarningEvent.Visit, "v5", Receipts.Noon.AddDays(-50), "BRU"))[0].Points);
        Assert.Equal(0, _account.Report(Events.Of(EarningEvent.Visit, "v6", Receipts.Noon.AddDays(-50), "GNT"))[0].Points);
    }

    [Fact]
    public void An_actor_and_a_target_bring_one_award_that_stands_as_long_as_one_of_their_events()
    {
        Assert.Equal((ActivityTreatment.Earned, 20), Posted("w1"));
        Assert.Equal((ActivityTreatment.Repeated, 0), Posted("w2"));
        Assert.Equal((ActivityTreatment.Earned, 20), Posted("w3", target: "newcomer-2"));
        Assert.Equal(ActivityTreatment.Unchanged, _account.Revise(Events.Removal("w1")).Treatment);
        Assert.Equal((ActivityTreatment.TakenBack, -20, 20), TreatmentOf(_account.Revise(Events.Removal("w2"))));

        // The same pair again is the same award again, under the source it had.
        Assert.Equal((ActivityTreatment.Regranted, 20), Posted("w4"));
        Assert.Contains(_account.State.Ledger!.Of(Unit.Points).Lots, lot => lot.Source == "//test w1");
        Assert.Equal((ActivityTreatment.TakenBack, -20, 20), TreatmentOf(_account.Revise(Events.Removal("w4"))));

        (ActivityTreatment, long) Posted(string id, string target = "newcomer")
        {
            var preview = _account.Preview(Events.Of(EarningEvent.Welcome, id, target: target, actor: Other));
            var posted = (ActivityPosted)_account.Report(Events.Of(EarningEvent.Welcome, id, target: target, actor: Other))[0];
            Assert.Equal((posted.Treatment, posted.Points), (preview.Treatment, preview.Points));
            return (posted.Treatment, posted.Points);
        }
    }

    [Fact]
    public void What_one_does_to_oneself_earns_nothing()
    {
        var posted = (ActivityPosted)_account.Report(Events.Of(EarningEvent.Welcome, "w1", target: "me", actor: PureAccount.Self))[0];
        Assert.Equal((ActivityTreatment.OwnDeed, 0), (posted.Treatment, posted.Points));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_removal_that_comes_before_its_event_waits_thirty_days_for_it(int daysBefore, bool meets)
    {
        var removal = Events.Removal("p1", minute: 0) with { OccurredAt = Receipts.Noon.AddDays(-daysBefore) };
        Assert.Equal((ActivityTreatment.Parked, 0, 0), TreatmentOf(_account.Revise(removal)));
        var entries = _account.Report(Events.Of(EarningEvent.Post, "p1"));
        Assert.Equal(meets ? [10L, -10] : [10L], entries.Select(entry => entry.Points));
        Assert.Equal((meets ? 0 : 10, 0), (_account.State.Balance, _account.State.Activities!.Parked.Length));
    }

    [Fact]
    public void The_latest_word_holds_in_whatever_order_words_and_event_come()
    {
        object[] told = [Events.Of(EarningEvent.Post, "p1"), Events.Removal("p1", 1), Events.Restoration("p1", 2), Events.Removal("p1", 3), Events.Restoration("p1", 4)];
        foreach (var latest in new[] { 4, 5 })
        {
            foreach (var order in Orders(told[..latest]))
            {
                var account = Events.Account();
                foreach (var one in order)
                {
                    if (one is ReportedActivity activity) account.Report(activity);
                    else account.Revise((ActivityRevision)one);
                }

                Assert.Equal((latest == 5 ? 10 : 0, latest == 5 ? 10 : 0), (account.State.Balance, account.State.Lifetime));
                Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
            }
        }
    }

    [Fact]
    public void A_removal_of_what_was_spent_leaves_debt_and_the_return_pays_it()
    {
        _account.Report(Events.Of(EarningEvent.Post, "p1"));
        var ledger = _account.State.Ledger!;
        var hold = Holds.Hold(ledger.Of(Unit.Points), "h", 10, _account.At, _account.Scheme!.Points);
        Assert.Null(hold.Refusal);
        Spend(hold.Postings);
        Spend(Holds.Confirm(hold.Purse, "h", _account.At, _account.Scheme.Points).Postings);
        _account.Revise(Events.Removal("p1"));
        Assert.Equal((0, 10), (_account.State.Balance, _account.State.Ledger!.Of(Unit.Points).Owed));
        _account.Revise(Events.Restoration("p1"));
        var purse = _account.State.Ledger.Of(Unit.Points);
        Assert.Equal(0, purse.Available - purse.Owed);

        void Spend(System.Collections.Immutable.ImmutableArray<Posting> postings) => _account.Apply(new ActivityRevised
        {
            Revision = Events.Restoration("none"),
            Treatment = ActivityTreatment.Unchanged,
            Points = 0,
            Balance = 0,
            Lifetime = 10,
            Receipts = 0,
            Tallies = [],
            ReceivedAt = _account.At,
            Postings = postings,
        });
    }

    [Fact]
    public void Without_a_document_an_event_is_recorded_and_earns_nothing()
    {
        var plain = new PureAccount(Receipts.Programme());
        var posted = (ActivityPosted)plain.Report(Events.Of(EarningEvent.Post, "p1"))[0];
        Assert.Equal((ActivityTreatment.Earned, 0), (posted.Treatment, posted.Points));
        Assert.Null(posted.Postings);
        Assert.Equal(0, plain.Revise(Events.Removal("p1")).Points);
    }

    [Fact]
    public void A_return_of_goods_finds_the_last_instant_among_events_too()
    {
        _account.Post(Receipts.Sale("1", 5m));
        _account.Report(Events.Of(EarningEvent.Post, "p1", Receipts.Noon.AddHours(1), "BRU"));
        _account.Post(Receipts.Void("2", Receipts.Key("1")));
        var row = _account.State.Tallies.Of("BRU", Receipts.Key("1").BusinessDate.DayNumber);
        Assert.Equal((10, Receipts.Noon.AddHours(1).ToUnixTimeMilliseconds()), (row.Points, row.PointsAt));
        _account.Revise(Events.Removal("p1", 90));
        row = _account.State.Tallies.Of("BRU", Receipts.Key("1").BusinessDate.DayNumber);
        Assert.Equal((0, 0), (row.Points, row.PointsAt));
    }

    private static (ActivityTreatment, long, long) TreatmentOf(ActivityRevised revised) => (revised.Treatment, revised.Points, revised.Balance);

    private static IEnumerable<T[]> Orders<T>(T[] all) =>
        all.Length <= 1 ? [all] : all.SelectMany((one, at) => Orders(all.Where((_, other) => other != at).ToArray()).Select(rest => (T[])[one, .. rest]));
}
