using System.Text;
using System.Text.Json.Nodes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Rules.Earning;

public sealed class EarningDocumentTests
{
    private static readonly string CorpusPath = Path.Combine(SourceTree.Root, "tests/Rules/Earning/corpus.json");

    internal static EarningRules Corpus
    {
        get
        {
            var (rules, errors) = EarningDocument.Read(File.ReadAllBytes(CorpusPath), Books.Settings);
            Assert.Empty(errors);
            return rules!;
        }
    }

    [Fact]
    public void A_document_survives_writing_and_reading()
    {
        var written = EarningJson.Write(Corpus);
        var (again, errors) = EarningDocument.Read(Encoding.UTF8.GetBytes(written), Books.Settings);
        Assert.Empty(errors);
        Assert.Equal(written, EarningJson.Write(again!));
    }

    /// <summary>Each error alone, in the corpus: what is put where, and what comes of it.</summary>
    [Theory]
    [InlineData("/stackin", "\"highest\"", "/stackin", "unknown-field")]
    [InlineData("/stacking", "\"lottery\"", "/stacking", "wrong-type")]
    [InlineData("/rules", "null", "/rules", "null")]
    [InlineData("/rules", "{}", "/rules", "wrong-type")]
    [InlineData("/rules/0/id", "\"Base\"", "/rules/0/id", "invalid-id")]
    [InlineData("/rules/0/version", "0", "/rules/0/version", "out-of-bounds")]
    [InlineData("/rules/0/version", "1.5", "/rules/0/version", "wrong-type")]
    [InlineData("/rules/0/version", "\"1\"", "/rules/0/version", "wrong-type")]
    [InlineData("/rules/0/on", "[]", "/rules/0/on", "out-of-bounds")]
    [InlineData("/rules/0/on", "[\"sale\",\"sale\"]", "/rules/0/on", "event-twice")]
    [InlineData("/rules/0/on", "[\"lottery\"]", "/rules/0/on/0", "wrong-type")]
    [InlineData("/rules/0/then", "[]", "/rules/0/then", "out-of-bounds")]
    [InlineData("/rules/0/then/0/kind", "\"random\"", "/rules/0/then/0/kind", "unknown-kind")]
    [InlineData("/rules/0/then/0/probability", "0.5", "/rules/0/then/0/probability", "unknown-field")]
    [InlineData("/rules/0/then/0/points", "10001", "/rules/0/then/0/points", "out-of-bounds")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"pointsPerSpend\",\"points\":101,\"spend\":1}", "/rules/0/then/0/points", "overflow")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"pointsPerSpend\",\"points\":1}", "/rules/0/then/0/spend", "missing")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"points\",\"points\":1}", "/rules/0/then/0", "fixed-points-on-sale")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"multiplier\",\"factor\":1}", "/rules/0/then/0/factor", "out-of-bounds")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"multiplier\",\"factor\":1.255}", "/rules/0/then/0/factor", "too-precise")]
    [InlineData("/rules/0/then/0", "{\"kind\":\"stamps\",\"card\":\"tea\",\"count\":1}", "/rules/0/then/0/card", "unnamed")]
    [InlineData("/rules/0/then/1", "{\"kind\":\"bonus\",\"points\":1}", "/rules/0/then", "points-twice")]
    [InlineData("/rules/0/when", "{\"kind\":\"store\",\"stores\":[\"XXX\"]}", "/rules/0/when/stores/0", "unknown-store")]
    [InlineData("/rules/0/when", "{\"kind\":\"zone\",\"zones\":[\"mars\"]}", "/rules/0/when/zones/0", "unknown-zone")]
    [InlineData("/rules/0/when", "{\"kind\":\"daypart\",\"from\":\"7:00\",\"until\":\"09:00\"}", "/rules/0/when/from", "wrong-type")]
    [InlineData("/rules/0/when", "{\"kind\":\"daypart\",\"from\":\"07:00\",\"until\":\"07:00\"}", "/rules/0/when/until", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"dates\",\"from\":\"2026-02-02\",\"until\":\"2026-02-02\"}", "/rules/0/when/until", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"dates\"}", "/rules/0/when", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"spend\"}", "/rules/0/when", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"spend\",\"atLeast\":5,\"below\":5}", "/rules/0/when/below", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"first\",\"scope\":\"ever, inStore\"}", "/rules/0/when/scope", "wrong-type")]
    [InlineData("/rules/0/when", "{\"kind\":\"contains\",\"goods\":{}}", "/rules/0/when/goods", "empty")]
    [InlineData("/rules/0/when", "{\"kind\":\"not\"}", "/rules/0/when/of", "missing")]
    [InlineData("/rules/0/lines", "{\"skus\":[\"A\"],\"except\":{\"skus\":[\"B\"],\"except\":{\"skus\":[\"C\"]}}}", "/rules/0/lines/except/except", "too-deep")]
    [InlineData("/rules/0/cap", "{\"per\":\"day\"}", "/rules/0/cap", "no-limit")]
    [InlineData("/rules/0/cap", "{\"per\":\"day\",\"points\":0}", "/rules/0/cap/points", "out-of-bounds")]
    [InlineData("/rules/5/cap", "{\"per\":\"day\",\"points\":1}", "/rules/5/cap/points", "no-points")]
    [InlineData("/rules/0/campaign", "\"none\"", "/rules/0/campaign", "unknown-campaign")]
    [InlineData("/rules/0/effectiveFrom", "\"2026-01-01T00:00:59+01:00\"", "/rules/0/effectiveFrom", "too-soon")]
    [InlineData("/rules/0/effectiveFrom", "\"2026-01-01T00:01:00\"", "/rules/0/effectiveFrom", "wrong-type")]
    [InlineData("/rules/0/effectiveFrom", "null", "/rules/0/effectiveFrom", "missing")]
    [InlineData("/rules/0/validatedAt", "null", "/rules/0/validatedAt", "missing")]
    [InlineData("/rules/15/when", "{\"kind\":\"spend\",\"atLeast\":5}", "/rules/15/when", "no-spend")]
    [InlineData("/rules/15/lines", "{\"skus\":[\"A\"]}", "/rules/15/lines", "no-lines")]
    [InlineData("/rules/15/then/0", "{\"kind\":\"bonus\",\"points\":1,\"perItem\":true}", "/rules/15/then/0/perItem", "no-items")]
    [InlineData("/rules/15/then/0", "{\"kind\":\"pointsPerSpend\",\"points\":1,\"spend\":1}", "/rules/15/then/0", "no-spend")]
    [InlineData("/campaigns/0/quota", "null", "/campaigns/0", "no-limit")]
    [InlineData("/zones/1/id", "\"flanders\"", "/zones/1/id", "id-twice")]
    [InlineData("/zones/1/a~1b", "1", "/zones/1/a~1b", "unknown-field")]
    [InlineData("/names/1/id", "\"opening\"", "/names/1/id", "name-twice")]
    [InlineData("/names/0/fr", "\"\"", "/names/0/fr", "invalid-text")]
    public void An_error_names_the_field_and_the_remedy(string at, string value, string field, string code)
    {
        var document = JsonNode.Parse(File.ReadAllText(CorpusPath))!;
        Put(document, at, JsonNode.Parse(value));
        var (_, errors) = EarningDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString()), Books.Settings);
        Assert.Contains((field, code), errors.Select(error => (error.Field, error.Code)));
        Assert.All(errors, error => Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_come_at_once_and_a_doubled_field_is_one()
    {
        const string Text = """{ "rules": [ { "id": "a", "id": "b", "version": 1, "on": ["sale"], "then": [ { "kind": "bonus", "points": 0 } ], "color": 1 } ] }""";
        var (_, errors) = EarningDocument.Read(Encoding.UTF8.GetBytes(Text), Books.Settings);
        Assert.Equal([("/rules/0/id", "twice"), ("/rules/0/then/0/points", "out-of-bounds"), ("/rules/0/color", "unknown-field")], errors.Select(error => (error.Field, error.Code)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_document_is_refused(string text)
    {
        var (rules, errors) = EarningDocument.Read(Encoding.UTF8.GetBytes(text), Books.Settings);
        Assert.Null(rules);
        Assert.Single(errors);
    }

    [Fact]
    public void Conditions_nest_six_levels()
    {
        Condition condition = new StoreIs(["BRU"]);
        for (var level = 0; level < 5; level++) condition = new Not(condition);
        Assert.Empty(EarningValidation.Check(Books.Document(Books.Base with { When = condition }), Books.Settings));
        Assert.Equal("too-deep", Assert.Single(EarningValidation.Check(Books.Document(Books.Base with { When = new Not(condition) }), Books.Settings)).Code);
    }

    [Fact]
    public void What_is_in_force_together_can_be_computed_exactly()
    {
        var five = Enumerable.Range(1, 5).Select(at => Books.Times($"m{at}", 2)).ToArray();
        Assert.Equal("too-many-multipliers", Assert.Single(EarningValidation.Check(Books.Document(Stacking.Compound, five), Books.Settings)).Code);
        Assert.Empty(EarningValidation.Check(Books.Document(Stacking.Highest, five), Books.Settings));
        var odd = new long[] { 997, 991, 983 }.Select(spend => Books.Rule($"p{spend}", new PointsPerSpend { Points = 1, Spend = spend })).ToArray();
        Assert.Equal("spends-do-not-fit", Assert.Single(EarningValidation.Check(Books.Document(odd), Books.Settings)).Code);
        var many = Enumerable.Range(0, 201).Select(at => Books.Rule($"b{at}", new Bonus { Points = 1 })).ToArray();
        Assert.Equal("too-many-together", Assert.Single(EarningValidation.Check(Books.Document(many), Books.Settings)).Code);
    }

    /// <summary>With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/earning.schema.json", EarningSchema.Text);

    [Fact]
    public void The_greatest_amounts_that_are_allowed_do_not_overflow()
    {
        var rules = Enumerable.Range(0, 100).Select(at => Books.Times($"m{at}", 10)).Append(Books.Rule("base", new PointsPerSpend { Points = 10_000, Spend = 100 })).ToArray();
        var document = Books.Document(Stacking.Additive, rules);
        Assert.Empty(EarningValidation.Check(document, Books.Settings));
        var receipt = Receipts.Sale("1", 999_999_999.99m);
        Assert.Equal(99_999_999_999 * 100 * 901, new RuleBook(document, Catalogue.Empty).Earn(receipt, detail: EarningDetail.Lines).Points);
    }

    private static void Put(JsonNode document, string pointer, JsonNode? value)
    {
        var parts = pointer.Split('/')[1..];
        var parent = parts[..^1].Aggregate(document, (node, part) => node is JsonArray list ? list[int.Parse(part, null)]! : node[part]!);
        if (parent is not JsonArray array) parent[parts[^1].Replace("~1", "/", StringComparison.Ordinal)] = value;
        else if (int.Parse(parts[^1], null) is var at && at < array.Count) array[at] = value;
        else array.Add(value);
    }
}

/// <summary>Texts kept in the repository, to be read when they change.</summary>
internal static class Snapshots
{
    public static void Same(string path, string text)
    {
        var file = Path.Combine(SourceTree.Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }
}
