using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Programmes;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Documents;

public sealed class DocumentDiffTests
{
    private readonly Desk _desk = new(Books.Document(Books.Base, Books.Rule("bonus", new Bonus { Points = 5 })));

    [Fact]
    public void A_rule_is_compared_with_its_like_wherever_it_stands()
    {
        var moved = Books.Document(Books.Rule("bonus", new Bonus { Points = 7 }), Books.Base);
        var change = Assert.Single(Diff(moved));
        Assert.Equal(("/earning/rules/0/then", """[{"kind":"bonus","points":5}]""", """[{"kind":"bonus","points":7}]"""), (change.Pointer, Plain(change.Before), Plain(change.After)));
        Assert.StartsWith("Rules: bonus@1 then changes from [", change.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_rule_is_told_in_its_own_words_in_three_languages()
    {
        var change = Assert.Single(Diff(Books.Document(Books.Base, Books.Rule("bonus", new Bonus { Points = 5 }), Books.Times("double", 2))));
        Assert.Equal(("/earning/rules/2", null as string), (change.Pointer, change.Before));
        Assert.Equal("Règles\u00A0: double@1 s’ajoute\u00A0: À l’achat\u00A0: points multipliés par 2.", change.Fr);
        Assert.Equal("Regels: double@1 komt erbij: Bij een aankoop: punten maal 2.", change.Nl);
        Assert.Equal("Rules: double@1 is added: On a purchase: points multiplied by 2.", change.En);
    }

    [Fact]
    public void What_goes_away_is_named_where_it_stood()
    {
        var change = Assert.Single(Diff(Books.Document(Books.Rule("bonus", new Bonus { Points = 5 }))));
        Assert.Equal(("/earning/rules/0", null as string), (change.Pointer, change.After));
    }

    [Fact]
    public void Parts_that_are_left_out_do_not_differ()
    {
        var (parts, errors) = WholeDocument.Read("""{ "ledger": { "points": { "pendingDays": 3 } } }""", Publishing.SettingsOf(_desk.Documents));
        Assert.Empty(errors);
        Assert.Equal("/ledger/points/pendingDays", Assert.Single(DocumentDiffs.Of(_desk.Documents, parts)).Pointer);
    }

    [Theory]
    [InlineData("""{ "ledger": { "points": { "pendingDays": -1 } } }""", "/ledger/points/pendingDays")]
    [InlineData("""{ "ledgr": {} }""", "/ledgr")]
    [InlineData("""{ "earning": { "rules": [{ "id": "a" }] } }""", "/earning/rules/0/version")]
    [InlineData("""{ "recognition": { "cards": [{ "id": "UP" }] } }""", "/recognition/cards/0/id")]
    [InlineData("""{ "catalogue": [{ "sku": "A" }, { "sku": "A" }] }""", "/catalogue/1/sku")]
    [InlineData("""{ "rewards": [] }""", "/rewards")]
    public void A_mistake_is_named_where_it_stands_in_the_whole(string document, string pointer) =>
        Assert.Contains(WholeDocument.Read(document, Publishing.SettingsOf(_desk.Documents)).Errors, error => error.Field == pointer);

    [Fact]
    public void The_published_schemas_are_those_of_the_types()
    {
        Snapshots.Same("silo/Programmes/settings.schema.json", SettingsText.Schema);
        Snapshots.Same("silo/Programmes/ledger.schema.json", PartReading.LedgerSchema);
    }

    private System.Collections.Immutable.ImmutableArray<DocumentChange> Diff(EarningRules rules) => DocumentDiffs.Of(_desk.Documents, [new(ProgrammePart.Earning, PartReading.Of(rules))]);

    private static string? Plain(string? json) => json?.Replace(",\"perItem\":false", "", StringComparison.Ordinal);
}
