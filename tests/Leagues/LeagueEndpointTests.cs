using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Tests.Rules.Challenges;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Leagues;

/// <summary>A season over HTTP: joining, the own group, and what it was certified by.</summary>
public sealed class LeagueEndpointTests(LeagueEdge edge) : IClassFixture<LeagueEdge>
{
    /// <summary>One story, since a sandbox's time goes forward only.</summary>
    [Fact]
    public async Task A_season_is_joined_played_and_settled()
    {
        await edge.At("2026-11-21T09:30:00+01:00");
        await edge.Due();
        var names = new List<string>();
        var clients = new List<HttpClient>();
        for (var member = 0; member < 5; member++)
        {
            var (id, client) = await edge.Member($"league-{member}");
            for (var more = 0; more < new[] { 0, 1, 2, 2, 0 }[member]; more++) await edge.Member($"league-{member}");
            await Read(await client.PutAsync("/v1/leagues/friends/participation", Json($$"""{ "joined": true, "hidden": {{(member == 3 ? "true" : "false")}} }""")), HttpStatusCode.OK);
            names.Add(id);
            clients.Add(client);
        }

        await edge.Due();
        var best = (await Get(clients[2], "/v1/leagues/friends"))["own"]!;
        Assert.Equal((true, 6, 1, true), ((bool)best["joined"]!, (int)best["effort"]!, (int)best["places"]![0]!["rank"]!, (bool)best["places"]![0]!["goesUp"]!));
        var hidden = (await Get(clients[3], "/v1/leagues/friends"))["own"]!;
        Assert.Equal((true, true, 6), ((bool)hidden["hidden"]!, (bool)hidden["joined"]!, (int)hidden["effort"]!));
        foreach (var client in clients.Where((_, at) => at != 3))
        {
            var own = (await Get(client, "/v1/leagues/friends"))["own"]!;
            Assert.DoesNotContain(names[3], own["places"]!.AsArray().Select(place => (string?)place!["id"]));
            Assert.Single(own["places"]!.AsArray(), place => (bool)place!["isOwn"]!);
        }

        // Who wishes to appear on no board at all is seen by nobody here either, from the next look on.
        Assert.Contains(names[1], (await Get(clients[2], "/v1/leagues/friends"))["own"]!["places"]!.AsArray().Select(place => (string?)place!["id"]));
        await Read(await clients[1].PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        await edge.Due();
        Assert.DoesNotContain(names[1], (await Get(clients[2], "/v1/leagues/friends"))["own"]!["places"]!.AsArray().Select(place => (string?)place!["id"]));
        await Read(await clients[1].PutAsync("/v1/members/me/privacy", Json("""{ "mode": "shown" }""")), HttpStatusCode.OK);
        await edge.Due();
        Assert.Contains(names[1], (await Get(clients[2], "/v1/leagues/friends"))["own"]!["places"]!.AsArray().Select(place => (string?)place!["id"]));

        Assert.Null((await Get(edge.Till, "/v1/leagues"))["leagues"]![0]!["own"]);
        await ReadProblem(await edge.Till.GetAsync("/v1/leagues/friends/seasons/1/certificate"), HttpStatusCode.NotFound, "not-found");

        // The week ended on Sunday, and waited a day for what was late.
        await edge.At("2026-11-24T00:00:01+01:00");
        await edge.Due();
        var league = await Get(clients[2], "/v1/leagues/friends");
        Assert.Equal(("up", 1, "2026-W47"), ((string)league["own"]!["last"]!["move"]!, (int)league["own"]!["last"]!["rank"]!, (string)league["own"]!["last"]!["season"]!));
        Assert.Equal("Silver", (string)league["own"]!["division"]!["en"]!);
        Assert.Equal("2026-W48", (string)league["season"]!["name"]!);
        var certificate = await edge.Till.GetByteArrayAsync("/v1/leagues/friends/seasons/1/certificate");
        Assert.Equal((string)league["settled"]![0]!["hash"]!, Convert.ToHexStringLower(SHA256.HashData(certificate)));
        var standings = await edge.Till.GetByteArrayAsync("/v1/leagues/friends/seasons/1/standings");
        Assert.Contains($"standings sha256:{Convert.ToHexStringLower(SHA256.HashData(standings))} 5\n", Encoding.UTF8.GetString(certificate), StringComparison.Ordinal);

        await Read(await clients[0].PutAsync("/v1/leagues/friends/participation", Json("""{ "joined": false }""")), HttpStatusCode.OK);
        await edge.Due();
        Assert.False((bool)(await Get(clients[0], "/v1/leagues/friends"))["own"]!["joined"]!);
    }

    [Fact]
    public async Task Who_asks_wrongly_is_told_so()
    {
        var anna = edge.With(edge.Token(Role.Member, new MemberId(Contests.Key(77))));
        await ReadProblem(await anna.GetAsync("/v1/leagues/nobody"), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await anna.PutAsync("/v1/leagues/nobody/participation", Json("""{ "joined": true }""")), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await anna.PutAsync("/v1/leagues/friends/participation", Json("""{ "joined": 1 }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");
        await ReadProblem(await anna.GetAsync("/v1/leagues/friends/seasons/x/certificate"), HttpStatusCode.NotFound, "not-found");
        await ReadProblem(await edge.Admin.PutAsync("/v1/leagues/friends/participation", Json("""{ "joined": true }""")), HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<JsonObject> Get(HttpClient client, string path) => await Read(await client.GetAsync(path), HttpStatusCode.OK);
}
