using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Programmes;
using Gamification.Rules.Recognition;
using Gamification.Rules.Redeeming;
using Gamification.Tests.Redeeming;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Fold;

/// <summary>A notice of expiry may carry a bonus for what is used by then (spec L14).</summary>
public sealed class ExpiryBonusTests
{
    private static readonly RecognitionRules WithBonus = RecognitionRules.None with { ExpiryNoticeDays = [30, 7], ExpiryBonus = new(10) };

    private readonly PureAccount _account = new(Programme(WithBonus)) { Scheme = new(Programme(WithBonus), Books.Goods) };

    [Fact]
    public void What_is_used_after_the_notice_and_before_its_day_is_over_brings_the_bonus_that_was_told()
    {
        _account.Post(Receipts.Sale("1", 100m));
        _account.At = Receipts.Noon.AddDays(20);
        _account.Post(Receipts.Sale("2", 50m).At(_account.At));
        Pass(days: 31);
        var told = Assert.Single(_account.Entries[^1].Recognised!.Changes.OfType<ExpiryNoticeDue>());
        Assert.Equal((100, 30, 10), (told.Amount, told.DaysBefore, told.Bonus));
        Assert.Equal(
            "100 points to use by 20\u00A0January 2027. What you use of them by then brings a bonus of 10%.",
            Assert.Single(_account.Scheme!.Recognition!.Say(_account.Entries[^1])).En);

        // Whoever was promised it has it, also when no more is promised to others.
        _account.Scheme = new(Programme(WithBonus with { ExpiryBonus = null }), Books.Goods);
        Assert.Equal(5, Spend("a", 55));
        Assert.Equal(4, Spend("b", 65));
        Assert.Equal(39, _account.State.Balance);
        Assert.Equal(150, _account.State.Lifetime);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void Before_the_notice_and_for_points_of_another_day_there_is_none()
    {
        _account.Post(Receipts.Sale("1", 100m));
        _account.At = Receipts.Noon.AddDays(20);
        Assert.Equal(0, Spend("a", 60));
        _account.Post(Receipts.Sale("2", 50m).At(_account.At));
        Pass(days: 31);
        Assert.Equal(4, Spend("b", 40));
        Assert.Equal(0, Spend("c", 50));
    }

    [Fact]
    public void The_promise_ends_with_its_day_and_is_forgotten()
    {
        _account.Post(Receipts.Sale("1", 100m));
        Pass(days: 31);
        Assert.Equal([new ExpiryOffer(new DateOnly(2027, 1, 20).DayNumber, 10)], _account.State.Recognition!.Offers!.Value);
        Pass(days: 54);
        Assert.Single(_account.State.Recognition!.Offers!.Value);
        _account.At = Receipts.Noon.AddDays(60);
        _account.Post(Receipts.Sale("2", 50m).At(_account.At));
        Pass(days: 91);
        Assert.Equal([new ExpiryOffer(new DateOnly(2027, 3, 21).DayNumber, 10)], _account.State.Recognition!.Offers!.Value);
        Assert.Equal(0, PurseList.At(_account.State, _account.Scheme, Receipts.Noon.AddDays(200))[0].Available);
    }

    [Fact]
    public void A_redemption_that_is_given_back_gives_back_its_bonus_also_when_that_was_spent()
    {
        _account.Post(Receipts.Sale("1", 100m));
        Pass(days: 31);
        Assert.Equal(10, Spend("a", 100));
        var (one, committed) = (_account.State.Wallet!.Open[0], _account.Entries.OfType<RewardCommitted>().Last());
        Spend("b", 10);
        var spent = committed.Postings!.Value.Single(posting => posting.Kind == PostingKind.HoldConfirmed).Lots;
        foreach (var entry in Using.Return(_account.State, one, spent, "till", Context(), ExpiryOffers.BonusIn(committed.Postings)).Entries) _account.Apply(entry);
        Assert.Equal(90, _account.State.Balance);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void A_document_says_its_bonus_and_needs_notices_for_it()
    {
        var said = DocumentSentences.Of(ProgrammePart.Recognition, PartReading.Of(WithBonus), Programme(WithBonus));
        Assert.Equal("Points qui vont expirer\u00A0: ceux qui sont utilisés après l’annonce rapportent 10\u00A0% de bonus.", said.Single(sentence => sentence.Pointer == "/expiryBonus").Fr);
        Assert.Empty(RecognitionValidation.Check(WithBonus));
        Assert.Equal(("/expiryBonus", "no-notice"), RecognitionValidation.Check(WithBonus with { ExpiryNoticeDays = [] }).Select(error => (error.Field, error.Code)).Single());
    }

    [Fact]
    public void What_an_entry_made_of_offers_and_incidents_is_read_again()
    {
        _account.Post(Receipts.Sale("1", 100m));
        var entry = _account.Entries[0] with { Recognised = new() { IncidentsSeen = 3, Offers = [new(740_000, 10)] } };
        var written = AccountEntryJson.Write(entry);
        var read = AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!.Recognised!;
        Assert.Equal((3, 10), (read.IncidentsSeen, read.Offers!.Value[0].Percent));
    }

    private static ProgrammeSettings Programme(RecognitionRules recognition) => Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base),
        Recognition = recognition,
        Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterDays, Count = 60 } } },
    };

    private void Pass(int days)
    {
        _account.At = Receipts.Noon.AddDays(days);
        if (Commanding.Tell(_account.State, Context()) is { } told) _account.Apply(told);
        _account.Restart();
    }

    /// <summary>The bonus of a redemption of so many points.</summary>
    private long Spend(string id, long points)
    {
        var ask = new Reserved
        {
            Id = EntitlementId.Of("test", PureAccount.Self, id),
            Reservation = new(new Guid(id[0], 0, 0, new byte[8])),
            Reward = RedeemHost.Mug(points),
            Until = _account.At.AddMinutes(15),
            By = "member",
        };
        var taken = RewardSteps.Take(_account.State, ask, Context());
        Assert.Null(taken.Refusal);
        foreach (var entry in taken.Entries) _account.Apply(entry);
        return ExpiryOffers.BonusIn(taken.Entries.OfType<RewardCommitted>().Single().Postings);
    }

    private AccountContext Context() => Receipts.Context(Programme(WithBonus), _account.History, AccountKind.Member, _account.Scheme, _account.At);
}
