using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

public sealed partial class RuleWordsTests
{
    /// <summary>Read the file when it changes: it is what members read.</summary>
    [Fact]
    public void Every_rule_of_the_corpus_is_said_as_before()
    {
        var rules = EarningDocumentTests.Corpus;
        var words = Enum.GetValues<Language>().Select(language => new RuleWords(language, rules, Books.Settings)).ToArray();
        var text = new StringBuilder();
        foreach (var rule in rules.Rules)
        {
            text.Append(rule.VersionId).Append('\n');
            foreach (var one in words) text.Append("  ").Append(one.Of(rule)).Append('\n');
        }

        Snapshots.Same("tests/Rules/Earning/corpus.txt", text.ToString());
    }

    /// <summary>Whoever adds a node to the grammar adds it to the corpus, and so sees how it is said.</summary>
    [Fact]
    public void The_corpus_holds_every_node_and_every_word_of_the_grammar()
    {
        var rules = EarningDocumentTests.Corpus;
        HashSet<object> seen = [];
        foreach (var rule in rules.Rules)
        {
            seen.UnionWith(rule.On.Cast<object>());
            seen.UnionWith(rule.Then.Select(effect => effect.GetType()));
            if (rule.Cap is { } cap) seen.Add(cap.Per);
            Walk(rule.When, seen);
        }

        object[] grammar =
        [
            .. Nodes(typeof(Condition)), .. Nodes(typeof(Effect)),
            .. Enum.GetValues<EarningEvent>().Cast<object>(), .. Enum.GetValues<CapPeriod>().Cast<object>(), .. Enum.GetValues<Channel>().Cast<object>(),
            .. Enum.GetValues<DayOfWeek>().Cast<object>(), .. Enum.GetValues<FirstTime>().Where(first => first != FirstTime.None).Cast<object>(),
        ];
        Assert.Empty(grammar.Except(seen));
    }

    [Fact]
    public void No_sentence_shows_an_id_or_an_unfinished_phrase()
    {
        var rules = EarningDocumentTests.Corpus;
        foreach (var language in Enum.GetValues<Language>())
        {
            var words = new RuleWords(language, rules, Books.Settings);
            foreach (var sentence in rules.Rules.Select(words.Of))
                Assert.False(Unfinished().IsMatch(sentence), sentence);
        }
    }

    [Theory]
    [InlineData(Language.Fr, "1 234 567,5", "12,50 €", "50 €", "1er décembre 2026", "7 h 05", "0 point", "1 point", "2 points")]
    [InlineData(Language.Nl, "1.234.567,5", "€ 12,50", "€ 50", "1 december 2026", "7.05", "0 punten", "1 punt", "2 punten")]
    [InlineData(Language.En, "1,234,567.5", "€12.50", "€50", "1 December 2026", "07:05", "0 points", "1 point", "2 points")]
    public void Numbers_money_dates_and_plurals_follow_the_language(Language language, params string[] expected)
    {
        var formats = new Formats(language, "EUR");
        var words = new RuleWords(language, EarningDocumentTests.Corpus, Books.Settings);
        string[] said =
        [
            formats.Number(1_234_567.5m), formats.Money(1250), formats.Money(5000), formats.Date(new(2026, 12, 1)), formats.Time(new(7, 5)),
            words.Points(0), words.Points(1), words.Points(2),
        ];
        Assert.Equal(expected, said.Select(text => text.Replace('\u00A0', ' ').Replace('\u202F', ' ')));
    }

    [Theory]
    [InlineData("JPY", "€")]
    [InlineData("TND", "€")]
    public void Currencies_have_their_own_decimals(string currency, string notThis)
    {
        var text = new Formats(Language.Fr, currency).Money(12_345);
        Assert.DoesNotContain(notThis, text, StringComparison.Ordinal);
        Assert.Equal(currency == "JPY" ? "12 345 JPY" : "12,345 TND", text.Replace('\u00A0', ' ').Replace('\u202F', ' '));
    }

    [Fact]
    public void An_award_and_a_rule_that_did_not_count_are_said_from_the_same_tree()
    {
        var rules = EarningDocumentTests.Corpus;
        var gold = rules.Rules.Single(rule => rule.Id == "gold") with { ValidatedAt = Books.Published, PublishedAt = Books.Published, EffectiveFrom = Books.Published.AddHours(1) };
        rules = rules with { Rules = [rules.Rules[0], gold] };
        var earned = new RuleBook(rules, Books.Goods).Earn(Receipts.Sale("1", 12.50m), detail: EarningDetail.WhyNot);
        var words = new RuleWords(Language.Fr, rules, Books.Settings);
        Assert.Equal("12 points. À l’achat : 1 point pour 1 € d’achat.", Plain(words.Of(earned.Applied[0], rules.Rules[0])));
        Assert.Equal("Vaut seulement avec le statut « Or » ou « Platine ».", Plain(words.Of(earned.WhyNot[0])));
        foreach (var language in Enum.GetValues<Language>())
        {
            var said = Enum.GetValues<WhyNotReason>().Select(reason => new RuleWords(language, rules, Books.Settings).Of(new WhyNot(gold.VersionId, reason))).ToArray();
            Assert.Equal(said.Length, said.Distinct().Count());
        }
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static IEnumerable<object> Nodes(Type root) =>
        root.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(node => node.DerivedType);

    private static void Walk(Condition? condition, HashSet<object> seen)
    {
        if (condition is null) return;
        seen.Add(condition.GetType());
        switch (condition)
        {
            case AllOf all:
                foreach (var part in all.Of) Walk(part, seen);
                break;
            case AnyOf any:
                foreach (var part in any.Of) Walk(part, seen);
                break;
            case Not not:
                Walk(not.Of, seen);
                break;
            case ChannelIs channel:
                seen.UnionWith(channel.Channels.Cast<object>());
                break;
            case WeekdayIs weekday:
                seen.UnionWith(weekday.Days.Cast<object>());
                break;
            case FirstTimeOf first:
                seen.Add(first.Scope);
                break;
        }
    }

    [GeneratedRegex(@"  |\b(flanders|morning|platinum|bakery|half-coffee|meals|opening)\b| ,|\(\)|[,:;]\.$|Is\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Unfinished();
}
