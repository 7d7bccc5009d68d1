using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Programmes;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Fold;

/// <summary>Points that wait: for the return window of their goods, or for something that the member does (spec B3).</summary>
public sealed class WaitingTests
{
    private static readonly ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Rule("bread", new Bonus { Points = 5 }) with { Lines = Books.Family("bakery") },
            Books.Rule("later", new Bonus { Points = 7 }) with { When = new SpendIs(20_000), WaitsFor = EarningEvent.Confirmation },
            Books.Rule("welcome", new FixedPoints { Points = 50 }) with { On = [EarningEvent.Enrolment], WaitsFor = EarningEvent.Sale },
            Books.Rule("review", new FixedPoints { Points = 4 }) with { On = [EarningEvent.Review], WaitsFor = EarningEvent.Sale }),
        Ledger = new()
        {
            Points = new() { PendingDays = 2, Waits = [new() { Categories = ["food"], Days = 30 }, new() { Categories = ["care", "toys"], Days = 0 }, new() { Categories = ["food"], Days = 3 }] },
            Status = new(),
        },
    };

    private static readonly int[] Days = [0, 1, 2, 29, 30];

    private static readonly Receipt Basket = Receipts.Sale("1", Receipts.Line("BREAD", 1, 10m), Receipts.Line("WINE", 1, 10m), Receipts.Line("SOAP", 1, 10m));

    private readonly PureAccount _account = new(Programme) { Scheme = new(Programme, Books.Goods) };

    [Fact]
    public void Points_wait_as_long_as_the_return_window_of_the_goods_that_brought_them()
    {
        Assert.Equal(35, _account.Post(Basket)[0].Points);
        _account.Restart();
        Assert.Equal([(0, 10, 25), (1, 10, 25), (2, 20, 15), (29, 20, 15), (30, 35, 0)], Days.Select(days => (days, At(days).Available, At(days).Pending)));
        Assert.Equal((10, 35), (_account.State.Balance, _account.State.Lifetime));
        Assert.Equal(35, _account.State.Ledger!.Of(Unit.Status).Available);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void A_return_takes_first_what_waits_longest_of_its_sale_and_all_of_it_ends_at_zero()
    {
        _account.Post(Basket);
        _account.Post(Receipts.Return("2", Basket.Key, Receipts.Line("BREAD", -1, 10m)));
        Assert.Equal((10, 10), (At(0).Available, At(0).Pending));
        Assert.Equal((20, 0), (At(2).Available, At(2).Pending));
        _account.Post(Receipts.Void("3", Basket.Key));
        Assert.Equal((0, 0, 0), (At(0).Available, At(0).Pending, At(0).Owed));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void What_a_rule_gives_for_joining_waits_for_the_next_purchase_and_no_other_event_will_do()
    {
        foreach (var entry in Enrolment.Decide(_account.State, PureAccount.Self, Receipts.Context(Programme, _account.History, scheme: _account.Scheme))) _account.Apply(entry);
        _account.Report(Events.Of(EarningEvent.Review, "e1"));
        Assert.Equal((0, 54), (At(400).Available, At(400).Pending));
        Assert.Equal(["sale", "sale"], _account.State.Ledger!.Of(Unit.Points).Lots.Select(lot => lot.Awaits));
        var bought = _account.Post(Receipts.Sale("1", Receipts.Line("SOAP", 1, 1m)))[0];
        Assert.Equal(("Activated", 54L, "Earned", 1L), (bought.Postings!.Value[0].Kind.ToString(), bought.Postings.Value[0].Amount, bought.Postings.Value[1].Kind.ToString(), bought.Postings.Value[1].Amount));
        Assert.Equal((55, 0), (At(0).Available, At(0).Pending));
        _account.Post(Receipts.Void("2", Receipts.Key("1")));
        Assert.Equal((54, 0), (At(0).Available, At(0).Pending));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void Removing_and_restoring_an_event_does_not_shorten_the_wait()
    {
        _account.Report(Events.Of(EarningEvent.Review, "e1"));
        _account.Revise(Events.Removal("e1"));
        Assert.Equal((0, 0), (At(0).Available, At(0).Pending));
        _account.Revise(Events.Restoration("e1"));
        Assert.Equal((0, 4), (At(400).Available, At(400).Pending));
    }

    [Fact]
    public void A_part_of_a_sale_waits_for_a_confirmed_address_and_the_rest_for_its_goods()
    {
        Assert.Equal(307, _account.Post(Receipts.Sale("1", Receipts.Line("WINE", 10, 20m), Receipts.Line("SOAP", 10, 10m)))[0].Points);
        Assert.Equal((100, 207), (At(0).Available, At(0).Pending));
        Assert.Equal((300, 7), (At(2).Available, At(2).Pending));
        _account.Report(Events.Of(EarningEvent.Confirmation, "e1"));
        Assert.Equal((107, 200), (At(0).Available, At(0).Pending));
        _account.Post(Receipts.Void("2", Receipts.Key("1")));
        Assert.Equal((0, 0), (At(0).Available, At(0).Pending));
    }

    [Fact]
    public void How_long_points_wait_is_said_in_three_languages()
    {
        var said = DocumentSentences.Of(ProgrammePart.Ledger, PartReading.Of(Programme.Ledger), Programme);
        Assert.Equal(["/points/pendingDays", "/points/waits/0", "/points/waits/1", "/points/waits/2"], said.Select(sentence => sentence.Pointer));
        Assert.Equal("Points can be used after 2 days.", said[0].En);
        Assert.Equal("Punten voor artikelen uit de categorie ‘food’ kunnen na 30 dagen worden gebruikt.", said[1].Nl);
        Assert.Equal("Les points pour des articles de la catégorie «\u00A0care\u00A0» ou «\u00A0toys\u00A0» peuvent être utilisés tout de suite.", said[2].Fr);
    }

    [Fact]
    public void Status_points_do_not_wait_by_category_and_a_rule_without_points_has_nothing_to_wait()
    {
        Assert.Contains("ledger.status.waits", SchemeChecks.Complaint(new LedgerSettings { Status = Programme.Ledger.Points }), StringComparison.Ordinal);
        Assert.Null(SchemeChecks.Complaint(Programme.Ledger));
        var read = PartReading.Read(ProgrammePart.Ledger, """{ "points": { "waits": [{ "categories": [], "days": -1 }] } }""", Programme);
        Assert.Equal(["/points/waits/0/categories", "/points/waits/0/days"], read.Errors.Select(error => error.Field).Order(StringComparer.Ordinal));
    }

    private PurseView At(int days) => PurseList.At(_account.State, _account.Scheme, Receipts.Noon.AddDays(days))[0];
}
