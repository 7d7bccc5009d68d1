using System.Net;
using Gamification.Api.Hosting;
using Gamification.Screens;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Access;

public sealed class PairingTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    [Fact]
    public async Task A_claimed_screen_gets_its_token_once_and_reads_boards_until_it_is_revoked()
    {
        var stored = edge.Journal.Stored.Length;
        var pairing = await Read(await edge.Anonymous.PostAsync("/v1/screens/pairings", null), HttpStatusCode.Created);
        var (id, secret, code) = ((string)pairing["pairingId"]!, (string)pairing["secret"]!, (string)pairing["code"]!);
        Assert.Equal("waiting", (string)(await Read(await Ask(id, secret), HttpStatusCode.OK))["status"]!);
        Assert.Equal(stored, edge.Journal.Stored.Length);

        var claim = $$"""{ "code": "{{code.ToLowerInvariant()}}", "store": "BRU", "name": "Entrance", "language": "nl" }""";
        var claimed = await Read(await edge.Admin.PostAsync("/v1/screens/pairings/claims", Json(claim)), HttpStatusCode.Created);
        await ReadProblem(await edge.Admin.PostAsync("/v1/screens/pairings/claims", Json(claim)), HttpStatusCode.NotFound, "unknown-pairing");

        await ReadProblem(await Ask(id, "wrong"), HttpStatusCode.NotFound, "unknown-pairing");
        var paired = await Read(await Ask(id, secret), HttpStatusCode.OK);
        Assert.Equal(("paired", "BRU", "nl"), ((string)paired["status"]!, (string)paired["store"]!, (string)paired["language"]!));
        await ReadProblem(await Ask(id, secret), HttpStatusCode.Gone, "pairing-gone");

        var screen = edge.With((string)paired["token"]!);
        Assert.Equal(HttpStatusCode.OK, (await screen.GetAsync("/v1/boards/store:BRU/week/points")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await screen.GetAsync("/v1/boards/programme/week/points")).StatusCode);
        await ReadProblem(await screen.GetAsync("/v1/boards/store:GNT/week/points"), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.Forbidden, (await screen.GetAsync("/v1/totals")).StatusCode);
        var live = new LiveAccess(edge.Service<Gamification.Api.Access>());
        var viewer = (await live.Authenticate((string)paired["token"]!, default))!;
        Assert.Equal(("nl", "BRU"), (viewer.Screen!.Language, viewer.Screen.Store));
        Assert.Equal((true, true, false), (live.MayReadBoards(viewer, null), live.MayReadBoards(viewer, "BRU"), live.MayReadBoards(viewer, "GNT")));
        await edge.Admin.DeleteAsync($"/v1/keys/{claimed["keyId"]}");
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await screen.GetAsync("/v1/stores")).StatusCode);
    }

    [Fact]
    public async Task A_code_that_nobody_shows_is_unknown() =>
        await ReadProblem(await edge.Admin.PostAsync("/v1/screens/pairings/claims", Json("""{ "code": "ZZZZZZ", "name": "n" }""")), HttpStatusCode.NotFound, "unknown-pairing");

    [Fact]
    public void A_pairing_ends_after_its_time_and_makes_room()
    {
        var screens = new WaitingScreens();
        var now = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < WaitingScreens.WaitingMax; i++) Assert.Equal(PairingOpened.Opened, screens.Open(Offer(i, now.AddMinutes(10)), now));
        Assert.Equal(PairingOpened.Full, screens.Open(Offer(-1, now.AddMinutes(10)), now));
        Assert.Equal(PairingOpened.CodeTaken, screens.Open(Offer(-1, now.AddMinutes(10)) with { Code = "c5" }, now));
        Assert.Equal(PairingState.Waiting, screens.Ask("p5", "s5", now).State);

        var later = now.AddMinutes(10);
        Assert.False(screens.CanClaim("c5", later));
        Assert.Equal(PairingState.Gone, screens.Ask("p5", "s5", later).State);
        Assert.Equal(PairingOpened.Opened, screens.Open(Offer(-1, later.AddMinutes(10)) with { Code = "c5" }, later));
        Assert.Equal(PairingState.Unknown, screens.Ask("p5", "s5", later).State);
    }

    private static PairingOffer Offer(int number, DateTimeOffset expires) => new() { Id = $"p{number}", Code = $"c{number}", SecretHash = $"s{number}", ExpiresAt = expires };

    private async Task<HttpResponseMessage> Ask(string id, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/screens/pairings/{id}") { Headers = { { "X-Pairing-Secret", secret } } };
        return await edge.Anonymous.SendAsync(request);
    }
}
