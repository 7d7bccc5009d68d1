using Gamification.Ledger;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Statements;
using Gamification.Statements;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Ledger;

namespace Gamification.Tests.Statements;

/// <summary>What a member has, from its ledger, case by case.</summary>
public sealed class HoldingsTests
{
    private static readonly DateTimeOffset Noon = Book.Noon;

    private readonly Book _book = new(new ExpiryPolicy(ExpiryKind.AfterDays, 30));

    [Fact]
    public void Points_name_the_receipts_that_they_came_from()
    {
        _book.Earn("BRU/1/2026-03-10/1", 50, Noon);
        _book.Earn("BRU/1/2026-03-10/2", 40, Noon);
        _book.Earn("BRU/1/2026-03-10/3", 30, Noon);
        Assert.Equal(new Sentence("Ces 120 points viennent de 3 tickets.", "Deze 120 punten komen van 3 kastickets.", "These 120 points came from 3 receipts."), Points().Origin);

        _book.Redeem("coffee", 89, Noon.AddHours(1));
        _book.Earn("post/17", 1, Noon.AddHours(2));
        Assert.Equal("Ces 32 points viennent de 2 tickets et 1 autre origine.", Points().Origin!.Fr);
        Assert.Equal([("BRU/1/2026-03-10/2", 1L, 40L), ("BRU/1/2026-03-10/3", 30, 30), ("post/17", 1, 1)], Points().Lots.Select(lot => (lot.Source, lot.Amount, lot.Initial)));
    }

    [Fact]
    public void What_expired_is_not_there_although_nothing_ran()
    {
        _book.Earn("BRU/1/2026-03-10/1", 50, Noon);
        _book.Earn("BRU/1/2026-03-10/2", 40, Noon.AddDays(10));
        Assert.Equal([(new DateOnly(2026, 4, 9), 50L), (new DateOnly(2026, 4, 19), 40)], Points().Expiries.Select(expiry => (expiry.On, expiry.Amount)));
        var later = Points(Noon.AddDays(31));
        Assert.Equal((40, 1), (later.Purse.Available, later.Lots.Length));
        Assert.Equal("These 40 points came from 1 receipt.", later.Origin!.En);
        Assert.Empty(Points(Noon.AddDays(60)).Lots);
    }

    [Fact]
    public void Debt_says_for_which_return_and_until_when()
    {
        _book.Earn("BRU/1/2026-03-10/1", 2_000, Noon);
        _book.Redeem("television", 2_000, Noon);
        _book.ClawBack("BRU/1/2026-03-10/1", 120, Noon.AddDays(1));
        var points = Points(Noon.AddDays(1));
        Assert.Equal("0 disponible, 120 à compenser", points.Purse.Summary("fr"));
        var debt = Assert.Single(points.Debts);
        Assert.Equal((120, points.Purse.OwedFor), (debt.Amount, debt.Cause));
        Assert.StartsWith($"120 te verrekenen voor de terugname {debt.Cause}; wat overblijft wordt na ", debt.Text.Nl, StringComparison.Ordinal);
        Assert.Null(points.Origin);
    }

    [Fact]
    public void Pending_points_say_when_they_come()
    {
        _book.Earn("BRU/1/2026-03-10/1", 50, Noon, pendingDays: 3);
        _book.Earn("BRU/1/2026-03-10/2", 7, Noon, awaitsAction: true);
        Assert.Equal([50, 7], Points().Arrivals.Select(arrival => arrival.Amount));
        Assert.Equal([Instant("2026-03-13T00:00:00+01:00"), null], Points().Arrivals.Select(arrival => arrival.At));
        Assert.All(Points().Lots, lot => Assert.True(lot.IsPending));
    }

    [Fact]
    public void No_more_than_a_thousand_lots_are_listed_and_the_rest_is_counted()
    {
        for (var number = 1; number <= UnitHoldings.LotsMax + 5; number++) _book.Earn($"BRU/1/2026-03-10/{number}", 1, Noon);
        Assert.Equal((UnitHoldings.LotsMax, 5), (Points().Lots.Length, Points().MoreLots));
        Assert.Equal($"These {UnitHoldings.LotsMax + 5} points came from {UnitHoldings.LotsMax + 5} receipts.", Points().Origin!.En);
    }

    [Fact]
    public void Every_kind_of_posting_has_its_words() =>
        Assert.All(Enum.GetValues<PostingKind>(), kind => Assert.All((string[])[PostingWords.Of(kind).Fr, PostingWords.Of(kind).Nl, PostingWords.Of(kind).En], Assert.NotEmpty));

    private UnitHoldings Points(DateTimeOffset? at = null)
    {
        var settings = Receipts.Programme() with
        {
            Earning = Books.Document(Books.Base),
            Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterDays, Count = 30 } } },
        };
        var state = AccountState.Empty with { Ledger = MemberLedger.Empty.With(_book.Purse) };
        return HoldingsList.At(state, new(settings, Books.Goods), at ?? Noon.AddHours(3))[0];
    }

    private static DateTimeOffset? Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
