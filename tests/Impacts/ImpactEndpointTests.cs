using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Impacts;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Impacts;

/// <summary>From a marketer's draft of factors to a member's own impact, over HTTP.</summary>
public sealed class ImpactEndpointTests(ImpactEdge edge) : IClassFixture<ImpactEdge>
{
    private const string Part = "/v1/programme/parts/impact";

    /// <summary>One story, since versions of the factors follow one another.</summary>
    [Fact]
    public async Task Factors_are_published_counted_shown_with_their_sources_and_corrected()
    {
        Assert.Equal(0, (int)(await Get(edge.Till, "/v1/impact"))["edition"]!);
        var (_, anna) = await edge.Member("2000000007777");
        await Publish(Document());
        await Buy("2000000007777", "S1", 3);
        await edge.Counted();
        Assert.Equal([("meals", 0.75m), ("co2e", 6m)], Values(await Get(anna, "/v1/impact/me")));
        Assert.Equal([("meals", 0.75m), ("co2e", 6m)], Values(await Get(edge.Till, "/v1/impact")));
        Assert.Equal([("meals", 0.75m), ("co2e", 6m)], Values(await Get(edge.Till, "/v1/impact/stores/BRU")));
        Assert.Equal([("meals", 0m), ("co2e", 0m)], Values(await Get(edge.Till, "/v1/impact/stores/GNT")));
        var source = (await Get(anna, "/v1/impact/me"))["counters"]![1]!["sources"]![0]!;
        Assert.Equal("Source : Ministry, Table (2026) — chiffre d’exemple", (string)source["words"]!["fr"]!);
        Assert.Equal(("https://example.org/factors", true), ((string)source["url"]!, (bool)source["example"]!));

        // What comes back takes exactly what it brought, of the factor and of the rule.
        await Read(await edge.Till.PostAsync("/v1/receipts", Json($$"""
            {"type":"return","store":"BRU","till":"3","businessDate":"2026-11-21","number":"R1","card":"2000000007777","original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"S1"},"occurredAt":"2026-11-21T10:00:00+01:00","currency":"EUR","total":-1,"lines":[{"sku":"BREAD","quantity":-1,"unitPrice":1,"amount":-1}]}
            """)), HttpStatusCode.Created);
        await edge.Counted();
        Assert.Equal([("meals", 0.5m), ("co2e", 4m)], Values(await Get(anna, "/v1/impact/me")));

        // A correction restates, and says so with its reason.
        var corrected = Document();
        var again = corrected["factors"]![1]!.DeepClone();
        (again["version"], again["millionths"]) = (2, 1_500_000);
        corrected["factors"]!.AsArray().Add(again);
        Assert.Equal("/factors/2/correction", await Fault(corrected));
        again["correction"] = JsonNode.Parse("""{ "fr": "Nouvelle étude", "nl": "Nieuwe studie", "en": "New study" }""");
        await Publish(corrected);
        await edge.Counted();
        var view = await Get(anna, "/v1/impact");
        Assert.Equal([("meals", 0.5m), ("co2e", 3m)], Values(view));
        var restatement = view["restatements"]![0]!;
        Assert.Equal("""[{"counter":"co2e","before":4,"after":3}]""", restatement["counters"]!.ToJsonString());
        Assert.Equal("Nouvelle étude", (string)restatement["corrections"]![0]!["why"]!["fr"]!);
        Assert.Equal(restatement.ToJsonString(), (await Get(edge.Till, "/v1/impact/restatements"))["restatements"]![0]!.ToJsonString());

        // What was published is never changed, and never goes.
        corrected["factors"]![0]!["millionths"] = 5;
        Assert.Equal("/factors/0", await Fault(corrected));
        corrected["factors"]!.AsArray().RemoveAt(0);
        Assert.Equal("/factors", await Fault(corrected));
        var sentences = (await Get(edge.Marketer, Part))["sentences"]!.AsArray().Select(one => (string)one!["text"]!["en"]!).ToArray();
        await CheckProof();
        Assert.Contains(sentences, sentence => sentence.Contains("1.5 kg per item", StringComparison.Ordinal) && sentence.Contains("Source: Ministry, Table (2026)", StringComparison.Ordinal));
    }

