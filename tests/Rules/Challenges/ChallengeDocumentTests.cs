using System.Text;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Earning;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

public sealed class ChallengeDocumentTests
{
    public static TheoryData<string> Templates => [.. TemplateNames];

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_is_valid_and_survives_writing_and_reading(string name) => Assert.Equal(ChallengeDocument.Write(Template(name)), ChallengeDocument.Write(Reread(Template(name))));

    /// <summary>A marketer's five minutes: a template, dates, stores.</summary>
    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_with_dates_and_stores_is_a_challenge(string name)
    {
        var (challenge, errors) = Launching.From(Template(name), new("winter-27", new(2027, 1, 11), null, ["lille", "gent"]));
        Assert.Empty(errors);
        Assert.Equal(("winter-27", 1, new DateOnly(2027, 1, 11)), (challenge!.Id, challenge.Version, challenge.Window.From));
        Assert.Equal(["lille", "gent"], challenge.Audience.Stores.AsEnumerable());
        if (challenge.By is StoreAgainstStore contest) Assert.Equal(["lille", "gent"], contest.Stores.AsEnumerable());
    }

    [Fact]
    public void A_launch_that_does_not_fit_says_why()
    {
        Assert.Equal(("/days", "out-of-bounds"), Single(Launching.From(Template("look-de-la-semaine"), new("x", Monday, 0)).Errors));
        Assert.Equal(("/goal/target", "goal-out-of-reach"), Single(Launching.From(Template("zero-gaspillage"), new("x", Monday, 6)).Errors));
        Assert.Equal(("/by/stores", "out-of-bounds"), Single(Launching.From(Template("defi-de-quartier"), new("x", Monday, null, ["lille"])).Errors));
        Assert.Equal(("/id", "invalid-id"), Single(Launching.From(Template("look-de-la-semaine"), new("Look !", Monday)).Errors));

        static (string, string) Single(IEnumerable<DocumentError> errors) => Assert.Single(errors) is var error ? (error.Field, error.Code) : default;
    }

