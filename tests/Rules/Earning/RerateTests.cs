using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

/// <summary>Spec §5: returns by re-rating.</summary>
public sealed class RerateTests
{
    private static readonly Receipt Sale = Receipts.Sale("1", Receipts.Line("BREAD", 2, 30m), Receipts.Line("WINE", 1, 60m));

    [Fact]
    public void What_is_left_is_rated_by_the_versions_and_the_tier_of_the_sale()
    {
        var gold = Books.Times("gold", 2, new TierIs(["gold"]));
        var later = gold with { Version = 2, Then = [new Multiplier { Factor = 5 }], PublishedAt = Receipts.Noon, EffectiveFrom = Receipts.Noon.AddHours(1) };
        var sale = Books.Of(Books.Base, gold).Earn(Sale, new() { Tier = "gold", Segments = ["new"] });
        Assert.Equal(("gold", 0), (sale.Member!.Tier, sale.Member.Segments.Length));
        var kept = Books.Of(Books.Base, gold, later).Rerate(sale, Sale, new BroughtBack("BREAD", 1, 3000));
        Assert.Equal((240, 180), (sale.Points, kept.Points));
    }

    [Fact]
    public void A_threshold_that_is_lost_takes_its_rule_away_and_a_greater_multiplier_gives_way_to_the_next()
    {
        var book = Books.Of(Books.Base, Books.Times("double", 2), Books.Times("triple", 3, new SpendIs(10_000)));
        var sale = book.Earn(Sale);
        Assert.Equal((360, 120), (sale.Points, book.Rerate(sale, Sale, new BroughtBack("WINE", 1, 6000)).Points));
    }

    [Fact]
    public void Bringing_goods_back_never_makes_a_rule_apply()
    {
        var book = Books.Of(Books.Base, Books.Rule("small", new Bonus { Points = 500 }) with { When = new SpendIs(null, 7_000) },
            Books.Rule("dry", new Bonus { Points = 500 }) with { When = new Not(new Contains(Books.Family("cellar"))) });
        var sale = book.Earn(Sale);
        Assert.Equal((120, 60), (sale.Points, book.Rerate(sale, Sale, new BroughtBack("WINE", 1, 6000)).Points));
    }

    [Fact]
    public void What_a_cap_withheld_does_not_come_back_and_what_is_taken_makes_room()
    {
        var book = Books.Of(Books.Base with { Cap = new() { Per = CapPeriod.Month, Points = 100 } });
        var sale = book.Earn(Sale);
        Assert.Equal((100, 100L), (sale.Points, sale.Applied[0].Granted));
        var (less, little) = (book.Rerate(sale, Sale, new BroughtBack("X", 0, 1500)), book.Rerate(sale, Sale, new BroughtBack("WINE", 1, 6000)));
        Assert.Equal((100, 60, 60), (less.Points, little.Points, little.Counts[0].Points));
    }

    [Fact]
    public void A_full_return_is_exactly_nothing_and_a_quota_stays_used()
    {
        var document = Books.Document(Books.Base, Books.Rule("gift", new Bonus { Points = 50 }, new Stamps { Card = "c", Count = 1 }) with { Campaign = "early" })
            with { Campaigns = [new() { Id = "early", Quota = 500, Budget = 10_000 }] };
        var book = new RuleBook(document, Books.Goods);
        var sale = book.Earn(Sale, grants: new([new("early", 1_000, 1)]));
        Assert.Equal(170, sale.Points);
        var nothing = book.Rerate(sale, Sale, new BroughtBack("BREAD", 2, 6000), new BroughtBack("WINE", 1, 6000));
        Assert.Equal((0, 0, 0), (nothing.Points, nothing.Effects.Length, nothing.Counts.Length));
        Assert.Equal(new CampaignUse("early", 0, 1), Assert.Single(nothing.Campaigns));
    }

    [Fact]
    public void Stamps_follow_the_goods()
    {
        var book = Books.Of(Books.Rule("bread", new Stamps { Card = "bread", Count = 3, PerItem = true }) with { Lines = Books.Family("bakery") });
        var sale = book.Earn(Sale);
        Assert.Equal((6m, 3m), (sale.Effects[0].Quantity, book.Rerate(sale, Sale, new BroughtBack("BREAD", 1, 3000)).Effects[0].Quantity));
        Assert.Empty(book.Rerate(sale, Sale, new BroughtBack("BREAD", 2, 6000)).Effects);
    }

    [Fact]
    public void A_sale_whose_version_the_book_has_lost_is_a_fault()
    {
        var sale = Books.Of(Books.Base).Earn(Sale);
        Assert.Throws<InvalidOperationException>(() => Books.Of().Rerate(sale, Sale, new BroughtBack("BREAD", 1, 3000)));
    }
}
