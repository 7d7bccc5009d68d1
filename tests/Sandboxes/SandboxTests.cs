using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Members;
using Gamification.Sandboxes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Sandboxes;

/// <summary>A tester moves the clock, over HTTP, and sees happen what time brings.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private readonly SandboxEdge _edge = new();

    public ValueTask InitializeAsync() => _edge.InitializeAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Points_come_and_expire_when_the_tester_says_so()
    {
        await _edge.Moved("""{ "to": "2026-11-21T09:00:00+01:00" }""");
        var (member, client) = await _edge.Member("s-1", 40);
        Assert.Equal((0, 40, null), await Purse(member));

        var moved = await _edge.Moved("""{ "by": "P2D" }""");
        Assert.Equal(("2026-11-21T08:00:00+00:00", "2026-11-23T08:00:00+00:00", 1, 1), ((string)moved["before"]!, (string)moved["now"]!, (int)moved["woken"]!, (int)moved["changed"]!));
        Assert.Equal((40, 0, "2026-12-21"), await Purse(member));
        Assert.Equal(["activated 40"], await Newest(client));

        // A receipt of the sandbox's own time, and one that a till dates ahead of it.
        await Post("2026-11-23", "2026-11-23T09:00:00+01:00", 7);
        var ahead = await Post("2026-11-23", "2026-11-23T18:00:00+01:00", 3);
        Assert.Equal(["occurred-at-clamped"], ahead["flags"]!.AsArray().Select(flag => (string)flag!));

        Assert.Equal(1, (int)(await _edge.Moved("""{ "to": "2026-12-21T22:59:59Z" }"""))["changed"]!);
        Assert.Equal((50, 0, "2026-12-21"), await Purse(member));
        Assert.Equal(1, (int)(await _edge.Moved("""{ "by": "PT1S" }"""))["changed"]!);
        Assert.Equal((10, 0, "2026-12-23"), await Purse(member));
        var expired = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.Equal(("time.passed", "2026-12-21T23:00:00+00:00"), ((string)expired["type"]!, (string)expired["occurredAt"]!));
        Assert.Equal(("expired", "Expirés", "2026-12-21T23:00:00+00:00"), ((string)expired["postings"]![0]!["kind"]!, (string)expired["postings"]![0]!["text"]!["fr"]!, (string)expired["postings"]![0]!["at"]!));
        Assert.Contains("time.passed,", await client.GetStringAsync("/v1/members/me/statement.csv"), StringComparison.Ordinal);

        // Waking again finds nothing; and the ledger proves itself.
        Assert.Equal(0, (int)(await _edge.Moved("""{ "to": "2026-12-21T23:00:00Z" }"""))["changed"]!);
        var check = await LedgerCheck.Run(_edge.Journal, TestContext.Current.CancellationToken);
        Assert.Empty(check.Findings);
        Assert.Equal(1, check.Members);
    }

    [Fact]
    public async Task Nothing_is_taken_before_the_time_is_placed_and_by_needs_a_place_to_start_from()
    {
        Assert.Null(await _edge.Now());
        await ReadProblem(await _edge.Till.PostAsync("/v1/receipts", Json(_edge.Sale(5, "x"))), HttpStatusCode.Conflict, "sandbox-not-placed");
        await ReadProblem(await _edge.Till.PostAsync("/v1/receipts/preview", Json(_edge.Sale(5, "x"))), HttpStatusCode.Conflict, "sandbox-not-placed");
        await ReadProblem(await _edge.Till.PostAsync("/v1/receipts/batch", Json(_edge.Sale(5, "x"), "application/x-ndjson")), HttpStatusCode.Conflict, "sandbox-not-placed");
        await ReadProblem(await _edge.Admin.PostAsync("/v1/members", Json("""{ "card": "x" }""")), HttpStatusCode.Conflict, "sandbox-not-placed");
        await ReadProblem(await _edge.Advance("""{ "by": "P1D" }"""), HttpStatusCode.Conflict, "sandbox-not-placed");
        Assert.Empty((await _edge.Vault.ReadQuarantine(_edge.Programme.Id, null, long.MaxValue, 10, default)));

        Assert.Null((await _edge.Moved("""{ "to": "2011-01-01T00:00:00Z" }"""))["before"]);
        Assert.Equal("2011-01-01T00:00:00+00:00", await _edge.Now());
    }

    [Theory]
    [InlineData("""{ }""", "/to", "to-or-by")]
    [InlineData("""{ "to": "2026-11-22T00:00:00Z", "by": "P1D" }""", "/to", "to-or-by")]
    [InlineData("""{ "to": "2026-11-20T00:00:00Z" }""", "/to", "only-forward")]
    [InlineData("""{ "to": "2040-11-22T00:00:00Z" }""", "/to", "step-too-far")]
    [InlineData("""{ "to": "2026-11-22T00:00:00" }""", "/to", "invalid-instant")]
    [InlineData("""{ "to": "tomorrow" }""", "/to", "invalid-instant")]
    [InlineData("""{ "to": "2500-01-01T00:00:00Z" }""", "/to", "invalid-instant")]
    [InlineData("""{ "by": "-P1D" }""", "/by", "invalid-period")]
    [InlineData("""{ "by": "P0D" }""", "/by", "invalid-period")]
    [InlineData("""{ "by": "1 day" }""", "/by", "invalid-period")]
    [InlineData("""{ "by": "P99999999Y" }""", "/by", "invalid-period")]
    [InlineData("""{ "by": "P10Y100M" }""", "/by", "step-too-far")]
    [InlineData("""{ "by": "PT2147483647H" }""", "/by", "step-too-far")]
    [InlineData("""{ "by": "P1D", "who": "me" }""", "/who", "unknown-field")]
    public async Task What_cannot_be_is_refused_with_the_field_and_the_remedy(string document, string field, string code)
    {
        await _edge.Moved("""{ "to": "2026-11-21T00:00:00Z" }""");
        var problem = await ReadProblem(await _edge.Advance(document), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Equal((field, code), ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!));
        Assert.Equal("2026-11-21T00:00:00+00:00", await _edge.Now());
    }

    /// <summary>A day later is the same time of day; 24 hours later is not when the clocks change (spec §2).</summary>
    [Theory]
    [InlineData("2026-10-24T10:00:00+02:00", "P1D", "2026-10-25T09:00:00+00:00")]
    [InlineData("2026-10-24T10:00:00+02:00", "PT24H", "2026-10-25T08:00:00+00:00")]
    [InlineData("2026-03-28T02:30:00+01:00", "P1D", "2026-03-29T01:00:00+00:00")]
    [InlineData("2026-01-31T12:00:00+01:00", "P1M", "2026-02-28T11:00:00+00:00")]
    [InlineData("2026-01-31T12:00:00+01:00", "P1W1DT1H30M", "2026-02-08T12:30:00+00:00")]
    public async Task A_period_is_counted_on_the_programmes_calendar(string from, string by, string now)
    {
        await _edge.Moved($$"""{ "to": "{{from}}" }""");
        Assert.Equal(now, (string)(await _edge.Moved($$"""{ "by": "{{by}}" }"""))["now"]!);
    }

    [Fact]
    public async Task Asking_again_under_one_key_moves_once()
    {
        await _edge.Moved("""{ "to": "2026-11-21T00:00:00Z" }""");
        Assert.False((bool)(await _edge.Moved("""{ "by": "P1D" }""", "k1"))["replayed"]!);
        await _edge.Moved("""{ "by": "P1D" }""", "k2");
        var again = await _edge.Moved("""{ "by": "P1D" }""", "k1");
        Assert.Equal((true, "2026-11-22T00:00:00+00:00"), ((bool)again["replayed"]!, (string)again["now"]!));
        await ReadProblem(await _edge.Advance("""{ "by": "P2D" }""", "k1"), HttpStatusCode.Conflict, "key-reused");
        Assert.Equal("2026-11-23T00:00:00+00:00", await _edge.Now());
        await ReadProblem(await _edge.Advance("""{ "by": "P2D" }""", new string('k', 129)), HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("0:1:2")]
    [InlineData("99999999999:1")]
    public async Task Waking_from_what_is_no_place_begins_anew(string after)
    {
        await _edge.Moved("""{ "to": "2026-11-21T09:00:00+01:00" }""");
        await _edge.Member("s-2");
        var sandbox = _edge.Service<IGrainFactory>().GetGrain<ISandboxGrain>(_edge.Programme.Id);
        var woken = 0;
        for (var next = (string?)after; next is not null;)
        {
            var some = await sandbox.Wake(next);
            (woken, next) = (woken + some.Woken, some.Next);
        }

        Assert.Equal(1, woken);
    }

    [Fact]
    public async Task The_example_of_its_description_is_true()
    {
        await _edge.Moved("""{ "to": "2026-11-21T09:00:00+01:00" }""");
        await _edge.Member("example");
        var document = await Read(await _edge.Anonymous.GetAsync("/openapi/v1.json"), HttpStatusCode.OK);
        var operation = document["paths"]!["/v1/sandbox/advance"]!["post"]!;
        var answer = await _edge.Moved(operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString(), "example");
        var expected = operation["responses"]!["200"]!["content"]!["application/json"]!["example"]!.AsObject();
        Assert.Equal(expected.Select(field => field.Key), answer.Select(field => field.Key));
        Assert.Equal(((string)expected["now"]!, (int)expected["changed"]!), ((string)answer["now"]!, (int)answer["changed"]!));
    }

    private async Task<JsonObject> Post(string date, string at, int euros)
    {
        var sale = _edge.Sale(euros, "s-1").Replace("2026-11-21T09:00:00+01:00", at, StringComparison.Ordinal).Replace("2026-11-21", date, StringComparison.Ordinal);
        return await Read(await _edge.Till.PostAsync("/v1/receipts", Json(sale)), HttpStatusCode.Created);
    }

    private async Task<(int Available, int Pending, string? Expiry)> Purse(string member)
    {
        var purse = (await Read(await _edge.Admin.GetAsync($"/v1/members/{member}"), HttpStatusCode.OK))["purses"]![0]!;
        return ((int)purse["available"]!, (int)purse["pending"]!, purse["nextExpiry"] is { } next && (int)purse["pending"]! == 0 ? (string)next["on"]! : null);
    }

    private static async Task<IEnumerable<string>> Newest(HttpClient client) =>
        (await Read(await client.GetAsync("/v1/members/me/entries?limit=1"), HttpStatusCode.OK))["entries"]![0]!["postings"]!.AsArray().Select(posting => $"{posting!["kind"]} {posting["amount"]}");
}

/// <summary>Where no tester moves the time.</summary>
public sealed class NoSandboxTests(Gamification.Tests.Api.EdgeUnderTest edge) : IClassFixture<Gamification.Tests.Api.EdgeUnderTest>
{
    [Fact]
    public async Task A_live_programmes_time_is_not_moved()
    {
        var problem = await ReadProblem(await edge.Admin.PostAsync("/v1/sandbox/advance", Json("""{ "by": "P1D" }""")), HttpStatusCode.Conflict, "not-a-sandbox");
        Assert.Contains("sandbox", (string)problem["errors"]![0]!["remedy"]!, StringComparison.Ordinal);
        Assert.Null((await Read(await edge.Admin.GetAsync("/v1/sandbox"), HttpStatusCode.OK))["now"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await edge.With(edge.Token(Role.Marketer)).PostAsync("/v1/sandbox/advance", Json("""{ "by": "P1D" }"""))).StatusCode);
    }
}
