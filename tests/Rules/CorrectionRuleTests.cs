using Gamification.Ledger;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules;

public sealed class CorrectionRuleTests
{
    private static readonly DateTimeOffset Later = new(2026, 12, 20, 12, 0, 0, TimeSpan.FromHours(1));

    /// <summary>Ten points that expire thirty days after 21 November.</summary>
    private readonly PureAccount _account;

    public CorrectionRuleTests()
    {
        var programme = Receipts.Programme() with { Earning = Books.Document(Books.Base), Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterDays, Count = 30 } } } };
        _account = new(programme) { Scheme = new(programme, Catalogue.Empty) };
        _account.Post(Receipts.Sale("1", 10m));
        Settings = programme;
    }

    private Gamification.Programmes.ProgrammeSettings Settings { get; }

    [Fact]
    public void What_is_live_stays_valid_through_the_day_and_nothing_else_changes()
    {
        Correct(new() { Id = "c", Through = new(2027, 1, 31), Reason = "closed-store", By = "marie" });
        Assert.Equal((10, 10), (_account.State.Balance, _account.State.Lifetime));
        Assert.Equal((10, 10, 0), (AvailableAt(Later), AvailableAt(new(2027, 1, 31, 23, 59, 0, TimeSpan.FromHours(1))), AvailableAt(new(2027, 2, 1, 0, 0, 0, TimeSpan.FromHours(1)))));
        Assert.Equal("nothing-to-extend", CorrectionRule.Decide(_account.State, new() { Id = "d", Through = new(2026, 12, 31), Reason = "again", By = "marie" }, Context).Refusal!.Code);
    }

    [Fact]
    public void What_was_added_by_mistake_is_taken_and_never_more_than_there_is()
    {
        Correct(new() { Id = "c", Points = -4, Reason = "typed-twice", By = "marie" });
        Assert.Equal((6, 10), (_account.State.Balance, _account.State.Lifetime));
        Assert.Equal("/points", CorrectionRule.Decide(_account.State, new() { Id = "d", Points = -7, Reason = "too-much", By = "marie" }, Context).Refusal!.Field);
        Assert.Equal("no-ledger", CorrectionRule.Decide(AccountState.Empty, new() { Id = "e", Points = 1, Reason = "none", By = "marie" }, Receipts.Context(Receipts.Programme())).Refusal!.Code);
    }

    private AccountContext Context => Receipts.Context(Settings, scheme: _account.Scheme, at: Receipts.Noon.AddDays(1));

    private long AvailableAt(DateTimeOffset at) => PurseList.At(_account.State, _account.Scheme, at)[0].Available;

    private void Correct(LedgerCorrection correction)
    {
        var (entry, refusal) = CorrectionRule.Decide(_account.State, correction, Context);
        Assert.Null(refusal);
        _account.Apply(entry!);
    }
}
