using System.Text;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Fold;

/// <summary>A receipt that rules rate and a ledger keeps, case by case.</summary>
public sealed class AccountTests
{
    private static readonly EarningRules Rules = Books.Document(
        Books.Base,
        Books.Times("double-bread", 2, lines: Books.Family("bakery")) with { Cap = new() { Per = CapPeriod.Day, Points = 30 } });

    private static readonly ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Rules,
        Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterMonths, Count = 12 } } },
    };

    private static readonly Receipt Sale = Receipts.Sale("1", Receipts.Line("BREAD", 2, 10m), Receipts.Line("SOAP", 1, 10m));

    private readonly PureAccount _account = Account();

    [Fact]
    public void A_sale_records_what_rules_decided_and_one_posting_with_its_lot()
    {
        var posted = (ReceiptPosted)Assert.Single(_account.Post(Sale));
        Assert.Equal((50, 50, 50), (posted.Points, posted.Balance, posted.Lifetime));
        Assert.Equal(["base@1 30", "double-bread@1 20"], posted.Earned!.Applied.Select(applied => $"{applied.Rule} {applied.Points}"));
        var posting = Assert.Single(posted.Postings!.Value);
        Assert.Equal((PostingKind.Earned, 50), (posting.Kind, posting.Amount));
        Assert.Equal((Sale.Key.ToString(), new DateOnly(2027, 11, 21).DayNumber), (posting.Lots[0].Source, posting.Lots[0].ExpiresOn));
        Assert.Equal(new("double-bread", CapPeriod.Day, Sale.Key.BusinessDate.DayNumber, 20, 1), Assert.Single(posted.Counters!.Value));
    }

    [Fact]
    public void A_returned_line_takes_what_the_rules_gave_for_it_and_its_room_under_the_cap_comes_back()
    {
        _account.Post(Sale);
        var posted = (ReceiptPosted)_account.Post(Receipts.Return("2", Sale.Key, Receipts.Line("BREAD", -1, 10m)))[0];
        Assert.Equal((-20, 30), (posted.Points, posted.Balance));
        Assert.Equal(new("double-bread", CapPeriod.Day, Sale.Key.BusinessDate.DayNumber, 10, 1), Assert.Single(_account.State.Counters!.Rows));
        Assert.Equal((PostingKind.ClawedBack, Sale.Key.ToString()), (posted.Postings!.Value[0].Kind, posted.Postings.Value[0].Source));

        _account.Post(Receipts.Return("3", Sale.Key, Receipts.Line("BREAD", -1, 10m), Receipts.Line("SOAP", -1, 10m)));
        Assert.Equal((0, 0, 0), (_account.State.Balance, _account.State.Lifetime, _account.State.Receipts));
        Assert.Equal((0, 0), (_account.State.Counters!.Rows[0].Points, _account.State.Counters.Rows[0].Times));
    }

    [Theory]
    [InlineData(72 + 11, 10)]
    [InlineData(72 + 13, 20)]
    public void A_return_makes_room_under_a_cap_only_until_the_grace_after_its_period_is_over(int hoursLater, long used)
    {
        _account.Post(Sale);
        _account.At = Receipts.Noon.AddHours(hoursLater);
        _account.Post(Receipts.Return("2", Sale.Key, Receipts.Line("BREAD", -1, 10m)).At(_account.At));
        Assert.Equal(30, _account.State.Balance);
        Assert.Equal(used, Assert.Single(_account.State.Counters!.Rows).Points);
    }

    [Fact]
    public void A_return_of_what_expired_takes_it_from_breakage_and_leaves_no_debt()
    {
        _account.Post(Sale);
        _account.At = Receipts.Noon.AddMonths(13);
        Assert.Equal(0, PurseList.At(_account.State, _account.Scheme, _account.At)[0].Available);
        _account.Post(Receipts.Void("2", Sale.Key));
        var purse = _account.State.Ledger!.Of(Unit.Points);
        Assert.Equal((0, 0, 0), (purse.Available, purse.Owed, _account.State.Lifetime));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void An_account_from_before_the_document_opens_its_ledger_with_the_balance_it_had()
    {
        _account.Scheme = null;
        _account.Post(Sale);
        Assert.Null(_account.State.Ledger);
        _account.Scheme = new(Programme, Books.Goods);

        var entry = _account.Post(Receipts.Sale("2", 5m))[0];
        Assert.Equal(["Corrected 30 opening-balance", "Earned 5 "], entry.Postings!.Value.Select(posting => $"{posting.Kind} {posting.Amount} {posting.Reason}"));
        Assert.Equal((35, 35), (_account.State.Balance, _account.State.Lifetime));

        _account.Post(Receipts.Return("3", Sale.Key, Receipts.Line("BREAD", -1, 10m)));
        Assert.Equal((25, 25), (_account.State.Balance, _account.State.Lifetime));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void Without_a_document_entries_and_state_are_the_bytes_they_were()
    {
        var plain = new PureAccount(Receipts.Programme());
        plain.Post(Sale);
        plain.Post(Receipts.Return("2", Sale.Key, Receipts.Line("BREAD", -1, 10m)));
        var text = string.Join('\n', plain.Entries.Select(entry => Encoding.UTF8.GetString(AccountEntryJson.Write(entry).Payload.Span)).Append(Encoding.UTF8.GetString(AccountEntryJson.WriteState(plain.State))));
        foreach (var name in new[] { "postings", "counters", "earned\":{", "goods", "ledger" }) Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_sale_whose_rules_the_document_no_longer_holds_is_returned_in_proportion()
    {
        _account.Post(Sale);
        _account.Scheme = new(Programme with { Earning = Books.Document(Books.Rule("new-base", new PointsPerSpend { Points = 1, Spend = 100 })) }, Books.Goods);
        Assert.Equal(-17, _account.Post(Receipts.Return("2", Sale.Key, Receipts.Line("SOAP", -1, 10m)))[0].Points);
        _account.Post(Receipts.Void("3", Sale.Key));
        Assert.Equal((0, 0), (_account.State.Balance, _account.State.Lifetime));
    }

    [Fact]
    public void A_preview_says_the_award_by_line_and_why_in_three_languages()
    {
        var preview = _account.Preview(Sale);
        Assert.Equal((50, 3000), (preview.Points, preview.NetSpend));
        Assert.Equal([40L, 10L], preview.PointsByLine);
        Assert.Equal("30 points. On a purchase: 1 point for every €1 spent.", preview.Why[0].En);
        Assert.StartsWith("20\u00A0points. À l’achat", preview.Why[1].Fr, StringComparison.Ordinal);
        Assert.StartsWith("20 punten. Bij een aankoop", preview.Why[1].Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_engine_does_not_keep_yet_is_refused_with_a_line_that_names_it()
    {
        Assert.Null(SchemeChecks.Complaint(Rules));
        var gold = Books.Document(Books.Times("gold", 2, new Not(new AnyOf([new TierIs(["gold"])]))));
        Assert.Contains("gold@1 asks for the tier 'gold'", SchemeChecks.Complaint(gold), StringComparison.Ordinal);
        Assert.Null(SchemeChecks.Complaint(gold, new() { Tiers = new() { Levels = [new() { Id = "gold", Name = new("Or", "Goud", "Gold"), Spend = 1 }] } }));
    }

    [Fact]
    public void A_forged_entry_is_found()
    {
        _account.Post(Sale);
        var sound = _account.Entries[0];
        Assert.Empty(AccountProof.FaultsIn([sound], _account.State));
        var forged = sound with { Points = 60, Postings = [sound.Postings!.Value[0] with { Amount = 60 }] };
        var faults = AccountProof.FaultsIn([forged], _account.State).ToArray();
        Assert.Contains(faults, fault => fault.StartsWith("lifetime-points", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("posting-parts", StringComparison.Ordinal));
    }

    private static PureAccount Account() => new(Programme) { Scheme = new(Programme, Books.Goods) };
}
