using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A programme with a region, seasons, spend boards and dense ranks.</summary>
public sealed class ManyBoardsEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => base.Programme with
    {
        Earning = Books.Document(Books.Base) with { Zones = [new Zone { Id = "flanders", Stores = ["GNT"] }] },
        Boards = new()
        {
            Spend = true,
            Ties = TiePolicy.Dense,
            Seasons = [new() { Id = "year", From = new(2026, 1, 1), To = new(2027, 1, 1), NameFr = "Année", NameNl = "Jaar", NameEn = "Year" }],
        },
    };
}

public sealed class BoardChoiceTests(ManyBoardsEdge edge) : IClassFixture<ManyBoardsEdge>
{
    private const string Week = "/v1/boards/programme/week/points";

    [Fact]
    public async Task Ranks_among_equals_are_counted_as_asked_and_by_default_as_the_programme_does()
    {
        foreach (var (card, euros) in new[] { ("t-1", 500), ("t-2", 300), ("t-3", 300), ("t-4", 100) }) await Sell(card, euros, "BRU", "2026-10-05");
        const string Day = "/v1/boards/store:BRU/day/points?window=2026-10-05";

        Assert.Equal(("dense", "1 2 2 3"), await Ranks(Day));
        Assert.Equal(("standard", "1 2 2 4"), await Ranks(Day + "&ties=standard"));
        Assert.Equal(("ordinal", "1 2 3 4"), await Ranks(Day + "&ties=ordinal"));
        Assert.Equal(("dense", "2 3"), await Ranks(Day + "&offset=2"));
        var problem = await ReadProblem(await edge.Till.GetAsync(Day + "&ties=fair"), HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("?ties", (string)problem["errors"]![0]!["field"]!);

        async Task<(string, string)> Ranks(string path)
        {
            var board = await Read(await edge.Till.GetAsync(path), HttpStatusCode.OK);
            return ((string)board["ties"]!, string.Join(' ', board["rows"]!.AsArray().Select(row => (int)row!["rank"]!)));
        }
    }

    [Fact]
    public async Task A_region_counts_its_stores_and_spend_is_there_where_the_programme_opted_in()
    {
        await Sell("r-1", 70, "GNT", "2026-10-06");
        await Sell("r-1", 5, "BRU", "2026-10-06");

        var (region, programme) = (await Scores("region:flanders", "day/spend", "2026-10-06"), await Scores("programme", "day/spend", "2026-10-06"));
        Assert.Equal((7_000, 7_500), (Assert.Single(region), Assert.Single(programme)));
        foreach (var unknown in new[] { "region:wallonia/day/points", "tier:gold/day/points", "programme/day/visits" })
            await ReadProblem(await edge.Till.GetAsync($"/v1/boards/{unknown}"), HttpStatusCode.NotFound, "unknown-board");
        await ReadProblem(await edge.Till.GetAsync("/v1/boards/segment:vip/day/points"), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_may_be_chosen_is_listed()
    {
        var choices = await Read(await edge.Till.GetAsync("/v1/boards"), HttpStatusCode.OK);
        Assert.Equal("programme store:BRU store:GNT region:flanders", Ids("scopes"));
        Assert.Equal("points receipts spend", Ids("metrics"));
        Assert.Equal("year", Ids("seasons"));
        Assert.Contains("season", choices["periods"]!.AsArray().Select(period => (string)period!));
        Assert.Equal(("dense", "Europe/Brussels"), ((string)choices["ties"]!, (string)choices["timeZone"]!));

        string Ids(string list) => string.Join(' ', choices[list]!.AsArray().Select(one => (string)one!["id"]!));
    }

    [Fact]
    public async Task A_season_counts_what_members_no_longer_remember_and_follows_what_changes_of_it()
    {
        // July lies before what an account remembers in November: the live board keeps it from the roll-up.
        const string Path = "store:GNT/season/points";
        await Sell("s-1", 11, "GNT", "2026-07-01", "july");
        Assert.Contains(11, await Scores("store:GNT", "season/points", "year"));
        await Sell("s-1", 3, "GNT", "2026-11-20");
        await Eventually.Holds(async () => (await Scores("store:GNT", "season/points", "year")).Contains(14));

        const string July = "\"original\":{\"store\":\"GNT\",\"till\":\"3\",\"businessDate\":\"2026-07-01\",\"number\":\"july\"},\"currency\"";
        var back = edge.Sale(-11, "s-1").Replace("BRU", "GNT", StringComparison.Ordinal).Replace("\"sale\"", "\"return\"", StringComparison.Ordinal)
            .Replace("\"quantity\":1", "\"quantity\":-1", StringComparison.Ordinal).Replace("\"unitPrice\":-11", "\"unitPrice\":11", StringComparison.Ordinal)
            .Replace("\"currency\"", July, StringComparison.Ordinal);
        await Read(await (await Till("GNT")).PostAsync("/v1/receipts", Json(back)), HttpStatusCode.Created);
        edge.Clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.Holds(async () => (await Scores("store:GNT", "season/points", "year")).Contains(3));
        Assert.Equal("year", (string)(await Read(await edge.Till.GetAsync($"/v1/boards/{Path}"), HttpStatusCode.OK))["window"]!["id"]!);
    }

    [Fact]
    public async Task History_shows_a_board_as_it_stood_without_those_who_do_not_wish_to_be_seen_now()
    {
        var staff = edge.With(edge.Token(Role.Marketer));
        await Sell("h-1", 10, "GNT", "2026-10-08");
        await Sell("h-2", 20, "GNT", "2026-10-08");
        edge.Clock.Advance(TimeSpan.FromMinutes(1));
        var then = edge.Clock.GetUtcNow();
        edge.Clock.Advance(TimeSpan.FromMinutes(1));
        await Sell("h-1", 30, "GNT", "2026-10-08");

        var past = await At(then);
        Assert.Equal("20 10", string.Join(' ', past["rows"]!.AsArray().Select(row => (int)row!["score"]!)));
        var now = await At(edge.Clock.GetUtcNow());
        Assert.Equal("40 20", string.Join(' ', now["rows"]!.AsArray().Select(row => (int)row!["score"]!)));
        Assert.Equal(now["rows"]![0]!.ToJsonString(), (await Read(await edge.Till.GetAsync("/v1/boards/store:GNT/day/points?window=2026-10-08"), HttpStatusCode.OK))["rows"]![0]!.ToJsonString());

        var first = await edge.Vault.FindPublicId("test", (string)now["rows"]![0]!["id"]!, default);
        await Read(await edge.With(edge.Token(Role.Member, first!.Member)).PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        Assert.Equal("20", string.Join(' ', (await At(then.AddSeconds(-1)))["rows"]!.AsArray().Select(row => (int)row!["score"]!)));
        var problem = await ReadProblem(await staff.GetAsync("/v1/boards/programme/week/points/history?at=yesterday"), HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("?at", (string)problem["errors"]![0]!["field"]!);

        async Task<JsonObject> At(DateTimeOffset at) => await Read(
            await staff.GetAsync($"/v1/boards/store:GNT/day/points/history?window=2026-10-08&at={Uri.EscapeDataString(at.ToString("O"))}"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_member_in_private_mode_is_on_no_board_and_sees_where_it_would_stand()
    {
        var (first, _) = await edge.Member("p-1", 400);
        var (hidden, client) = await edge.Member("p-2", 300);
        var (third, other) = await edge.Member("p-3", 200);
        Assert.Equal("shown", (string)(await Read(await client.GetAsync("/v1/members/me/privacy"), HttpStatusCode.OK))["mode"]!);
        await Read(await client.GetAsync(Week), HttpStatusCode.OK);

        var set = await Read(await client.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        Assert.Equal("private", (string)set["mode"]!);
        await Eventually.Holds(async () => !(await Ids(client)).Contains(hidden));
        Assert.Contains(first, await Ids(client));

        var own = await Read(await client.GetAsync(Week + "/standing/me"), HttpStatusCode.OK);
        Assert.Equal((true, 300), ((bool)own["virtual"]!, (int)own["row"]!["score"]!));
        var rankOfThird = (int)(await Read(await other.GetAsync(Week + "/standing/me"), HttpStatusCode.OK))["row"]!["rank"]!;
        Assert.Equal(rankOfThird, (int)own["row"]!["rank"]!);
        Assert.Empty((await Read(await other.GetAsync($"{Week}/around/{hidden}"), HttpStatusCode.OK))["rows"]!.AsArray());
        await ReadProblem(await other.GetAsync($"{Week}/standing/{hidden}"), HttpStatusCode.Forbidden, "forbidden");

        // Among friends it sees itself, and they do not.
        var circle = Json($$"""{ "members": ["{{first}}", "{{hidden}}", "{{third}}"] }""");
        var seen = await Read(await client.PostAsync(Week + "/among", circle), HttpStatusCode.OK);
        Assert.Equal([(first, 1, false), (hidden, 2, true), (third, 2, false)], Circle(seen));
        var unseen = await Read(await other.PostAsync(Week + "/among", Json($$"""{ "members": ["{{first}}", "{{hidden}}", "me"] }""")), HttpStatusCode.OK);
        Assert.Equal([(first, 1, false), (third, 2, false)], Circle(unseen));

        await Read(await client.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "shown" }""")), HttpStatusCode.OK);
        await Eventually.Holds(async () => (await Ids(client)).Contains(hidden));
        Assert.False((bool)(await Read(await client.GetAsync(Week + "/standing/me"), HttpStatusCode.OK))["virtual"]!);
        await ReadProblem(await client.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "erased" }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");

        static IEnumerable<(string, int, bool)> Circle(JsonObject answer) =>
            answer["rows"]!.AsArray().Select(row => ((string)row!["id"]!, (int)row["rank"]!, (bool)row["virtual"]!));
    }

    private async Task<string[]> Ids(HttpClient client) =>
        [.. (await Read(await client.GetAsync(Week + "?limit=500"), HttpStatusCode.OK))["rows"]!.AsArray().Select(row => (string)row!["id"]!)];

    private async Task<int[]> Scores(string scope, string board, string window) =>
        [.. (await Read(await edge.Till.GetAsync($"/v1/boards/{scope}/{board}?window={window}"), HttpStatusCode.OK))["rows"]!.AsArray().Select(row => (int)row!["score"]!)];

    private async Task Sell(string card, int euros, string store, string date, string? number = null) => await Read(
        await (await Till(store)).PostAsync("/v1/receipts", Json(edge.Sale(euros, card, number)
            .Replace("BRU", store, StringComparison.Ordinal).Replace("2026-11-21", date, StringComparison.Ordinal))),
        HttpStatusCode.Created);

    private async Task<HttpClient> Till(string store) => store == "BRU"
        ? edge.Till
        : edge.With((string)(await Read(await edge.Admin.PostAsync("/v1/keys", Json($$"""{ "store": "{{store}}", "name": "till" }""")), HttpStatusCode.Created))["key"]!);
}
