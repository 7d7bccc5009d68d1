using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

public sealed class RuleLifecycleTests
{
    private static readonly DateTimeOffset Now = Receipts.Noon;
    private static readonly EarningRule Draft = Books.Base with { Version = 2, ValidatedAt = null, PublishedAt = null, EffectiveFrom = null };

    [Fact]
    public void A_version_goes_from_draft_to_retired()
    {
        var rules = Books.Document(Books.Base, Draft);
        Assert.Equal(RuleStage.Draft, Stage(rules, Now));
        rules = Books.Document(Books.Base, Draft with { ValidatedAt = Now });
        Assert.Equal(RuleStage.Validated, Stage(rules, Now));
        rules = RuleLifecycle.Publish(rules, new("base", 2), Now.AddSeconds(60), Now.AddDays(7), Now).Rules!;
        Assert.Equal(RuleStage.Scheduled, Stage(rules, Now.AddSeconds(59)));
        Assert.Equal(RuleStage.Live, Stage(rules, Now.AddSeconds(60)));
        Assert.Equal(RuleStage.Retired, RuleLifecycle.StageAt(rules, rules.Rules[0], Now.AddSeconds(60)));
        Assert.Equal(RuleStage.Retired, Stage(rules, Now.AddDays(7)));
    }

    [Theory]
    [InlineData(1, 60, "already-published")]
    [InlineData(2, 59, "too-soon")]
    [InlineData(3, 60, "not-validated")]
    [InlineData(9, 60, "unknown-version")]
    public void Publishing_is_refused(int version, int seconds, string code)
    {
        var rules = Books.Document(Books.Base, Draft with { ValidatedAt = Now }, Draft with { Version = 3 });
        Assert.Equal(code, RuleLifecycle.Publish(rules, new("base", version), Now.AddSeconds(seconds), null, Now).Refusal!.Code);
    }

    [Fact]
    public void A_version_cannot_begin_before_one_that_is_still_to_come()
    {
        var rules = Books.Document(Books.Base with { EffectiveFrom = Now.AddDays(3) }, Draft with { ValidatedAt = Now });
        Assert.Equal("before-a-scheduled-version", RuleLifecycle.Publish(rules, new("base", 2), Now.AddDays(1), null, Now).Refusal!.Code);
        Assert.Equal("ends-before-start", RuleLifecycle.Publish(rules, new("base", 2), Now.AddDays(4), Now.AddDays(4), Now).Refusal!.Code);
    }

    [Fact]
    public void A_version_withdrawn_before_it_begins_leaves_the_one_before_in_force()
    {
        var rules = Books.Document(Books.Base, Draft with { ValidatedAt = Now });
        rules = RuleLifecycle.Publish(rules, new("base", 2), Now.AddDays(1), null, Now).Rules!;
        rules = RuleLifecycle.Retire(rules, new("base", 2), Now.AddHours(1), Now).Rules!;
        Assert.Equal(RuleStage.Retired, Stage(rules, Now.AddDays(2)));
        Assert.Equal([1], new RuleBook(rules, Books.Goods).InForceAt(Now.AddDays(2)).Select(rule => rule.Version));
    }

    [Fact]
    public void Retiring_ends_a_version_with_notice()
    {
        var rules = Books.Document(Books.Base);
        Assert.Equal("too-soon", RuleLifecycle.Retire(rules, new("base", 1), Now.AddSeconds(59), Now).Refusal!.Code);
        rules = RuleLifecycle.Retire(rules, new("base", 1), Now.AddSeconds(60), Now).Rules!;
        Assert.Equal("already-ended", RuleLifecycle.Retire(rules, new("base", 1), Now.AddSeconds(60), Now).Refusal!.Code);
        var book = new RuleBook(rules, Books.Goods);
        Assert.Equal((10, 0), (book.Earn(Receipts.Sale("1", 10m).At(Now.AddSeconds(59))).Points, book.Earn(Receipts.Sale("1", 10m).At(Now.AddSeconds(60))).Points));
    }

    private static RuleStage Stage(EarningRules rules, DateTimeOffset at) => RuleLifecycle.StageAt(rules, rules.Rules.Single(rule => rule.Version == 2), at);
}
