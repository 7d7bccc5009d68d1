using System.Text;
using System.Text.Json.Nodes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Tests.Conventions;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Recognition;

public sealed class RecognitionDocumentTests
{
    private static readonly string CorpusPath = Path.Combine(SourceTree.Root, "tests/Rules/Recognition/recognition.json");

    private static RecognitionRules Corpus
    {
        get
        {
            var (rules, errors) = RecognitionDocument.Read(File.ReadAllBytes(CorpusPath));
            Assert.Empty(errors);
            return rules!;
        }
    }

    [Fact]
    public void A_document_survives_writing_and_reading()
    {
        var written = RecognitionDocument.Write(Corpus);
        var (again, errors) = RecognitionDocument.Read(Encoding.UTF8.GetBytes(written));
        Assert.Empty(errors);
        Assert.Equal(written, RecognitionDocument.Write(again!));
    }

    [Theory]
    [InlineData("/lottery", "{}", "/lottery", "unknown-field")]
    [InlineData("/tiers/months", "5", "/tiers/months", "no-calendar-period")]
    [InlineData("/tiers/months", "25", "/tiers/months", "out-of-bounds")]
    [InlineData("/tiers/noticeDays", "[7, 30]", "/tiers/noticeDays/1", "not-lower")]
    [InlineData("/tiers/levels/1/spend", "200", "/tiers/levels/1/spend", "not-higher")]
    [InlineData("/tiers/levels/0/both", "true", null, null)]
    [InlineData("/tiers/levels/0/engagement", "null", null, null)]
    [InlineData("/tiers/levels/1/engagement", "null", "/tiers/levels/1/both", "one-threshold")]
    [InlineData("/tiers/levels/1/id", "\"silver\"", "/tiers/levels/1/id", "id-twice")]
    [InlineData("/streaks/1/per", "\"day\"", "/streaks/1/on", "daily-spending")]
    [InlineData("/streaks/1/times", "6", "/streaks/1/on", "daily-spending")]
    [InlineData("/streaks/1/times", "8", "/streaks/1/times", "too-many")]
    [InlineData("/streaks/0/name/fr", "\"Ne perdez pas votre série\"", "/streaks/0/name/fr", "pressing-words")]
    [InlineData("/streaks/0/name/nl", "\"Verlies niets\"", "/streaks/0/name/nl", "pressing-words")]
    [InlineData("/streaks/0/name/en", "\"Don't break it\"", "/streaks/0/name/en", "pressing-words")]
    [InlineData("/streaks/0/milestones/1/periods", "4", "/streaks/0/milestones/1/periods", "not-higher")]
    [InlineData("/streaks/0/milestones/0/gift", "{}", "/streaks/0/milestones/0/gift", "empty")]
    [InlineData("/streaks/0/milestones/0/gift", "{\"reward\":\"tea\"}", "/streaks/0/milestones/0/gift/reward", "unnamed")]
    [InlineData("/streaks/0/freezes/byTier/0/tier", "\"bronze\"", "/streaks/0/freezes/byTier/0/tier", "unknown-tier")]
    [InlineData("/badges/0/levels/0/at", "2", "/badges/0/levels", "one-level")]
    [InlineData("/badges/1/levels/1/at", "3", "/badges/1/levels/1/at", "not-higher")]
    [InlineData("/badges/1/for/kind", "\"random\"", "/badges/1/for/kind", "unknown-kind")]
    [InlineData("/badges/1/for/on", "[]", "/badges/1/for/measure", "no-events")]
    [InlineData("/badges/2/for/on", "[\"post\"]", "/badges/2/for/measure", "no-spend")]
    [InlineData("/badges/2/for/per", "\"day\"", "/badges/2/for/per", "daily-spending")]
    [InlineData("/badges/3/for/until", "\"2027-06-22\"", "/badges/3/for/until", "too-long")]
    [InlineData("/badges/4/for/requires/0/level", "3", "/badges/4/for/requires/0/badge", "unknown-badge")]
    [InlineData("/badges/4/for/requires/0/badge", "\"helper\"", "/badges/4/for/requires/0/badge", "unknown-badge")]
    [InlineData("/badges/5/for/streak", "\"none\"", "/badges/5/for/streak", "unknown-streak")]
    [InlineData("/badges/7/for/before", "null", "/badges/7/for", "empty")]
    [InlineData("/badges/8/id", "\"first-post\"", "/badges/8/version", "version-twice")]
    [InlineData("/cards/0/expiresAfter", "null", "/cards/0/expiresAfter", "expiry-unclear")]
    [InlineData("/cards/0/stamps", "1", "/cards/0/stamps", "out-of-bounds")]
    [InlineData("/cards/0/id", "\"a-card-with-an-id-of-forty-characters-xx\"", "/cards/0/id", "invalid-text")]
    [InlineData("/plans/0/withdrawalDays", "13", "/plans/0/withdrawalDays", "out-of-bounds")]
    [InlineData("/plans/0/perks", "[]", "/plans/0/perks", "out-of-bounds")]
    public void An_error_names_the_field_and_the_remedy(string at, string value, string? field, string? code)
    {
        var document = JsonNode.Parse(File.ReadAllText(CorpusPath))!;
        Put(document, at, JsonNode.Parse(value));
        var (_, errors) = RecognitionDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString()));
        if (field is null) Assert.Empty(errors);
        else Assert.Contains((field, code), errors.Select(error => (error.Field, (string?)error.Code)));
        Assert.All(errors, error => Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal));
    }

    /// <summary>With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/recognition.schema.json", RecognitionDocument.Schema);

    /// <summary>Every rule of the corpus, in three languages, kept as text to be read when it changes.</summary>
    [Fact]
    public void Rules_read_as_sentences() => Snapshots.Same("tests/Rules/Recognition/words.txt", string.Concat(Enum.GetValues<Language>().SelectMany(Sentences).Select(sentence => sentence + "\n")));

    [Fact]
    public void No_sentence_presses_or_threatens()
    {
        var notice = new TierNotice { Tier = "gold", PeriodEnd = new(2027, 1, 1), KeptUntil = new(2027, 1, 31), DaysBefore = 7, MissingSpend = 40, MissingEngagement = 3, Both = true };
        foreach (var language in Enum.GetValues<Language>())
        {
            var words = new RecognitionWords(language, Corpus, "EUR");
            var views = from per in Enum.GetValues<StreakPeriod>()
                        from view in new[] { new StreakView { Current = 0, Best = 0, IsDone = false, FreezesHeld = 0 }, new() { Current = 1, Best = 1, IsDone = true, FreezesHeld = 0 }, new() { Current = 3, Best = 3, IsDone = false, FreezesHeld = 0 } }
                        select words.Of(view, per);
            string[] all = [.. Sentences(language), .. views, words.Of(notice), words.Of(new AlmostThere("g", 2, 10), "x"), .. Enum.GetValues<UndoneBy>().Select(by => words.Undone(new(by, "x"))), words.EarnedBack(3800, 2400)];
            Assert.DoesNotContain(all, sentence => EthicsLint.PressingWord(sentence) is not null);
        }
    }

    private static IEnumerable<string> Sentences(Language language)
    {
        var words = new RecognitionWords(language, Corpus, "EUR");
        return [.. Corpus.Tiers!.Levels.Select(words.Of), .. Corpus.Streaks.Select(words.Of), .. Corpus.Badges.Select(words.Of), .. Corpus.Cards.Select(words.Of), .. Corpus.Plans.Select(words.Of)];
    }

    private static void Put(JsonNode document, string pointer, JsonNode? value)
    {
        var parts = pointer.Split('/')[1..];
        var parent = parts[..^1].Aggregate(document, (node, part) => node is JsonArray list ? list[int.Parse(part, null)]! : node[part]!);
        if (parent is JsonArray array) array[int.Parse(parts[^1], null)] = value;
        else parent[parts[^1]] = value;
    }
}
