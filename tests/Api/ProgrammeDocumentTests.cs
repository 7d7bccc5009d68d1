using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Documents;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A marketer's work over HTTP: from a draft to awards, without a restart.</summary>
public sealed class ProgrammeDocumentTests(ProgrammeEdge edge) : IClassFixture<ProgrammeEdge>
{
    private const string Earning = "/v1/programme/parts/earning";

    [Fact]
    public async Task A_rule_is_drafted_validated_previewed_published_and_decides_from_its_instant_on()
    {
        var rule = Desk.Draft(Books.Rule($"r{edge.Number()}".ToLowerInvariant(), new Bonus { Points = 7 }));
        await SaveWith(rule);
        Assert.Equal(7, (int)(await Preview(edge.Sale(1)))["difference"]!);
        var from = edge.Clock.GetUtcNow().AddSeconds(60);
        Assert.True((bool)(await Post($"{Earning}/validate"))["valid"]!);
        await Post($"{Earning}/publish", $$"""{ "effectiveFrom": "{{from:O}}" }""");
        Assert.Equal("scheduled", await StageOf(rule));

        await edge.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(1, await Award(Now()));
        await edge.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("live", await StageOf(rule));
        Assert.Equal(8, await Award(Now()));

        // A receipt from before comes late: the version of its time decides.
        Assert.Equal(1, await Award(from.AddSeconds(-1)));
        await Post($"/v1/programme/rules/{rule.Id}/1/retire", $$"""{ "at": "{{Now().AddSeconds(60):O}}" }""");
        await edge.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await Award(Now()));
        Assert.Equal("retired", await StageOf(rule));
        Assert.Contains(edge.Journal.Stored, stored => stored.Type == "receipt.posted" && System.Text.Encoding.UTF8.GetString(stored.Payload.Span).Contains($"[\"{rule.Id}\",1,7]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_with_a_past_is_previewed_as_it_stands_and_is_left_as_it_was()
    {
        var rule = Desk.Draft(Books.Rule($"r{edge.Number()}".ToLowerInvariant(), new Bonus { Points = 7 }) with { When = new FirstTimeOf(FirstTime.Ever) });
        await SaveWith(rule);
        var card = edge.Number();
        var sale = edge.Sale(3, card);
        Assert.Equal(7, (int)(await Preview(sale))["difference"]!);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(sale)), HttpStatusCode.Created);
        var entries = edge.Journal.Stored.Length;
        var again = await Preview(edge.Sale(3, card));
        Assert.Equal((3, 3, 0), ((int)again["now"]!["points"]!, (int)again["draft"]!["points"]!, (int)again["difference"]!));
        Assert.Equal(7, (int)(await Preview(edge.Sale(3)))["difference"]!);
        Assert.Equal(entries, edge.Journal.Stored.Length);
        await Read(await edge.Marketer.DeleteAsync($"{Earning}/draft"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Rewards_of_a_file_are_published_as_a_part_and_stand_in_the_whole_document()
    {
        const string Part = "/v1/programme/parts/rewards";
        const string Wrong = """{ "rewards": [ { "id": "trees", "fr": "Un arbre", "nl": "Een boom", "en": "A tree", "gives": { "kind": "lottery" }, "points": 250 } ] }""";
        await Read(await edge.Marketer.PutAsync($"{Part}/draft", Json(Wrong)), HttpStatusCode.OK);
        var found = await Post($"{Part}/validate");
        Assert.False((bool)found["valid"]!);
        Assert.StartsWith("/rewards/0/gives", (string)found["errors"]![0]!["field"]!, StringComparison.Ordinal);

        var right = Wrong.Replace("\"lottery\"", "\"donation\", \"cause\": \"Natagora\", \"amount\": 100", StringComparison.Ordinal);
        await Read(await edge.Marketer.PutAsync($"{Part}/draft", Json(right)), HttpStatusCode.OK);
        Assert.True((bool)(await Post($"{Part}/validate"))["valid"]!);
        await Post($"{Part}/publish", $$"""{ "effectiveFrom": "{{edge.Clock.GetUtcNow().AddSeconds(60):O}}" }""");
        Assert.Null(edge.Service<ProgrammeCatalog>().RewardsOf(edge.Programme.Id));
        await edge.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal("trees", Assert.Single(edge.Service<ProgrammeCatalog>().RewardsOf(edge.Programme.Id)!.Rewards).Id);
        Assert.Equal("trees", (string)(await Read(await edge.Marketer.GetAsync("/v1/programme/document"), HttpStatusCode.OK))["rewards"]!["rewards"]![0]!["id"]!);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_draft_is_named_by_pointer_with_a_remedy()
    {
        await Put("""{ "rules": [{ "id": "Base", "version": 0, "on": ["sale"], "then": [] }], "zones": 3 }""");
        var found = await Post($"{Earning}/validate");
        Assert.False((bool)found["valid"]!);
        Assert.Equal(["/rules/0/id", "/rules/0/then", "/rules/0/version", "/zones"], found["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal));
        Assert.All(found["errors"]!.AsArray(), error => Assert.NotEqual("", (string)error!["remedy"]!));
        await ReadProblem(await edge.Marketer.PostAsync($"{Earning}/publish", Json($$"""{ "effectiveFrom": "{{Now().AddDays(1):O}}" }""")), HttpStatusCode.UnprocessableEntity, "refused-document");
        await Read(await edge.Marketer.DeleteAsync($"{Earning}/draft"), HttpStatusCode.OK);
    }

    /// <summary>What a draft is said to bring is what it brings: drawn rules and baskets, the same answer before publishing and after.</summary>
    [Fact]
    public async Task Under_a_draft_a_basket_earns_what_it_will_once_published()
    {
        for (var seed = 100; seed < 108; seed++)
        {
            var draw = new RandomRules(seed);
            var drawn = draw.Document(Stacking.Highest).Rules.Where(rule => rule.Id != "base" && rule.Campaign is null && !AsksOfMember(rule.When))
                .Select((rule, at) => Desk.Draft(rule) with { Id = FormattableString.Invariant($"t{seed}-{at}") }).ToArray();
            await SaveWith(drawn);
            var at = edge.Clock.GetUtcNow();
            var baskets = Enumerable.Range(0, 6).Select(_ => draw.Receipt(edge.Number())).ToArray();
            var drafted = new List<int>();
            foreach (var basket in baskets) drafted.Add((int)(await Preview(Text(basket, at)))["draft"]!["points"]!);
            await Post($"{Earning}/validate");
            await Post($"{Earning}/publish", $$"""{ "effectiveFrom": "{{at.AddSeconds(60):O}}" }""");
            await edge.Pass(TimeSpan.FromSeconds(60));

            // The same minute of the day a minute later: no drawn condition tells them apart.
            for (var i = 0; i < baskets.Length; i++)
            {
                var later = Text(baskets[i], Now());
                var paid = await Pay(later);
                Assert.True(drafted[i] == paid, $"seed {seed}: {drafted[i]} drafted, {paid} paid; {later}");
            }

            foreach (var rule in drawn) await Post($"/v1/programme/rules/{rule.Id}/1/retire", $$"""{ "at": "{{Now().AddSeconds(60):O}}" }""");
            await edge.Pass(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task What_is_exported_comes_in_again_and_changes_nothing_as_JSON_and_as_YAML()
    {
        await edge.Marketer.DeleteAsync($"{Earning}/draft");
        var json = await edge.Marketer.GetStringAsync("/v1/programme/document");
        Assert.True((bool)(await Post("/v1/programme/document/diff", json))["same"]!);
        Assert.False((bool)(await Post("/v1/programme/document/import", json))["changed"]!);
        Assert.Equal(json, await edge.Marketer.GetStringAsync("/v1/programme/document"));

        var yaml = await Yaml();
        Assert.DoesNotContain('{', yaml.Split('\n')[0]);
        var diff = await Read(await edge.Marketer.PostAsync("/v1/programme/document/diff", Json(yaml, "application/yaml")), HttpStatusCode.OK);
        Assert.True((bool)diff["same"]!, diff.ToJsonString());
        var renamed = yaml.Replace("name: Test", "name: \"Épicerie: nº 1\"", StringComparison.Ordinal);
        diff = await Read(await edge.Marketer.PostAsync("/v1/programme/document/diff", Json(renamed, "application/yaml")), HttpStatusCode.OK);
        Assert.Equal("/name", (string)Assert.Single(diff["changes"]!.AsArray())!["pointer"]!);
    }

    [Theory]
    [InlineData("a: &x [1]\nb: *x\n")]
    [InlineData("a: !!binary aGk=\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: [1\n")]
    [InlineData("a: 1\n---\nb: 2\n")]
    public async Task Yaml_that_is_not_plain_is_refused(string yaml) =>
        await ReadProblem(await edge.Marketer.PostAsync("/v1/programme/document/diff", Json(yaml, "application/yaml")), HttpStatusCode.BadRequest, "malformed-json");

    [Fact]
    public async Task A_node_that_cannot_read_the_rules_answers_503_and_records_nothing()
    {
        await edge.Pass(TimeSpan.Zero);
        var before = edge.Journal.Stored.Length;
        edge.Clock.Advance(TimeSpan.FromSeconds(46));
        var refused = await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5, "503")));
        await ReadProblem(refused, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(before, edge.Journal.Stored.Length);
        await edge.Pass(TimeSpan.Zero);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5, "503"))), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Goods_come_as_csv_and_count_from_their_date()
    {
        var answer = await Read(await edge.Marketer.PostAsync("/v1/programme/catalogue?from=2030-01-01", Json("sku,category\r\nNEW-1,food\r\n", "text/csv")), HttpStatusCode.OK);
        Assert.Equal(["catalogue"], answer["parts"]!.AsArray().Select(part => (string)part!));
        Assert.Contains("NEW-1,food,,,2030-01-01\r\n", await edge.Marketer.GetStringAsync("/v1/programme/catalogue"), StringComparison.Ordinal);
        await ReadProblem(await edge.Marketer.PostAsync("/v1/programme/catalogue?from=2030-01-01", Json("sku\r\n\"A\r\n", "text/csv")), HttpStatusCode.UnprocessableEntity, "refused-document");
        await ReadProblem(await edge.Marketer.PostAsync("/v1/programme/catalogue", Json("sku\r\nA\r\n", "text/csv")), HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Schemas_are_served_and_linked()
    {
        var overview = await Read(await edge.Marketer.GetAsync("/v1/programme"), HttpStatusCode.OK);
        foreach (var part in overview["parts"]!.AsArray())
        {
            if ((string?)part!["schema"] is not { } address) continue;
            var schema = await Read(await edge.Anonymous.GetAsync(address), HttpStatusCode.OK);
            Assert.StartsWith("https://json-schema.org/", (string)schema["$schema"]!, StringComparison.Ordinal);
        }

        Assert.Equal(7, overview["parts"]!.AsArray().Count(part => part!["schema"] is not null));
    }

    private DateTimeOffset Now() => edge.Clock.GetUtcNow();

    /// <summary>What rules ask of a member's past or standing nobody without any can answer.</summary>
    private static bool AsksOfMember(Condition? condition) => condition switch
    {
        AllOf all => all.Of.Any(AsksOfMember),
        AnyOf any => any.Of.Any(AsksOfMember),
        Not not => AsksOfMember(not.Of),
        TierIs or SegmentIs or ZoneIs or JoinedWithin => true,
        _ => false,
    };

    private async Task SaveWith(params EarningRule[] drafts)
    {
        var standing = JsonNode.Parse((await Read(await edge.Marketer.GetAsync(Earning), HttpStatusCode.OK))["published"]!.ToJsonString())!.AsObject();
        foreach (var draft in drafts) standing["rules"]!.AsArray().Add(System.Text.Json.JsonSerializer.SerializeToNode(draft, EarningJson.Options));
        var names = new JsonArray();
        foreach (var (kind, id) in new[] { ("family", "dairy"), ("family", "bakery"), ("family", "cellar"), ("label", "local"), ("category", "food"), ("card", "card"), ("sku", "BREAD"), ("sku", "MILK"), ("sku", "WINE"), ("sku", "SOAP"), ("sku", "NAILS") })
            names.Add(new JsonObject { ["kind"] = kind, ["id"] = id, ["fr"] = id, ["nl"] = id, ["en"] = id });
        standing["names"] = names;
        await Put(standing.ToJsonString());
    }

    private async Task Put(string document) => await Read(await edge.Marketer.PutAsync($"{Earning}/draft", Json(document)), HttpStatusCode.OK);

    private async Task<JsonObject> Post(string path, string body = "{}") => await Read(await edge.Marketer.PostAsync(path, Json(body)), HttpStatusCode.OK);

    private Task<JsonObject> Preview(string receipt) => Post("/v1/programme/preview", receipt);

    private async Task<string> StageOf(EarningRule rule) => (string)(await Read(await edge.Marketer.GetAsync($"/v1/programme/rules?rule={rule.Id}"), HttpStatusCode.OK))["rules"]![0]!["stage"]!;

    /// <summary>One euro, of somebody new each time.</summary>
    private Task<int> Award(DateTimeOffset at) => Pay(edge.Sale(1, edge.Number()).Replace("2026-11-21T09:00:00+01:00", Stamp(at), StringComparison.Ordinal));

    private async Task<int> Pay(string receipt)
    {
        return (int)(await Read(await edge.Till.PostAsync("/v1/receipts", Json(receipt)), HttpStatusCode.Created))["points"]!;
    }

    private async Task<string> Yaml()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/v1/programme/document");
        ask.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/yaml"));
        return await (await edge.Marketer.SendAsync(ask)).Content.ReadAsStringAsync();
    }

    private static string Stamp(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A drawn receipt as a till sends it, from the store whose key there is, on a card that nobody has.</summary>
    private string Text(Receipt sale, DateTimeOffset at) => new JsonObject
    {
        ["type"] = "sale",
        ["store"] = "BRU",
        ["till"] = "3",
        ["businessDate"] = at.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["number"] = sale.Key.Number,
        ["card"] = $"card-{sale.Key.Number}",
        ["occurredAt"] = Stamp(at),
        ["currency"] = "EUR",
        ["total"] = sale.Lines.Sum(line => line.Amount) / 100m,
        ["lines"] = new JsonArray([.. sale.Lines.Select(line => new JsonObject { ["sku"] = line.Sku, ["quantity"] = line.Quantity, ["amount"] = line.Amount / 100m })]),
    }.ToJsonString();
}