    [Theory]
    [InlineData("zero-gaspillage", "/lottery", "{}", "/lottery", "unknown-field")]
    [InlineData("zero-gaspillage", "/goal/kind", "\"luck\"", "/goal/kind", "unknown-kind")]
    [InlineData("zero-gaspillage", "/goal/target", "8", "/goal/target", "goal-out-of-reach")]
    [InlineData("zero-gaspillage", "/goal/of/on", "[\"sale\"]", "/goal/of/on", "daily-spending")]
    [InlineData("zero-gaspillage", "/goal/times", "2", "/goal/times", "one-date-a-day")]
    [InlineData("zero-gaspillage", "/window/until", "\"2026-11-30\"", "/window/until", "ends-before-start")]
    [InlineData("defi-de-quartier", "/window/until", "\"2027-12-03\"", "/window/until", "too-long")]
    [InlineData("zero-gaspillage", "/name/fr", "\"Dernière chance\"", "/name/fr", "pressing-words")]
    [InlineData("zero-gaspillage", "/teasers/0/text/en", "\"Hurry up\"", "/teasers/0/text/en", "pressing-words")]
    [InlineData("zero-gaspillage", "/prizes/completion", "{}", "/prizes/completion", "empty")]
    [InlineData("zero-gaspillage", "/prizes/completion/reward", "\"mug\"", "/prizes/completion/reward", "unnamed")]
    [InlineData("zero-gaspillage", "/caps/perDay", "1", "/caps/perDay", "no-count")]
    [InlineData("look-de-la-semaine", "/teasers/0/hoursBefore", "0", "/teasers/1/hoursBefore", "not-lower")]
    [InlineData("look-de-la-semaine", "/goal/steps/0/goods", "{ \"skus\": [\"x\"] }", "/goal/steps/0/goods", "no-goods")]
    [InlineData("look-de-la-semaine", "/goal/steps/0/on", "[\"post\", \"post\"]", "/goal/steps/0/on/1", "event-twice")]
    [InlineData("look-de-la-semaine", "/caps/perMember", "5", "/caps/perMember", "no-shared-total")]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/what", "\"subjects\"", "/goal/what", "no-subject")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/ranks/1/through", "1", "/prizes/ranks/1/through", "not-higher")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/budget/points", "899", "/prizes/budget/points", "below-the-prizes")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/budget/points", "900", null, null)]
    [InlineData("defi-bricolage", "/goal/target", "5", "/goal/target", "goal-out-of-reach")]
    [InlineData("defi-bricolage", "/goal/goals/0", "{ \"kind\": \"some\", \"goals\": [ { \"kind\": \"count\", \"of\": { \"on\": [\"post\"] } }, { \"kind\": \"count\", \"of\": { \"on\": [\"post\"] } } ] }", "/goal/goals/0", "nested-choice")]
    [InlineData("defi-bricolage", "/goal/goals/2/of/on", "[\"sale\", \"visit\"]", "/goal/goals/2/of/on", "no-spend")]
    [InlineData("defi-de-quartier", "/by/stores", "[\"s1\", \"s1\"]", "/by/stores/1", "store-twice")]
    [InlineData("defi-de-quartier", "/audience/stores", "[\"s1\"]", "/by/stores/1", "outside-the-audience")]
    [InlineData("defi-de-quartier", "/beyond", "true", "/beyond", "always-beyond")]
    [InlineData("defi-de-quartier", "/by", "{ \"kind\": \"teams\", \"teams\": [ { \"id\": \"a\", \"name\": { \"fr\": \"a\", \"nl\": \"a\", \"en\": \"a\" } }, { \"id\": \"b\", \"name\": { \"fr\": \"b\", \"nl\": \"b\", \"en\": \"b\" } } ] }", "/audience/optIn", "nobody-in-a-team")]
    [InlineData("ensemble-contre-le-gaspillage", "/by/milestones/1/at", "1000", "/by/milestones/1/at", "not-higher")]
    [InlineData("ensemble-contre-le-gaspillage", "/prizes/ranks", "[ { \"through\": 1, \"gift\": { \"points\": 1 } } ]", "/prizes/ranks", "nobody-ranks")]
    public void An_error_names_the_field_and_the_remedy(string template, string at, string value, string? field, string? code)
    {
        var document = JsonNode.Parse(ChallengeDocument.Write(Template(template)))!;
        Documents.Put(document, at, JsonNode.Parse(value));
        var (_, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString()));
        if (field is null) Assert.Empty(errors);
        else Assert.Contains((field, code), errors.Select(error => (error.Field, (string?)error.Code)));
        Assert.All(errors, error => Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Stores_are_held_against_the_programme()
    {
        var errors = ChallengeValidation.CheckStores(Template("defi-de-quartier"), new()
        {
            Id = "demo",
            Name = "Demo",
            Currency = "EUR",
            TimeZone = Contests.Zone,
            Stores = [new() { Id = "s1", NameFr = "s1", NameNl = "s1", NameEn = "s1", TimeZone = Contests.Zone }],
        });
        Assert.Equal(("/by/stores/1", "unknown-store"), Assert.Single(errors) is var error ? (error.Field, error.Code) : default);
    }

    [Fact]
    public void Whoever_cannot_buy_is_thought_of()
    {
        Assert.Contains("only-by-buying", ChallengeLint.Check(Template("cinq-fruits-legumes-locaux")).Select(warning => warning.Code));
        Assert.DoesNotContain("only-by-buying", ChallengeLint.Check(Template("zero-gaspillage")).Select(warning => warning.Code));
        Assert.True(ChallengeLint.IsFree(Template("defi-bricolage").Goal));
        Assert.Equal(["only-by-buying", "pay-to-win"], ChallengeLint.Check(Of(new SumGoal(On(EarningEvent.Sale), SumOf.Spend)) with { Prizes = new() { Ranks = [new(1, Points(5))] } }).Select(warning => warning.Code));
    }

    /// <summary>With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/challenge.schema.json", ChallengeDocument.Schema);

    /// <summary>Every template, in three languages, kept as text to be read when it changes.</summary>
    [Fact]
    public void Challenges_read_as_sentences() => Snapshots.Same("tests/Rules/Challenges/words.txt", string.Concat(Enum.GetValues<Language>().SelectMany(Sentences).Select(sentence => sentence + "\n")));

    [Fact]
    public void No_sentence_presses_or_threatens() =>
        Assert.DoesNotContain(Enum.GetValues<Language>().SelectMany(language => TemplateNames.Select(name => Words(language, name).Whole())), sentence => EthicsLint.PressingWord(sentence) is not null);

    [Theory]
    [InlineData(Language.Fr, 5, "Plus que 2\u00A0jours.")]
    [InlineData(Language.Nl, 5, "Nog 2 dagen.")]
    [InlineData(Language.En, 6, "1 day to go.")]
    [InlineData(Language.Fr, 7, null)]
    public void Progress_says_what_is_left(Language language, long score, string? text) => Assert.Equal(text, Words(language, "zero-gaspillage").Left(new(score, 0, 0)));

    private static IEnumerable<string> Sentences(Language language)
    {
        foreach (var name in TemplateNames) yield return Words(language, name).Whole();
        yield return Words(language, "defi-bricolage").Left(default)!;
        yield return Words(language, "cinq-fruits-legumes-locaux").Left(new(3, 0, 0))!;
        yield return Words(language, "ensemble-contre-le-gaspillage").Together(4_200, 5_000);
        yield return Words(language, "look-de-la-semaine").Replaced(Template("zero-gaspillage"), new("le thème change", "het thema verandert", "the theme changes"));
    }

    private static ChallengeWords Words(Language language, string name) => new(language, Template(name), "EUR");
}
