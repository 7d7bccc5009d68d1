using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Impacts;

/// <summary>An edge with boards of what its members' deeds come to.</summary>
public sealed class ImpactBoardEdge : ImpactEdge
{
    internal override ProgrammeSettings Programme => base.Programme with { Boards = new() { Measures = [Measure("rescued", "meals"), Measure("carbon", "co2e")] } };

    private static BoardMeasure Measure(string code, string counter) => new() { Code = code, Of = MeasureOf.Impact, Named = counter, NameFr = code, NameNl = code, NameEn = code };
}

/// <summary>Boards of impact over HTTP: they follow what comes back and what is corrected, until they are settled.</summary>
public sealed class ImpactBoardTests(ImpactBoardEdge edge) : IClassFixture<ImpactBoardEdge>
{
    private const string Part = "/v1/programme/parts/impact";

    private HttpClient Staff => edge.With(edge.Token(Role.Marketer));

    /// <summary>One story, since versions of the factors follow one another.</summary>
    [Fact]
    public async Task A_board_of_impact_is_what_the_factors_make_of_deeds_and_is_restated_with_them()
    {
        var (anna, _) = await edge.Member("2000000000011");
        var (ben, _) = await edge.Member("2000000000022");

        // Before there are any factors nothing is worth anything; what was done then counts once they say so.
        await Buy("2000000000011", "A1", bread: 3, soap: 1);
        var factors = Document();
        await Publish(factors);
        await Buy("2000000000022", "B1", bread: 1, soap: 2);
        await edge.Counted();
        await Shows("programme/week/carbon", $"{anna} 6000, {ben} 2000");
        await Shows("store:BRU/all/rescued", $"{anna} 750, {ben} 250");
        Assert.Equal("", await Rows("store:GNT/all/rescued"));

        await Read(await edge.Till.PostAsync("/v1/receipts", Json("""
            {"type":"return","store":"BRU","till":"3","businessDate":"2026-11-21","number":"R1","card":"2000000000011","original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"A1"},"occurredAt":"2026-11-21T10:00:00+01:00","currency":"EUR","total":-1,"lines":[{"sku":"BREAD","quantity":-1,"unitPrice":1,"amount":-1}]}
            """)), HttpStatusCode.Created);
        await edge.Counted();
        await Shows("programme/week/carbon", $"{anna} 4000, {ben} 2000");
        await Shows("programme/week/rescued", $"{anna} 500, {ben} 250");
        await The_choice_says_unit_and_sources();

        // Another value restates what is counted.
        await Publish(Corrected(factors, again => again["millionths"] = 1_500_000));
        await Shows("programme/week/carbon", $"{anna} 3000, {ben} 1500");
        await Shows("programme/week/rescued", $"{anna} 500, {ben} 250");

        // Other goods are counted from the journal, those from before the correction, too.
        await Publish(Corrected(factors, again => again["goods"] = JsonNode.Parse("""{ "skus": ["SOAP"] }""")));
        await Shows("programme/week/carbon", $"{ben} 3000, {anna} 1500");
        await Buy("2000000000011", "A2", bread: 1, soap: 3);
        await edge.Counted();
        await Shows("programme/week/carbon", $"{anna} 6000, {ben} 3000");
        var now = Uri.EscapeDataString(edge.Clock.GetUtcNow().ToString("O"));
        Assert.Equal($"{anna} 6000, {ben} 3000", await Rows($"programme/week/carbon/history?at={now}"));

        // What is settled stays as the factors of then had it; what is open moves.
        await edge.Pass(TimeSpan.FromDays(6));
        Assert.Equal($"{anna} 6000, {ben} 3000", await Rows("programme/week/carbon/settled?window=2026-W47"));
        await Publish(Corrected(factors, again => again["millionths"] = 3_000_000));
        await Shows("programme/all/carbon", $"{anna} 12000, {ben} 6000");
        Assert.Equal($"{anna} 6000, {ben} 3000", await Rows("programme/week/carbon/settled?window=2026-W47"));
        var proof = await SettledCheck.Run(edge.Journal, default);
        Assert.True(proof is { IsSound: true, Boards: 1 }, string.Join('\n', proof.Findings));
    }

