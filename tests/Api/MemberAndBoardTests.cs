using System.Net;
using System.Text.Json.Nodes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

public sealed class MemberAndBoardTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    [Fact]
    public async Task Entries_are_paged_by_a_cursor_that_new_entries_do_not_shift()
    {
        var (_, client) = await edge.Member("m-1", 1);
        for (var i = 2; i <= 5; i++) await edge.Member("m-1", i);
        var first = await Read(await client.GetAsync("/v1/members/me/entries?limit=2"), HttpStatusCode.OK);
        Assert.Equal([5, 4], Versions(first));
        await edge.Member("m-1", 6);
        var second = await Read(await client.GetAsync($"/v1/members/me/entries?limit=2&cursor={first["next"]}"), HttpStatusCode.OK);
        Assert.Equal([3, 2], Versions(second));
        var last = await Read(await client.GetAsync($"/v1/members/me/entries?limit=2&cursor={second["next"]}"), HttpStatusCode.OK);
        Assert.Equal([1], Versions(last));
        Assert.Null(last["next"]);

        static IEnumerable<int> Versions(JsonObject page) => page["entries"]!.AsArray().Select(entry => (int)entry!["version"]!);
    }

    [Theory]
    [InlineData("?limit=0", "?limit")]
    [InlineData("?limit=201", "?limit")]
    [InlineData("?limit=x", "?limit")]
    [InlineData("?cursor=5", "?cursor")]
    [InlineData("?cursor=%00%ff", "?cursor")]
    [InlineData("?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "?cursor")]
    public async Task A_parameter_out_of_bounds_is_named(string query, string field)
    {
        var (_, client) = await edge.Member("m-2");
        var problem = await ReadProblem(await client.GetAsync("/v1/members/me/entries" + query), HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(field, (string)problem["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task An_account_shows_totals_and_the_newest_entries()
    {
        var (publicId, client) = await edge.Member("m-3", 12);
        var account = await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK);
        Assert.Equal((publicId, 12, 1, true), ((string)account["member"]!, (int)account["balance"]!, (int)account["receipts"]!, (bool)account["enrolled"]!));
        Assert.Equal(12m, (decimal)account["last"]![0]!["total"]!);
        Assert.Matches("^[A-Z][a-z]+ [0-9]{3,4}$", (string)account["name"]!);
    }

    [Fact]
    public async Task A_board_shows_ranks_ties_and_pseudonyms_and_finds_a_member_in_it()
    {
        // All of the store GNT's board is this test's own.
        var key = (string)(await Read(await edge.Admin.PostAsync("/v1/keys", Json("""{ "store": "GNT", "name": "Ghent" }""")), HttpStatusCode.Created))["key"]!;
        var till = edge.With(key);
        var ids = new List<string>();
        foreach (var (card, euros) in new[] { ("g-1", 50), ("g-2", 30), ("g-3", 30), ("g-4", 10) })
        {
            var answer = await Read(await till.PostAsync("/v1/receipts", Json(edge.Sale(euros, card).Replace("BRU", "GNT", StringComparison.Ordinal))), HttpStatusCode.Created);
            ids.Add((string)answer["member"]!);
        }

        const string Board = "/v1/boards/store:GNT/week/points";
        var board = await Read(await till.GetAsync(Board), HttpStatusCode.OK);
        Assert.Equal(("snapshot", "board/store:GNT/week/points", 4), ((string)board["kind"]!, (string)board["topic"]!, (int)board["size"]!));
        Assert.Equal("""{"period":"week","id":"2026-W47","start":"2026-11-16","end":"2026-11-23"}""", board["window"]!.ToJsonString());
        Assert.Equal([1, 2, 2, 4], Of(board, "rank"));
        Assert.Equal([1, 2, 3, 4], Of(board, "place"));
        Assert.Equal([50, 30, 30, 10], Of(board, "score"));
        Assert.Equal([null, "score", "draw", "score"], Reasons(board));
        Assert.Equal(ids.Order(StringComparer.Ordinal), board["rows"]!.AsArray().Select(row => (string)row!["id"]!).Order(StringComparer.Ordinal));

        var page = await Read(await till.GetAsync(Board + "?offset=1&limit=2"), HttpStatusCode.OK);
        Assert.Equal([2, 3], Of(page, "place"));
        Assert.Equal(["score", "draw"], Reasons(page));
        Assert.Equal([1, 2], Of(await Read(await till.GetAsync($"{Board}/around/{ids[0]}?each=1"), HttpStatusCode.OK), "place"));
        var standing = await Read(await till.GetAsync($"{Board}/percentile/{ids[0]}"), HttpStatusCode.OK);
        Assert.Equal((true, 1, 75d), ((bool)standing["ranked"]!, (int)standing["rank"]!, (double)standing["percentile"]!));
        var ranks = await Read(await till.PostAsync(Board + "/ranks", Json($$"""{ "members": ["{{ids[3]}}", "NOBODY", "{{ids[0]}}"] }""")), HttpStatusCode.OK);
        Assert.Equal([4, 1], Of(ranks, "rank"));
        Assert.Equal(["score", null], Reasons(ranks));

        var past = await Read(await till.GetAsync(Board + "?window=2011-W19"), HttpStatusCode.OK);
        Assert.Equal(("board/store:GNT/week/points/2011-W19", 0), ((string)past["topic"]!, (int)past["size"]!));

        static IEnumerable<int> Of(JsonObject board, string field) => board["rows"]!.AsArray().Select(row => (int)row![field]!);

        static IEnumerable<string?> Reasons(JsonObject board) => board["rows"]!.AsArray().Select(row => (string?)row!["orderReason"]);
    }

    [Theory]
    [InlineData("/v1/boards/store:XXX/week/points")]
    [InlineData("/v1/boards/nowhere/week/points")]
    [InlineData("/v1/boards/programme/year/points")]
    [InlineData("/v1/boards/programme/week/spend")]
    [InlineData("/v1/boards/programme/week/points?window=2011-W53")]
    [InlineData("/v1/boards/programme/day/points?window=2011-02-30")]
    [InlineData("/v1/boards/programme/week/points/around/me?window=x")]
    public async Task A_board_that_cannot_be_is_unknown(string path)
    {
        var (_, client) = await edge.Member("m-4");
        await ReadProblem(await client.GetAsync(path), HttpStatusCode.NotFound, "unknown-board");
    }

    [Fact]
    public async Task Totals_count_what_stands()
    {
        var before = await Read(await edge.Admin.GetAsync("/v1/totals?store=BRU"), HttpStatusCode.OK);
        await edge.Member("m-5", 40);
        await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(2)));
        var after = await Read(await edge.Admin.GetAsync("/v1/totals?store=BRU"), HttpStatusCode.OK);
        Assert.Equal((2, 1, 1, 40, 42m), (Grown("receipts"), Grown("anonymousReceipts"), Grown("members"), Grown("points"), Grown("spend")));

        decimal Grown(string field) => (decimal)after[field]! - (decimal)before[field]!;
    }

    [Theory]
    [InlineData("/v1/members", """{ "card": "x", "colour": "red" }""", "/colour", "unknown-field")]
    [InlineData("/v1/members", "{ }", "/card", "missing")]
    [InlineData("/v1/members", """{ "card": 1 }""", "/card", "invalid-text")]
    [InlineData("/v1/keys", """{ "store": "XXX", "name": "n" }""", "/store", "unknown-value")]
    [InlineData("/v1/keys", """{ "store": "BRU", "name": "a\u0007" }""", "/name", "invalid-text")]
    [InlineData("/v1/keys", """{ "store": "BRU", "name": "\ud800" }""", "/name", "invalid-text")]
    [InlineData("/v1/tokens", """{ "role": "till" }""", "/role", "unknown-value")]
    [InlineData("/v1/tokens", """{ "role": "admin", "minutes": 721 }""", "/minutes", "out-of-bounds")]
    [InlineData("/v1/tokens", """{ }""", "/role", "one-of-two")]
    [InlineData("/v1/screens/pairings/claims", """{ "code": "x", "name": "n", "language": "de" }""", "/language", "unknown-value")]
    public async Task Administrative_documents_are_strict(string path, string body, string field, string code)
    {
        var problem = await ReadProblem(await edge.Admin.PostAsync(path, Json(body)), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Contains(problem["errors"]!.AsArray(), error => (string)error!["field"]! == field && (string)error["code"]! == code);
    }

    [Fact]
    public async Task A_document_with_a_field_twice_is_malformed() =>
        await ReadProblem(await edge.Admin.PostAsync("/v1/members", Json("""{ "card": "a", "card": "b" }""")), HttpStatusCode.BadRequest, "malformed-json");

    [Fact]
    public async Task Every_problem_has_a_page_and_an_unknown_address_a_problem()
    {
        foreach (var kind in Gamification.Api.ProblemKind.All.Values)
        {
            Assert.Contains(kind.Advice, await edge.Anonymous.GetStringAsync(kind.Type), StringComparison.Ordinal);
        }

        await ReadProblem(await edge.Anonymous.GetAsync("/problems/none"), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await edge.Anonymous.GetAsync("/v1/nowhere"), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await edge.Anonymous.GetAsync("/v1/receipts"), HttpStatusCode.NotFound, "not-found");
    }
}
