using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Recognition;
using Gamification.Rules.Ledger;
using Gamification.Rules.StampCards;

namespace Gamification.Tests.Rules.Recognition;

public sealed class StampCardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly LedgerCalendar Brussels = LedgerCalendar.In("Europe/Brussels");

    private static readonly StampCard Coffee = new() { Id = "coffee", Name = Drawn.Named("Coffee"), Stamps = 5, Gift = new() { Reward = "free-coffee" } };

    [Fact]
    public void Stamps_fill_card_after_card()
    {
        var ruling = Stamp(Purse.Empty(Unit.StampsOf("coffee")), Coffee, "sale", 12);
        Assert.Equal(
            [new CardFilled("coffee", "card/coffee/1/sale"), new GiftDue("card/coffee/1/sale", 1, Coffee.Gift), new CardFilled("coffee", "card/coffee/2/sale"), new GiftDue("card/coffee/2/sale", 1, Coffee.Gift)],
            ruling.Changes);
        Assert.Equal(2, ruling.Purse.Available);
        Assert.Empty(LedgerProof.Check(ruling.Postings, ruling.Purse));
    }

    [Fact]
    public void A_card_that_does_not_renew_is_filled_once()
    {
        var once = Coffee with { AutoRenew = false };
        var ruling = Stamp(Purse.Empty(Unit.StampsOf("coffee")), once, "sale", 12);
        Assert.Single(ruling.Changes.OfType<GiftDue>());
        Assert.Empty(Stamp(ruling.Purse, once, "later", 12, filled: 1).Postings);
    }

    [Fact]
    public void Stamps_expire_by_the_card_s_own_rule()
    {
        var card = Coffee with { Expiry = StampExpiry.Days, ExpiresAfter = 30 };
        var four = Stamp(Purse.Empty(Unit.StampsOf("coffee")), card, "sale", 4);
        Assert.Single(Stamp(four.Purse, card, "next", 1, days: 30).Changes.OfType<GiftDue>());
        Assert.Empty(Stamp(four.Purse, card, "next", 1, days: 31).Changes);
    }

    [Theory]
    [InlineData(StampReturn.FromCard, false, 0, 0)]
    [InlineData(StampReturn.Reopen, false, 1, 3)]
    [InlineData(StampReturn.Reopen, true, 0, 0)]
    public void A_return_takes_stamps_from_the_card_or_opens_a_full_one_whose_gift_is_unused(StampReturn policy, bool isUsed, int takenBack, long left)
    {
        var card = Coffee with { OnReturn = policy };
        var sold = Stamp(Stamp(Purse.Empty(Unit.StampsOf("coffee")), card, "first", 4).Purse, card, "second", 2);
        Assert.Equal(1, sold.Purse.Available);
        var redeemed = sold.Postings.Single(posting => posting.Kind == PostingKind.Redeemed);
        var back = new ClawBack { Source = "first", Cause = "return", Amount = 3, IssuedInYear = 0 };
        var ruling = Stamping.Return(sold.Purse, card, back, [new(redeemed.Cause!, redeemed.Lots, isUsed)], Noon.AddHours(1), Stamping.TermsOf(card, Brussels));
        Assert.Equal((takenBack, left), (ruling.Changes.OfType<GiftTakenBack>().Count(), ruling.Purse.Available));
        Assert.Equal(0, ruling.Purse.Owed);
    }

    /// <summary>Sales alone: cards filled and stamps left are a division with its rest, whatever the stamps come in.</summary>
    [Fact]
    public void Full_cards_and_the_rest_are_all_stamps() => Drawn.EachSeed((seed, random) =>
    {
        var card = Coffee with { Stamps = random.Next(2, 12) };
        var (purse, postings, total, gifts) = (Purse.Empty(Unit.StampsOf("coffee")), ImmutableArray<Posting>.Empty, 0, new HashSet<string>());
        for (var step = 0; step < 20; step++)
        {
            var count = random.Next(1, 15);
            total += count;
            var ruling = Stamp(purse, card, $"sale-{step}", count, gifts.Count);
            foreach (var due in ruling.Changes.OfType<GiftDue>()) Assert.True(gifts.Add(due.Key), $"seed {seed}: {due.Key} twice");
            (purse, postings) = (ruling.Purse, postings.AddRange(ruling.Postings));
        }

        Assert.True(gifts.Count == total / card.Stamps && purse.Available == total % card.Stamps, $"seed {seed}: {total} stamps of {card.Stamps}: {gifts.Count} cards and {purse.Available}");
        Assert.True(LedgerProof.Check(postings, purse).Count == 0, $"seed {seed}: the ledger's proof");
    });

    private static StampRuling Stamp(Purse purse, StampCard card, string source, long count, int filled = 0, int days = 0) =>
        Stamping.Stamp(purse, card, new() { Source = source, Amount = count, OccurredAt = Noon.AddDays(days), On = DateOnly.FromDateTime(Noon.DateTime).AddDays(days) }, filled, Noon.AddDays(days), Stamping.TermsOf(card, Brussels));
}