    private async Task The_choice_says_unit_and_sources()
    {
        var metric = (await Read(await Staff.GetAsync("/v1/boards"), HttpStatusCode.OK))["metrics"]!.AsArray().Single(one => (string)one!["id"]! == "carbon")!;
        Assert.Equal((1_000, "kg"), ((int)metric["scale"]!, (string)metric["unit"]!["nl"]!));
        Assert.Equal("Source: Ministry, Table (2026)", (string)Assert.Single(metric["sources"]!.AsArray())!["words"]!["en"]!);
    }

    /// <summary>Boards look every few seconds of their clock by which factors they are told.</summary>
    private Task Shows(string board, string rows) => Eventually.Holds(async () =>
    {
        await edge.Pass(TimeSpan.FromSeconds(5));
        return await Rows(board) == rows;
    });

    private async Task<string> Rows(string board) => string.Join(", ",
        (await Read(await Staff.GetAsync($"/v1/boards/{board}"), HttpStatusCode.OK))["rows"]!.AsArray().Select(row => $"{(string)row!["id"]!} {(int)row["score"]!}"));

    private async Task Publish(JsonObject document)
    {
        await Read(await Staff.PutAsync($"{Part}/draft", Json(document.ToJsonString())), HttpStatusCode.OK);
        Assert.True((bool)(await Read(await Staff.PostAsync($"{Part}/validate", Json("{}")), HttpStatusCode.OK))["valid"]!);
        await Read(await Staff.PostAsync($"{Part}/publish", Json($$"""{ "effectiveFrom": "{{edge.Clock.GetUtcNow().AddSeconds(60):O}}" }""")), HttpStatusCode.OK);
        await edge.Pass(TimeSpan.FromSeconds(60));
        await edge.Counted();
    }

    private async Task Buy(string card, string number, int bread, int soap) => await Read(await edge.Till.PostAsync("/v1/receipts", Json($$"""
        {"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}","card":"{{card}}","occurredAt":"2026-11-21T09:30:00+01:00","currency":"EUR","total":{{bread + soap}},"lines":[{"sku":"BREAD","quantity":{{bread}},"unitPrice":1,"amount":{{bread}}},{"sku":"SOAP","quantity":{{soap}},"unitPrice":1,"amount":{{soap}}}]}
        """)), HttpStatusCode.Created);

    /// <summary>With another version of the factor of carbon.</summary>
    private static JsonObject Corrected(JsonObject factors, Action<JsonNode> change)
    {
        var list = factors["factors"]!.AsArray();
        var again = list.Last(one => (string)one!["id"]! == "carbon")!.DeepClone();
        again["version"] = (int)again["version"]! + 1;
        again["correction"] = JsonNode.Parse("""{ "fr": "Nouvelle étude", "nl": "Nieuwe studie", "en": "New study" }""");
        change(again);
        list.Add(again);
        return factors;
    }

    private static JsonObject Document() => JsonNode.Parse("""
        {
          "counters": [
            { "id": "meals", "name": { "fr": "Repas", "nl": "Maaltijden", "en": "Meals" }, "unit": { "fr": "repas", "nl": "maaltijden", "en": "meals" } },
            { "id": "co2e", "name": { "fr": "CO2e", "nl": "CO2e", "en": "CO2e" }, "unit": { "fr": "kg", "nl": "kg", "en": "kg" } }
          ],
          "factors": [
            { "id": "meal", "version": 1, "counter": "meals", "on": ["sale"], "per": "rules", "millionths": 1000000, "from": "2026-01-01", "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2026-01-01" } },
            { "id": "carbon", "version": 1, "counter": "co2e", "on": ["sale"], "goods": { "labels": ["local"] }, "per": "items", "millionths": 2000000, "from": "2026-01-01", "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2026-01-01" } }
          ]
        }
        """)!.AsObject();
}
