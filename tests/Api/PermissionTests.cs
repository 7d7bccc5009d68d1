using System.Net;
using System.Text;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Who may do what: every role at every operation, over HTTP.</summary>
public sealed class PermissionTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    private const string Receipts = "/v1/receipts";
    private static Task<string>? _screen;

    private const string Board = "/v1/boards/programme/week/points";

    /// <summary>T till, S screen, M member, K marketer, O moderator, A admin: those who get past the door.</summary>
    [Theory]
    [InlineData("POST", Receipts, "T....A")]
    [InlineData("POST", Receipts + "/preview", "T....A")]
    [InlineData("POST", Receipts + "/batch", "T....A")]
    [InlineData("GET", Board, "TSMKOA")]
    [InlineData("POST", Board + "/ranks", "TSMKOA")]
    [InlineData("GET", "/v1/boards", "TSMKOA")]
    [InlineData("GET", Board + "/history", "...KOA")]
    [InlineData("GET", Board + "/settled?window=2026-W47", "tsmkoa")]
    [InlineData("GET", Board + "/settled/certificate?window=2026-W47", "tsmkoa")]
    [InlineData("GET", Board + "/settled/standings/0?window=2026-W47", "tsmkoa")]
    [InlineData("GET", Board + "/standing/me", "..M...")]
    [InlineData("POST", Board + "/among", "TSMKOA")]
    [InlineData("GET", "/v1/members/me/privacy", "..M...")]
    [InlineData("PUT", "/v1/members/me/privacy", "..M..A")]
    [InlineData("GET", "/v1/members/me/birth-date", "..M...")]
    [InlineData("PUT", "/v1/members/me/birth-date", "..M..A")]
    [InlineData("DELETE", "/v1/members/me/birth-date", "..M...")]
    [InlineData("GET", "/v1/stores", "TSMKOA")]
    [InlineData("GET", "/v1/leagues", "TSMKOA")]
    [InlineData("GET", "/v1/leagues/none", "tsmkoa")]
    [InlineData("PUT", "/v1/leagues/none/participation", "..M..A")]
    [InlineData("GET", "/v1/leagues/none/seasons/1/certificate", "tsmkoa")]
    [InlineData("GET", "/v1/impact", "TSMKOA")]
    [InlineData("GET", "/v1/impact/stores/BRU", "TSMKOA")]
    [InlineData("GET", "/v1/impact/me", "..M...")]
    [InlineData("GET", "/v1/impact/restatements", "TSMKOA")]
    [InlineData("GET", "/v1/members/me", "..M...")]
    [InlineData("GET", "/v1/members/NOBODY", "...koa")]
    [InlineData("GET", "/v1/members/me/entries", "..M...")]
    [InlineData("GET", "/v1/members/NOBODY/entries", ".....a")]
    [InlineData("GET", "/v1/members/me/holdings", "..M...")]
    [InlineData("GET", "/v1/members/NOBODY/holdings", ".....a")]
    [InlineData("GET", "/v1/members/me/statement.csv", "..M...")]
    [InlineData("GET", "/v1/members/me/statement.json", "..M...")]
    [InlineData("GET", "/v1/members/me/entries/1/why", "..M...")]
    [InlineData("GET", "/v1/members/me/why/tier", "..m...")]
    [InlineData("GET", "/v1/members/me/why/streaks/none", "..m...")]
    [InlineData("GET", "/v1/members/me/why/badges/none", "..m...")]
    [InlineData("POST", "/v1/members/me/claims", "..M..A")]
    [InlineData("POST", "/v1/members", "...K.A")]
    [InlineData("POST", "/v1/members/NOBODY/merges", ".....A")]
    [InlineData("POST", "/v1/members/NOBODY/merges/NONE/undo", ".....a")]
    [InlineData("POST", "/v1/members/NOBODY/corrections", ".....A")]
    [InlineData("POST", "/v1/perks/check", "T....A")]
    [InlineData("POST", "/v1/perks/take", "T....A")]
    [InlineData("GET", "/v1/totals", "...K.A")]
    [InlineData("GET", "/v1/quarantine", "....OA")]
    [InlineData("GET", "/v1/sandbox", ".....A")]
    [InlineData("POST", "/v1/sandbox/advance", ".....A")]
    [InlineData("GET", "/v1/keys", ".....A")]
    [InlineData("POST", "/v1/keys", ".....A")]
    [InlineData("DELETE", "/v1/keys/NONE", ".....a")]
    [InlineData("POST", "/v1/tokens", ".....A")]
    [InlineData("POST", "/v1/screens/pairings/claims", "...KOA")]
    [InlineData("GET", "/v1/programme", "...K.A")]
    [InlineData("GET", "/v1/programme/parts/earning", "...K.A")]
    [InlineData("GET", "/v1/programme/rules", "...K.A")]
    [InlineData("GET", "/v1/programme/document", "...K.A")]
    [InlineData("GET", "/v1/programme/catalogue", "...K.A")]
    [InlineData("DELETE", "/v1/programme/parts/earning/draft", "...K.A")]
    [InlineData("PUT", "/v1/programme/parts/earning/draft", "...K.A")]
    [InlineData("POST", "/v1/programme/parts/earning/validate", "...K.A")]
    [InlineData("POST", "/v1/programme/parts/earning/publish", "...K.A")]
    [InlineData("POST", "/v1/programme/parts/earning/retire", "...K.A")]
    [InlineData("POST", "/v1/programme/rules/base/1/publish", "...K.A")]
    [InlineData("POST", "/v1/programme/rules/base/1/retire", "...K.A")]
    [InlineData("POST", "/v1/programme/preview", "...K.A")]
    [InlineData("POST", "/v1/programme/document/diff", "...K.A")]
    [InlineData("POST", "/v1/programme/document/import", "...K.A")]
    [InlineData("POST", "/v1/programme/catalogue", "...K.A")]
    [InlineData("GET", "/v1/members/me/rewards", "..M...")]
    [InlineData("POST", "/v1/members/me/redemptions", "..M..A")]
    [InlineData("GET", "/v1/members/me/redemptions", "..M...")]
    [InlineData("GET", "/v1/members/me/redemptions/NONE", "..m...")]
    [InlineData("GET", "/v1/members/me/redemptions/NONE/qr.svg", "..m...")]
    [InlineData("GET", "/v1/members/me/redemptions/NONE/qr.png", "..m...")]
    [InlineData("POST", "/v1/members/me/redemptions/NONE/confirm", "..m...")]
    [InlineData("POST", "/v1/members/me/redemptions/NONE/cancel", "..m...")]
    [InlineData("POST", "/v1/vouchers/check", "T....A")]
    [InlineData("POST", "/v1/vouchers/use", "T....A")]
    [InlineData("POST", "/v1/vouchers/void", "T....A")]
    [InlineData("POST", "/v1/redemptions", "T....A")]
    [InlineData("GET", "/v1/vouchers/keys", "T....A")]
    [InlineData("POST", "/v1/vouchers/keys", ".....A")]
    [InlineData("GET", "/v1/rewards/NONE/stock", "...koa")]
    [InlineData("POST", "/v1/bookings/NONE/attendance", "...KOA")]
    [InlineData("PUT", "/v1/agents/karim", ".....A")]
    [InlineData("POST", "/v1/gestures", "....OA")]
    [InlineData("GET", "/v1/agents/karim/gestures", "....OA")]
    [InlineData("POST", "/v1/agents/karim/gestures/NONE/decision", "....OA")]
    [InlineData("GET", "/v1/agents/karim/audit", ".....A")]
    [InlineData("PUT", "/v1/members/NOBODY/segments", "...K.A")]
    [InlineData("GET", "/v1/members/NOBODY/segments", "...k.a")]
    [InlineData("GET", "/v1/campaigns", "...K.A")]
    [InlineData("POST", "/v1/members/me/recognition", "..MK.A")]
    [InlineData("POST", "/v1/incidents", "...K.A")]
    [InlineData("POST", "/v1/badges/none/fill-in", "...K.A")]
    [InlineData("GET", "/v1/incidents", "...K.A")]
    [InlineData("GET", "/v1/challenges", "TSMKOA")]
    [InlineData("GET", "/v1/challenges/NONE", "tsmkoa")]
    [InlineData("PUT", "/v1/challenges/NONE/participation", "..M..A")]
    [InlineData("GET", "/v1/challenges/NONE/settlement/certificate", "tsmkoa")]
    [InlineData("GET", "/v1/challenges/NONE/standings", "tsmkoa")]
    [InlineData("GET", "/v1/challenges/templates", "...K.A")]
    [InlineData("POST", "/v1/challenges", "...K.A")]
    [InlineData("POST", "/v1/challenges/validate", "...K.A")]
    [InlineData("GET", "/v1/challenges/NONE/document", "...k.a")]
    [InlineData("PUT", "/v1/challenges/NONE", "...K.A")]
    [InlineData("POST", "/v1/challenges/NONE/commands", "...K.A")]
    [InlineData("POST", "/v1/events", ".....A")]
    [InlineData("POST", "/v1/events/preview", ".....A")]
    [InlineData("POST", "/v1/events/batch", ".....A")]
    public async Task Only_those_who_may_get_in(string method, string path, string allowed)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(edge.Anonymous, method, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(edge.With("till_XXXXXXXX_not-a-key"), method, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(edge.With("a.b.c"), method, path));

        var callers = new[] { edge.Till, edge.With(await ScreenToken()), (await edge.Member("p-1")).Client, edge.With(edge.Token(Role.Marketer)), edge.With(edge.Token(Role.Moderator)), edge.Admin };
        for (var i = 0; i < callers.Length; i++)
        {
            var status = await Call(callers[i], method, path);
            Assert.NotEqual(HttpStatusCode.Unauthorized, status);
            Assert.NotEqual(HttpStatusCode.InternalServerError, status);
            Assert.True(status == HttpStatusCode.Forbidden == (allowed[i] == '.'), $"{"TSMKOA"[i]} {method} {path}: {(int)status}");
            if (char.IsLower(allowed[i])) Assert.Equal(HttpStatusCode.NotFound, status);
        }
    }

    [Fact]
    public async Task Every_operation_with_a_permission_is_in_the_table_above()
    {
        var described = typeof(PermissionTests).GetMethod(nameof(Only_those_who_may_get_in))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length;
        var document = await Read(await edge.Anonymous.GetAsync("/openapi/v1.json"), HttpStatusCode.OK);
        var guarded = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Count(operation => operation.Value!["security"] is { } security && security.AsArray().Count > 0);
        // Three of the table's rows ask a second time for another member; around and percentile are boards like the first.
        Assert.Equal(guarded, described - 3 + 2);
    }

    [Fact]
    public async Task A_member_who_asks_for_another_hears_the_same_whether_they_exist()
    {
        var (self, client) = await edge.Member("p-2");
        var (other, _) = await edge.Member("p-3");
        await Read(await client.GetAsync($"/v1/members/{self}"), HttpStatusCode.OK);
        var existing = await ReadProblem(await client.GetAsync($"/v1/members/{other}"), HttpStatusCode.Forbidden, "forbidden");
        var missing = await ReadProblem(await client.GetAsync("/v1/members/NOBODY"), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(existing.ToJsonString(), missing.ToJsonString());
        await ReadProblem(await client.GetAsync($"/v1/members/{other}/entries"), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Marketers_see_of_a_member_what_boards_show()
    {
        var (publicId, _) = await edge.Member("p-4");
        var seen = await Read(await edge.With(edge.Token(Role.Marketer)).GetAsync($"/v1/members/{publicId}"), HttpStatusCode.OK);
        Assert.Equal(["member", "name"], seen.Select(field => field.Key));
    }

    [Fact]
    public async Task A_refused_caller_is_told_how_to_be_known()
    {
        var response = await edge.Anonymous.GetAsync("/v1/stores");
        await ReadProblem(response, HttpStatusCode.Unauthorized, "unauthorised");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    /// <summary>One screen serves all rows: pairing is rationed.</summary>
    private Task<string> ScreenToken() => _screen ??= Pair();

    private async Task<string> Pair()
    {
        var pairing = await Read(await edge.Anonymous.PostAsync("/v1/screens/pairings", null), HttpStatusCode.Created);
        await Read(await edge.Admin.PostAsync("/v1/screens/pairings/claims", Json($$"""{ "code": "{{pairing["code"]}}", "name": "Screen" }""")), HttpStatusCode.Created);
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/v1/screens/pairings/{pairing["pairingId"]}") { Headers = { { "X-Pairing-Secret", (string)pairing["secret"]! } } };
        return (string)(await Read(await edge.Anonymous.SendAsync(ask), HttpStatusCode.OK))["token"]!;
    }

    private static async Task<HttpStatusCode> Call(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, path.EndsWith("batch", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json");
        return (await client.SendAsync(request)).StatusCode;
    }
}
