using System.Net;
using Gamification.Leaderboards;
using Gamification.Api;
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
        Assert.Equal((true, true, false), (live.MayReadBoards(viewer, BoardScope.Programme), live.MayReadBoards(viewer, new("BRU")), live.MayReadBoards(viewer, new("GNT"))));
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

    [Fact]
    public void A_network_keeps_nobody_else_out_and_gets_its_room_back()
    {
        var screens = new WaitingScreens();
        var now = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < WaitingScreens.NetworkMax; i++) Assert.Equal(PairingOpened.Opened, screens.Open(From("one", i, now), now));

        Assert.Equal(PairingOpened.NetworkFull, screens.Open(From("one", 100, now), now));
        Assert.Equal(PairingOpened.Opened, screens.Open(From("other", 100, now), now));
        Assert.Equal(PairingOpened.Opened, screens.Open(From("one", 101, now.AddMinutes(10)), now.AddMinutes(10)));

        static PairingOffer From(string network, int number, DateTimeOffset now) => Offer(number, now.AddMinutes(10)) with { Network = network };
    }

    [Fact]
    public async Task An_address_whose_screens_take_all_its_room_is_told_when_to_come_back()
    {
        var opened = 0;
        HttpResponseMessage answer;
        while ((answer = await Open()).StatusCode == HttpStatusCode.Created)
        {
            // Slowly enough for what an address may do in a minute.
            if (++opened % 10 == 0) edge.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var problem = await ReadProblem(answer, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Contains("screens of this address", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
        edge.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Created, (await Open()).StatusCode);

        Task<HttpResponseMessage> Open() => edge.Anonymous.PostAsync("/v1/screens/pairings", null);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void Whoever_has_many_addresses_is_one_client(string address, string network) =>
        Assert.Equal(network, ClientNetwork.Of(IPAddress.Parse(address)));

    /// <summary>Each of a network of its own.</summary>
    private static PairingOffer Offer(int number, DateTimeOffset expires) =>
        new() { Id = $"p{number}", Code = $"c{number}", SecretHash = $"s{number}", ExpiresAt = expires, Network = $"n{number}" };

    private async Task<HttpResponseMessage> Ask(string id, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/screens/pairings/{id}") { Headers = { { "X-Pairing-Secret", secret } } };
        return await edge.Anonymous.SendAsync(request);
    }
}
