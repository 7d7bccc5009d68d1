using System.Net;
using System.Text.Json.Nodes;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Challenges;

/// <summary>Where a member stands while a challenge runs, as it reads it over HTTP.</summary>
public sealed class OwnRankTests(ChallengeEdge edge) : IClassFixture<ChallengeEdge>
{
    private static readonly DateTimeOffset Inside = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task A_member_knows_its_rank_its_teams_rank_and_who_hides_only_its_own()
    {
        await edge.At(Inside.AddDays(-1));
        const string Goal = """ "goal": { "kind": "count", "target": 9, "of": { "on": ["sale"] } } """;
        const string Teams = """ "by": { "kind": "teams", "teams": [ { "id": "red", "name": { "fr": "R", "nl": "R", "en": "R" } }, { "id": "blue", "name": { "fr": "B", "nl": "B", "en": "B" } } ] } """;
        await edge.Save("alone", Goal);
        await edge.Save("teams", $$"""{{Goal}}, "audience": { "optIn": true }, {{Teams}}""");
        await edge.Save("together", $$"""{{Goal}}, "by": { "kind": "collective", "milestones": [ { "at": 100 } ] }""");
        string[] all = ["alone", "teams", "together"];
        foreach (var id in all) await edge.Command(id, """{ "command": "schedule" }""");
        await edge.At(Inside);

        // Three, two, two and one.
        var (_, anna) = await Buys("anna", 3);
        var (_, bart) = await Buys("bart", 2);
        var (_, cleo) = await Buys("cleo", 2);
        var (_, dora) = await Buys("dora", 1);
        await Joins(anna, "red");
        await Joins(bart, "blue");
        await Joins(dora, "blue");
        await Counted(all);
        await Eventually.Holds(async () => await Rank("alone", anna) is not null);
        Assert.Equal("1/0/4/false 2/1/4/false 2/1/4/false 4/0/4/false", await Ranks("alone", anna, bart, cleo, dora));

        Assert.Equal("3 1 0 -|2 2 1 score|2 2 1 draw|1 4 0 score", await Board("alone"));
        Assert.Equal("2 2 1 draw", await Board("alone", "?offset=2&limit=1"));
        await ReadProblem(await anna.GetAsync("/v1/challenges/together/standings"), HttpStatusCode.NotFound, "unknown-board");

        // Both teams have brought three; who joined none has none.
        Assert.Equal("1/1/2/false 1/1/2/false - 1/1/2/false", await Ranks("teams", anna, bart, cleo, dora));
        Assert.Equal("- - - -", await Ranks("together", anna, bart, cleo, dora));

        // Who hides from boards is passed over by others, and finds itself where it would stand.
        await Read(await anna.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "private" }""")), HttpStatusCode.OK);
        await Counted(all);
        Assert.Equal("1/0/3/true 1/1/3/false 1/1/3/false 3/0/3/false", await Ranks("alone", anna, bart, cleo, dora));
        Assert.Equal("2 1 1 -|2 1 1 draw|1 3 0 score", await Board("alone"));
        await Read(await anna.PutAsync("/v1/members/me/privacy", Json("""{ "mode": "shown" }""")), HttpStatusCode.OK);

        // The same for who hides from this challenge alone.
        await Read(await bart.PutAsync("/v1/challenges/alone/participation", Json("""{ "joined": true, "hidden": true }""")), HttpStatusCode.OK);
        await Counted(all);
        Assert.Equal("1/0/3/false 2/1/3/true 2/0/3/false 3/0/3/false", await Ranks("alone", anna, bart, cleo, dora));

        // What is brought back takes its rank along.
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "dora", number))), HttpStatusCode.Created);
        await Counted(all);
        Assert.Equal("2/1/3/false", await Ranks("alone", dora));
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(Void(number))), HttpStatusCode.Created);
        await Counted(all);
        Assert.Equal("3/0/3/false", await Ranks("alone", dora));

        // Once it is settled the standings say it.
        await edge.At(Inside.AddDays(20));
        Assert.Equal("settled", (string)(await edge.Get(anna, "/v1/challenges/alone"))["phase"]!);
        Assert.Equal("- - -", await Ranks("alone", anna, bart, cleo));
    }

    private async Task<(string PublicId, HttpClient Client)> Buys(string card, int times)
    {
        var member = await edge.Member(card);
        for (var time = 1; time < times; time++) await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, card))), HttpStatusCode.Created);
        return member;
    }

    private static async Task Joins(HttpClient member, string team) =>
        await Read(await member.PutAsync("/v1/challenges/teams/participation", Json($$"""{ "joined": true, "team": "{{team}}" }""")), HttpStatusCode.OK);

    private async Task Counted(IEnumerable<string> challenges)
    {
        foreach (var challenge in challenges) await edge.Counted(challenge);
    }

    private async Task<string> Ranks(string challenge, params HttpClient[] members) =>
        string.Join(' ', (await Task.WhenAll(members.Select(member => Rank(challenge, member)))).Select(rank => rank ?? "-"));

    private async Task<string?> Rank(string challenge, HttpClient member) => (await edge.Get(member, $"/v1/challenges/{challenge}"))["own"]?["rank"] is JsonObject rank
        ? $"{rank["rank"]}/{rank["tiedWith"]}/{rank["ranked"]}/{rank["virtual"]}"
        : null;

    private string Void(string number) =>
        $$"""{"type":"void","store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{edge.Number()}}","card":"dora","original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}"},"occurredAt":"2026-11-21T09:30:00+01:00","currency":"EUR","total":0,"lines":[]}""";

    /// <summary>Score, rank, how many are tied, and why a row is below the one before.</summary>
    private async Task<string> Board(string challenge, string query = "") => string.Join('|',
        (await Read(await edge.Till.GetAsync($"/v1/challenges/{challenge}/standings{query}"), HttpStatusCode.OK))["rows"]!.AsArray()
            .Select(row => $"{(int)row!["score"]!} {(int)row["rank"]!} {(int)row["tiedWith"]!} {(string?)row["orderReason"] ?? "-"}"));
}
