using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Journal;
using Gamification.Leaderboards;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A week that is over: frozen when the grace is, and the same for ever, whatever comes, whoever hides, and whatever dies.</summary>
public sealed class SettledBoardTests : IAsyncLifetime
{
    private const string Week = "/v1/boards/programme/week/points/settled";

    private readonly EdgeUnderTest _edge = new();

    public ValueTask InitializeAsync() => _edge.InitializeAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task A_settled_week_is_certified_and_nothing_that_comes_later_changes_it()
    {
        var (anna, client) = await _edge.Member("a", 30);
        var (ben, _) = await _edge.Member("b", 20);
        var (shy, hider) = await _edge.Member("c", 25);
        await Read(await hider.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        await ReadProblem(await Staff.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.NotFound, "unknown-board");
        await ReadProblem(await Staff.GetAsync(Week), HttpStatusCode.BadRequest, "invalid-request");

        // In the grace what is late still counts: the week ends on Monday the 23rd.
        _edge.Clock.Advance(TimeSpan.FromDays(4));
        await Late("b", 15);
        _edge.Clock.Advance(TimeSpan.FromDays(1));
        await Late("a", 500);
        await ReadProblem(await client.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.Unauthorized, "unauthorised");
        await ReadProblem(await _edge.Till.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.NotFound, "unknown-board");

        var settled = await Read(await Staff.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.OK);
        Assert.Equal($"{ben} 1 35, {anna} 2 30", Rows(settled));
        Assert.Equal("2026-11-26T00:00:00+01:00", (string)settled["closedAt"]!);

        // Anybody checks it with sha256sum.
        var certificate = await _edge.Till.GetStringAsync(new Uri($"{Week}/certificate?window=2026-W47", UriKind.Relative));
        Assert.Equal((string)settled["hash"]!, Sha256(certificate));
        var standings = await _edge.Till.GetStringAsync(new Uri($"{Week}/standings/0?window=2026-W47", UriKind.Relative));
        Assert.Contains($"standings 3 sha256:{Sha256(standings)}\n", certificate, StringComparison.Ordinal);
        Assert.Equal(["1 1 35 v", "2 2 30 v", "3 0 25 h"], standings.Split('\n')[..^1].Select(line => line.Split(' ')).Select(row => $"{row[0]} {row[1]} {row[4]} {row[7]}"));
        await ReadProblem(await _edge.Till.GetAsync($"{Week}/standings/1?window=2026-W47"), HttpStatusCode.NotFound, "unknown-board");

        // Whoever hides today keeps the place and loses the name; the certificate stands.
        await Late("b", 700);
        await Read(await _edge.With(_edge.Token(Role.Member, await MemberOf(ben))).PutAsync("/v1/members/me/privacy", Json("""{ "mode": "hidden" }""")), HttpStatusCode.OK);
        Assert.Equal($"~1 1 35, {anna} 2 30", Rows(await Read(await _edge.Till.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.OK)));
        Assert.Equal((string)settled["hash"]!, (string)(await Read(await Staff.GetAsync($"{Week}?window=2026-W47"), HttpStatusCode.OK))["hash"]!);

        var check = await SettledCheck.Run(_edge.Service<IJournalStorage>(), default);
        Assert.Equal((1, true), (check.Boards, check.IsSound));
    }

    [Fact]
    public async Task Who_hid_long_before_the_week_began_is_not_shown_in_it()
    {
        var (anna, _) = await _edge.Member("a", 30);
        var (_, shy) = await _edge.Member("s", 40);
        await Read(await shy.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        _edge.Clock.Advance(TimeSpan.FromDays(60));
        foreach (var card in (string[])["a", "s"])
            await Read(await _edge.Till.PostAsync("/v1/receipts", Json(_edge.Sale(10, card).Replace("2026-11-21", "2027-01-19", StringComparison.Ordinal))), HttpStatusCode.Created);
        _edge.Clock.Advance(TimeSpan.FromDays(20));
        var settled = await Read(await Staff.GetAsync($"{Week}?window=2027-W03"), HttpStatusCode.OK);
        Assert.Equal($"{anna} 1 10", Rows(settled));
        Assert.True((await SettledCheck.Run(_edge.Service<IJournalStorage>(), default)).IsSound);
    }

    private HttpClient Staff => _edge.With(_edge.Token(Role.Marketer));

    private async Task<MemberId> MemberOf(string publicId) => (await _edge.Vault.FindPublicId(_edge.Programme.Id, publicId, default))!.Member;

    private async Task Late(string card, int euros) => await Read(await _edge.Till.PostAsync("/v1/receipts", Json(_edge.Sale(euros, card))), HttpStatusCode.Created);

    private static string Rows(JsonObject board) => string.Join(", ", board["rows"]!.AsArray().Select(row => $"{(string)row!["id"]!} {(int)row["rank"]!} {(int)row["score"]!}"));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
