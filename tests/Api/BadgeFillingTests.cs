using System.Net;
using System.Text.Json.Nodes;
using Gamification.Programmes;
using Gamification.Rules.Recognition;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A programme that recognises its members, and is kept up to date.</summary>
public sealed class FillingEdge : ProgrammeEdge
{
    internal const string Before = """
        { "badges": [ { "id": "old", "version": 1, "name": { "fr": "Ancien", "nl": "Oud", "en": "Old" }, "for": { "kind": "count", "on": ["sale"] }, "levels": [ { "at": 2 } ] },
                      { "id": "thanks", "version": 1, "name": { "fr": "Merci", "nl": "Dank u", "en": "Thanks" }, "for": { "kind": "manual" }, "levels": [ { "at": 1 } ] } ] }
        """;

    internal override ProgrammeSettings Programme => Rules.Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base),
        Recognition = RecognitionDocument.Read(System.Text.Encoding.UTF8.GetBytes(Before)).Rules!,
    };
}

/// <summary>A new badge is filled in for the past over HTTP, page by page (spec D1).</summary>
public sealed class BadgeFillingTests(FillingEdge edge) : IClassFixture<FillingEdge>
{
    private const string Recognition = "/v1/programme/parts/recognition";

    [Fact]
    public async Task A_new_badge_is_previewed_filled_in_page_by_page_once_and_a_return_takes_it_back()
    {
        var sales = new List<(HttpClient Client, string Last)>();
        foreach (var card in (string[])["f-1", "f-2", "f-3"])
        {
            var (_, client) = await edge.Member(card, euros: 10);
            var last = edge.Sale(40, card);
            if (card != "f-3") await Read(await edge.Till.PostAsync("/v1/receipts", Json(last)), HttpStatusCode.Created);
            sales.Add((client, last));
        }

        await ReadProblem(await edge.Marketer.PostAsync("/v1/badges/buyer/fill-in", Json("{}")), HttpStatusCode.NotFound, "unknown-standing");
        await Publish();
        Assert.Equal((0, 0), await Badge(sales[0].Client));

        var preview = await All(isPreview: true);
        Assert.Equal((0, 2, 20L), (preview.Changed, preview.Awards, preview.Points));
        Assert.Equal((0, 0), await Badge(sales[0].Client));
        var done = await All(isPreview: false);
        Assert.Equal((3, 2, 20L), (done.Changed, done.Awards, done.Points));
        Assert.Equal((1, 2), await Badge(sales[0].Client));
        Assert.Equal((0, 1), await Badge(sales[2].Client));
        Assert.Equal(60, await Balance(sales[1].Client));
        var again = await All(isPreview: false);
        Assert.Equal((0, 0, 0L), (again.Changed, again.Awards, again.Points));

        // From here on it is as any other badge: the next sale counts, a return of one from before it takes back.
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(Now(edge.Sale(5, "f-3")))), HttpStatusCode.Created);
        Assert.Equal((1, 2), await Badge(sales[2].Client));
        var number = (string)JsonNode.Parse(sales[0].Last)!["number"]!;
        var back = edge.Sale(-40, "f-1", null, $$"""
            "original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}"},
            """).Replace("\"sale\"", "\"return\"", StringComparison.Ordinal);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(Now(back))), HttpStatusCode.Created);
        Assert.Equal((0, 1), await Badge(sales[0].Client));
        Assert.Equal(10, await Balance(sales[0].Client));

        var why = await Read(await sales[0].Client.GetAsync("/v1/members/me/why/badges/buyer"), HttpStatusCode.OK);
        Assert.Equal((1, 1, 0), (why["counted"]!.AsArray().Count, (int)why["takenBack"]!, (int)why["uncounted"]!));
    }

    [Theory]
    [InlineData("thanks", "{}", HttpStatusCode.UnprocessableEntity, "refused-command", "/badge")]
    [InlineData("none", "{}", HttpStatusCode.NotFound, "unknown-standing", "/badge")]
    [InlineData("old", """{ "after": "x" }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/after")]
    [InlineData("old", """{ "after": "-1:5" }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/after")]
    [InlineData("old", """{ "after": "0:99999999999999999999" }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/after")]
    [InlineData("old", """{ "preview": "yes" }""", HttpStatusCode.UnprocessableEntity, "invalid-document", "/preview")]
    [InlineData("old", """{ "limit": 5 }""", HttpStatusCode.UnprocessableEntity, "invalid-document", "/limit")]
    public async Task What_cannot_be_filled_in_is_refused_with_its_field(string badge, string body, HttpStatusCode status, string code, string field)
    {
        var problem = await ReadProblem(await edge.Marketer.PostAsync($"/v1/badges/{badge}/fill-in", Json(body)), status, code);
        Assert.Equal(field, (string)problem["errors"]![0]!["field"]!);
    }

    /// <summary>What occurred before the badge came is decided by the document of its time.</summary>
    private string Now(string receipt) => receipt.Replace("2026-11-21T09:00:00+01:00", edge.Clock.GetUtcNow().ToString("O"), StringComparison.Ordinal);

    private async Task Publish()
    {
        var rules = JsonNode.Parse(FillingEdge.Before)!;
        rules["badges"]!.AsArray().Add(JsonNode.Parse("""
            { "id": "buyer", "version": 1, "name": { "fr": "Acheteur", "nl": "Koper", "en": "Buyer" }, "for": { "kind": "count", "on": ["sale"] }, "levels": [ { "at": 2, "gift": { "points": 10 } } ] }
            """));
        await Read(await edge.Marketer.PutAsync($"{Recognition}/draft", Json(rules.ToJsonString())), HttpStatusCode.OK);
        Assert.True((bool)(await Read(await edge.Marketer.PostAsync($"{Recognition}/validate", null), HttpStatusCode.OK))["valid"]!);
        await Read(await edge.Marketer.PostAsync($"{Recognition}/publish", Json($$"""{ "effectiveFrom": "{{edge.Clock.GetUtcNow().AddSeconds(60):O}}" }""")), HttpStatusCode.OK);
        await edge.Pass(TimeSpan.FromSeconds(61));
    }

    private async Task<(int Changed, int Awards, long Points)> All(bool isPreview)
    {
        var (changed, awards, points, next) = (0, 0, 0L, (string?)null);
        do
        {
            var page = await Read(await edge.Marketer.PostAsync("/v1/badges/buyer/fill-in", Json(next is null ? $$"""{ "preview": {{(isPreview ? "true" : "false")}} }""" : $$"""{ "preview": {{(isPreview ? "true" : "false")}}, "after": "{{next}}" }""")), HttpStatusCode.OK);
            Assert.Equal(isPreview, (bool)page["preview"]!);
            (changed, awards, points, next) = (changed + (int)page["changed"]!, awards + (int)page["awards"]!, points + (long)page["points"]!, (string?)page["next"]);
        }
        while (next is not null);
        return (changed, awards, points);
    }

    private static async Task<(int Level, int Done)> Badge(HttpClient client)
    {
        var badge = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["badges"]!.AsArray().Single(one => (string)one!["id"]! == "buyer")!;
        return ((int)badge["level"]!, (int)badge["done"]!);
    }

    private static async Task<long> Balance(HttpClient client) => (long)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!;
}
