using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

public sealed class EthicsLintTests
{
    [Theory]
    [InlineData("Dernière chance !", "pressing-words")]
    [InlineData("Jackpot", "pressing-words")]
    [InlineData("Invitez un ami", null)]
    [InlineData("Snelle koffie", null)]
    public void Names_do_not_press(string name, string? code)
    {
        var rules = Books.Document(Books.Base) with { Names = [new() { Kind = NamedKind.Campaign, Id = "x", Fr = name, Nl = "x", En = "x" }] };
        Assert.Equal(code is null ? [] : [("/names/0/fr", code)], EthicsLint.Check(rules).Select(warning => (warning.Field, warning.Code)));
    }

    [Fact]
    public void Rules_do_not_ask_for_daily_spending_nor_for_haste()
    {
        var rules = Books.Document(
            Books.Base,
            Books.Rule("daily", new Bonus { Points = 1 }) with { When = new FirstTimeOf(FirstTime.OfDay) },
            Books.Rule("visit", new FixedPoints { Points = 1 }) with { On = [EarningEvent.Visit], When = new FirstTimeOf(FirstTime.OfDay) },
            Books.Times("flash", 2, new Daypart(new(18, 0), new(18, 30))),
            Books.Times("hour", 2) with { EffectiveUntil = Books.Published.AddMinutes(30) },
            Books.Times("maze", 2, new AllOf([new StoreIs(["BRU"]), new TierIs(["a"]), new SegmentIs(["b"]), new SpendIs(5)])));
        Assert.Equal(
            [("/rules/1", "daily-spending"), ("/rules/3/when", "short-window"), ("/rules/4/effectiveUntil", "short-window"), ("/rules/5/when", "hard-to-explain")],
            EthicsLint.Check(rules).Select(warning => (warning.Field, warning.Code)));
    }

    [Fact]
    public void The_corpus_of_examples_is_clean_but_for_its_showcases() =>
        Assert.Equal(["daily-spending", "hard-to-explain", "hard-to-explain", "hard-to-explain"], EthicsLint.Check(EarningDocumentTests.Corpus).Select(warning => warning.Code).Order(StringComparer.Ordinal));
}