    /// <summary>Counted again from the journal it is the same; and a figure that somebody moved is found.</summary>
    private async Task CheckProof()
    {
        var storage = edge.Service<IImpactStorage>();
        Assert.Equal((1, 1L, 0), await Proof() is var sound ? (sound.Programmes, sound.Deeds, sound.Findings.Length) : default);
        var set = Assert.Single(await storage.Sets(edge.Programme.Id, default));
        var positions = (await storage.Positions(set, default)).Select(position => new Gamification.Rules.Challenges.Position(position.Key, position.Value)).ToArray();
        await storage.Keep(set, [], [new("carbon", "BRU", 7, 1)], [], positions, positions);
        Assert.Contains("sums", Assert.Single((await Proof()).Findings), StringComparison.Ordinal);

        Task<ImpactCheck> Proof() => ImpactCheck.Run(
            edge.Journal, storage, [edge.Programme], new Dictionary<string, Gamification.Rules.Earning.Catalogue> { [edge.Programme.Id] = Gamification.Tests.Rules.Earning.Books.Goods }, default);
    }

    [Fact]
    public async Task Who_asks_wrongly_is_told_so()
    {
        await ReadProblem(await edge.Till.GetAsync("/v1/impact/me"), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await edge.Till.GetAsync("/v1/impact/stores/NOWHERE"), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await edge.Till.GetAsync("/v1/impact/restatements?limit=0"), HttpStatusCode.BadRequest, "invalid-request");
        await ReadProblem(await edge.Anonymous.GetAsync("/v1/impact"), HttpStatusCode.Unauthorized, "unauthorised");
    }

    private static JsonObject Document() => JsonNode.Parse("""
        {
          "counters": [
            { "id": "meals", "name": { "fr": "Repas", "nl": "Maaltijden", "en": "Meals" }, "unit": { "fr": "repas", "nl": "maaltijden", "en": "meals" } },
            { "id": "co2e", "name": { "fr": "CO2e", "nl": "CO2e", "en": "CO2e" }, "unit": { "fr": "kg", "nl": "kg", "en": "kg" } }
          ],
          "factors": [
            { "id": "meal", "version": 1, "counter": "meals", "on": ["sale"], "per": "rules", "millionths": 1000000, "from": "2026-01-01", "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2026-01-01", "example": true } },
            { "id": "carbon", "version": 1, "counter": "co2e", "on": ["sale"], "goods": { "labels": ["local"] }, "per": "items", "millionths": 2000000, "from": "2026-01-01", "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2026-01-01", "example": true } }
          ]
        }
        """)!.AsObject();

    private async Task Publish(JsonObject document)
    {
        await Read(await edge.Marketer.PutAsync($"{Part}/draft", Json(document.ToJsonString())), HttpStatusCode.OK);
        Assert.True((bool)(await Read(await edge.Marketer.PostAsync($"{Part}/validate", Json("{}")), HttpStatusCode.OK))["valid"]!);
        await Read(await edge.Marketer.PostAsync($"{Part}/publish", Json($$"""{ "effectiveFrom": "{{edge.Clock.GetUtcNow().AddSeconds(60):O}}" }""")), HttpStatusCode.OK);
        await edge.Pass(TimeSpan.FromSeconds(60));
        await edge.Counted();
    }

    private async Task<string> Fault(JsonObject document)
    {
        await Read(await edge.Marketer.PutAsync($"{Part}/draft", Json(document.ToJsonString())), HttpStatusCode.OK);
        var answer = await Read(await edge.Marketer.PostAsync($"{Part}/validate", Json("{}")), HttpStatusCode.OK);
        return (string)answer["errors"]![0]!["field"]!;
    }

    private async Task Buy(string card, string number, int quantity) => await Read(await edge.Till.PostAsync("/v1/receipts", Json($$"""
        {"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}","card":"{{card}}","occurredAt":"2026-11-21T09:30:00+01:00","currency":"EUR","total":{{quantity + 2}},"lines":[{"sku":"BREAD","quantity":{{quantity}},"unitPrice":1,"amount":{{quantity}}},{"sku":"SOAP","quantity":1,"unitPrice":2,"amount":2}]}
        """)), HttpStatusCode.Created);

    private async Task<JsonObject> Get(HttpClient client, string path) => await Read(await client.GetAsync(path), HttpStatusCode.OK);

    private static IEnumerable<(string, decimal)> Values(JsonObject view) => view["counters"]!.AsArray().Select(one => ((string)one!["counter"]!, (decimal)one["value"]!));
}
