using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class ClaimsTests
{
    private static readonly MemberId Anna = new(Guid.Parse("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));

    private readonly PureAccount _till = new(Receipts.Programme(), AccountKind.Till);
    private readonly PureAccount _member = new(Receipts.Programme());

    [Fact]
    public void A_partly_returned_sale_is_claimed_as_far_as_it_is_left()
    {
        var sale = Receipts.Sale("1", Receipts.Line("A", 2, 10m), Receipts.Line("B", 1, 5.50m));
        _till.Post(sale);
        _till.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10m)));
        var released = Release(sale.Key);
        Assert.Equal(1550, released.Left!.Spend);
        Assert.Equal([new SkuQuantity("A", 1), new SkuQuantity("B", 1)], released.Left.Skus);

        var credited = Assert.IsType<SaleAttributed>(Assert.Single(Claim(sale, released.Left)));
        Assert.Equal((15, 1), (credited.Points, _member.State.Receipts));
        Assert.Equal((0, 0), (_till.State.Receipts, _till.State.Tallies.Of("BRU", sale.Key.BusinessDate.DayNumber).Spend));
    }

    [Fact]
    public void Returns_after_a_claim_take_from_what_was_left_and_end_at_nothing()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (till, member) = (new PureAccount(Receipts.Programme(), AccountKind.Till), new PureAccount(Receipts.Programme()));
            var pieces = random.Next(1, 9);
            var before = random.Next(0, pieces);
            var price = random.Next(1, 3000) / 100m;
            var sale = Receipts.Sale("1", Receipts.Line("A", pieces, price));
            till.Post(sale);
            for (var piece = 0; piece < before; piece++) till.Post(Receipts.Return($"t{piece}", sale.Key, Receipts.Line("A", -1, price)));
            var released = Claims.Decide(till.State, sale.Key, Anna, null, Receipts.Context(Receipts.Programme(), till.History, AccountKind.Till)).Entry!;
            till.Apply(released);
            foreach (var entry in Account.Claim(member.State, sale, released.Left!, Receipts.Context(Receipts.Programme(), member.History))) member.Apply(entry);
            Assert.True(member.State.Balance == Award.PointsFor((long)(price * 100) * (pieces - before), 100), $"seed {seed}: {member.State.Balance}");

            for (var piece = before; piece < pieces; piece++) member.Post(Receipts.Return($"m{piece}", sale.Key, Receipts.Line("A", -1, price)));
            Assert.True(member.State is { Balance: 0, Lifetime: 0, Receipts: 0 }, $"seed {seed}: {member.State}");
            Assert.All(member.State.Tallies.Rows.Concat(till.State.Tallies.Rows), row => Assert.Equal((0, 0, 0), (row.Tally.Points, row.Tally.Receipts, row.Tally.Spend)));
        }
    }

    [Fact]
    public void A_return_that_comes_between_release_and_credit_waits_for_the_credit()
    {
        var sale = Receipts.Sale("1", 25m);
        _till.Post(sale);
        var released = Release(sale.Key);
        var parked = (ReceiptPosted)_member.Post(Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 25m)))[0];
        Assert.Equal(Treatment.Parked, parked.Treatment);

        var entries = Claim(sale, released.Left!);
        Assert.Equal([25, -25], entries.Select(entry => entry.Points));
        Assert.Equal((0, 0), (_member.State.Balance, _member.State.Receipts));
        Assert.Empty(_member.State.Parked);
    }

    [Fact]
    public void A_wholly_returned_or_claimed_sale_is_refused()
    {
        var (returned, claimed) = (Receipts.Sale("1", 10m), Receipts.Sale("2", 10m));
        _till.Post(returned);
        _till.Post(claimed);
        _till.Post(Receipts.Return("3", returned.Key, Receipts.Line("A", -1, 10m)));
        Release(claimed.Key);
        foreach (var key in new[] { returned.Key, claimed.Key })
            Assert.Equal("receipt-undone", Claims.Decide(_till.State, key, Anna, null, Receipts.Context(Receipts.Programme(), _till.History, AccountKind.Till)).Refusal!.Code);
    }

    [Fact]
    public void Enrolment_credits_what_is_left_of_a_held_sale()
    {
        var card = new PureAccount(Receipts.Programme(unknown: UnknownCard.Hold), AccountKind.HeldCard);
        var (kept, gone) = (Receipts.Sale("1", Receipts.Line("A", 3, 10m)), Receipts.Sale("2", 8m));
        card.Post(kept);
        card.Post(gone);
        card.Post(Receipts.Return("3", kept.Key, Receipts.Line("A", -1, 10m)));
        card.Post(Receipts.Return("4", gone.Key, Receipts.Line("A", -1, 8m)));
        Assert.Equal((0, 1), (card.State.Balance, card.State.Receipts));

        foreach (var entry in Enrolment.Decide(card.State, default, Receipts.Context(Receipts.Programme(), card.History))) card.Apply(entry);
        Assert.Equal((20, 1), (card.State.Balance, card.State.Receipts));
        var row = card.State.Tallies.Of("BRU", kept.Key.BusinessDate.DayNumber);
        Assert.Equal((20, 1, 2000), (row.Points, row.Receipts, row.Spend));
    }

    private SaleReleased Release(ReceiptKey sale)
    {
        var released = Claims.Decide(_till.State, sale, Anna, null, Receipts.Context(Receipts.Programme(), _till.History, AccountKind.Till)).Entry!;
        _till.Apply(released);
        return released;
    }

    private AccountEntry[] Claim(Receipt sale, SaleLeft left)
    {
        AccountEntry[] entries = [.. Account.Claim(_member.State, sale, left, Receipts.Context(Receipts.Programme(), _member.History))];
        foreach (var entry in entries) _member.Apply(entry);
        return entries;
    }
}
