using System.Text.Json.Nodes;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Fold;

/// <summary>What a programme's file may name, and how a mistake in it is said.</summary>
public sealed class ProgrammeFileTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly JsonObject _programme = JsonNode.Parse(System.IO.File.ReadAllBytes(Path.Combine(SourceTree.Root, "silo", "Programmes", "shop.json")))!.AsObject();

    [Fact]
    public void A_programme_names_its_rules_its_goods_and_its_terms()
    {
        Write("rules.json", EarningJson.Write(Books.Document(Books.Base)));
        Write("goods.csv", "sku,category\nBREAD,food\n");
        _programme["earning"] = "rules.json";
        _programme["catalogue"] = "goods.csv";
        _programme["ledger"] = JsonNode.Parse("""{ "points": { "expiry": { "kind": "rollingMonths", "count": 12 }, "pendingDays": 14 }, "status": {} }""");
        var settings = ProgrammeFile.Read(File());
        Assert.Equal("base", Assert.Single(settings.Earning!.Rules).Id);
        Assert.Equal((ExpiryKind.RollingMonths, 12, 14, 5_000L), (settings.Ledger.Points.Expiry.Kind, settings.Ledger.Points.Expiry.Count, settings.Ledger.Points.PendingDays, settings.Ledger.Points.DebtMax));
        Assert.NotNull(settings.Ledger.Status);
        Assert.Equal("food", ProgrammeFile.ReadCatalogue(File()).Find("BREAD", new(2026, 11, 21))!.Category);
    }

    [Fact]
    public void A_programme_names_how_it_recognises_its_members_beside_its_rules()
    {
        _programme["earning"] = JsonNode.Parse(EarningJson.Write(Books.Document(Books.Base)));
        _programme["recognition"] = JsonNode.Parse("""{ "badges": [{ "id": "first", "version": 1, "name": { "fr": "f", "nl": "n", "en": "e" }, "for": { "kind": "first", "on": ["sale"] }, "levels": [{ "at": 1 }] }] }""");
        Assert.Equal("first", Assert.Single(ProgrammeFile.Read(File()).Recognition!.Badges).Id);
    }

    [Theory]
    [InlineData("""{ "badges": [{ "id": "first" }] }""", "recognition/badges/0")]
    [InlineData("""{ "cards": [] }""", "stamps of the card 'bread'")]
    [InlineData("\"missing.json\"", "missing.json")]
    public void A_mistake_in_recognition_is_one_line_with_the_file_and_the_place(string recognition, string place)
    {
        var stamps = Books.Document(Books.Base, Books.Rule("stamps", new Stamps { Card = "bread", Count = 1 })) with { Names = [new() { Kind = NamedKind.Card, Id = "bread", Fr = "Pain", Nl = "Brood", En = "Bread" }] };
        _programme["earning"] = JsonNode.Parse(EarningJson.Write(stamps));
        _programme["recognition"] = JsonNode.Parse(recognition);
        var mistake = Assert.Throws<ProgrammeFileException>(() => ProgrammeFile.Read(File())).Message;
        Assert.Contains(place, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake);
    }

    [Fact]
    public void Recognition_without_rules_is_a_mistake()
    {
        _programme["recognition"] = new JsonObject();
        Assert.Contains("earning document", Assert.Throws<ProgrammeFileException>(() => ProgrammeFile.Read(File())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_programme_without_rules_has_none()
    {
        var settings = ProgrammeFile.Read(File());
        Assert.Null(settings.Earning);
        Assert.Equal(0, ProgrammeFile.ReadCatalogue(File()).Count);
    }

    [Theory]
    [InlineData("""{ "rules": [{ "id": "a" }] }""", "earning/rules/0")]
    [InlineData("\"missing.json\"", "missing.json")]
    [InlineData("7", "programme.json")]
    public void A_mistake_in_the_rules_is_one_line_with_the_file_and_the_place(string earning, string place)
    {
        _programme["earning"] = JsonNode.Parse(earning);
        var mistake = Assert.Throws<ProgrammeFileException>(() => ProgrammeFile.Read(File())).Message;
        Assert.Contains(place, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake);
    }

    [Theory]
    [InlineData("""{ "points": { "pendingDays": -1 } }""", "ledger.points.pendingDays")]
    [InlineData("""{ "points": { "debtShare": 51 } }""", "ledger.points.debtShare")]
    [InlineData("""{ "status": { "expiry": { "kind": "endOfMonth", "count": 2000 } } }""", "ledger.status.expiry.count")]
    [InlineData("""{ "points": { "pendingDay": 1 } }""", "pendingDay")]
    public void A_mistake_in_the_terms_names_its_field(string ledger, string place)
    {
        _programme["ledger"] = JsonNode.Parse(ledger);
        Assert.Contains(place, Assert.Throws<ProgrammeFileException>(() => ProgrammeFile.Read(File())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_goods_names_its_line()
    {
        Write("goods.csv", "sku,category\nBREAD,food\nBREAD,food\n");
        _programme["catalogue"] = "goods.csv";
        Assert.Contains("line 3", Assert.Throws<ProgrammeFileException>(() => ProgrammeFile.ReadCatalogue(File())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string File()
    {
        Write("programme.json", _programme.ToJsonString());
        return Path.Combine(_folder.Path, "programme.json");
    }

    private void Write(string name, string text) => System.IO.File.WriteAllText(Path.Combine(_folder.Path, name), text);
}
