using System.Net;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Leaderboards;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A community that counts posts and badges on boards, and has segments and teams.</summary>
public sealed class MeasuredEdge : CommunityEdgeOf
{
    internal override ProgrammeSettings Programme => base.Programme with
    {
        Boards = new() { Measures = [new() { Code = "posts", On = [EarningEvent.Post], NameFr = "Publications", NameNl = "Berichten", NameEn = "Posts" }] },
    };
}

public sealed class MeasureBoardTests(MeasuredEdge edge) : IClassFixture<MeasuredEdge>
{
    [Fact]
    public async Task A_board_of_posts_counts_them_until_they_are_removed_and_is_offered_by_its_name()
    {
        var (service, staff) = (await edge.Service(), edge.With(edge.Token(Role.Marketer)));
        var (anna, client) = await edge.Member("m-1");
        var (ben, _) = await edge.Member("m-2");
        foreach (var (id, member) in new[] { ("p1", anna), ("p2", anna), ("p3", ben) }) await Tell(service, "post", id, member);
        Assert.Equal($"{anna} 2, {ben} 1", await Rows(client, "programme/week/posts"));

        await Tell(service, "removal", "p1-gone", anna, ", \"original\": { \"id\": \"p1\" }", "09:10");
        await Tell(service, "removal", "p2-gone", anna, ", \"original\": { \"id\": \"p2\" }", "09:10");
        await Eventually.Holds(async () => await Rows(client, "programme/week/posts") == $"{ben} 1");
        await Tell(service, "restoration", "p1-back", anna, ", \"original\": { \"id\": \"p1\" }", "09:20");
        await Eventually.Holds(async () => (await Rows(client, "programme/all/posts")).Contains($"{anna} 1", StringComparison.Ordinal));

        var choices = await Read(await staff.GetAsync("/v1/boards"), HttpStatusCode.OK);
        Assert.Equal("Berichten", (string)choices["metrics"]!.AsArray().Single(metric => (string)metric!["id"]! == "posts")!["name"]!["nl"]!);
    }

    [Fact]
    public async Task A_segment_and_a_team_have_boards_from_when_somebody_is_in_them_and_follow_who_comes_and_goes()
    {
        var staff = edge.With(edge.Token(Role.Marketer));
        var (anna, client) = await edge.Member("s-1", 50);
        var (ben, _) = await edge.Member("s-2", 40);
        await ReadProblem(await client.GetAsync("/v1/boards/team:red/week/points"), HttpStatusCode.NotFound, "unknown-board");

        await Put(staff, anna, "team-red", "bakers");
        await Put(staff, ben, "bakers");
        await Shown(staff, "segment:bakers/week/points", $"{anna} 50, {ben} 40");
        await Shown(client, "team:red/week/points", $"{anna} 50");
        await ReadProblem(await client.GetAsync("/v1/boards/segment:bakers/week/points"), HttpStatusCode.Forbidden, "forbidden");

        await Put(staff, anna, "bakers");
        await Put(staff, ben, "team-red");
        await Shown(client, "team:red/week/points", $"{ben} 40");
        await Shown(staff, "segment:bakers/week/points", $"{anna} 50");
    }

    [Fact]
    public async Task A_board_of_a_measure_or_a_team_is_told_as_it_stood_and_settled_with_those_who_belonged_then()
    {
        await using var own = new MeasuredEdge();
        await own.InitializeAsync();
        var (service, staff) = (await own.Service(), own.With(own.Token(Role.Marketer)));
        var (anna, _) = await own.Member("h-1", 50);
        var (ben, _) = await own.Member("h-2", 40);
        await Put(staff, anna, "team-red");
        foreach (var (id, member) in new[] { ("h1", anna), ("h2", anna), ("h3", ben) }) await Tell(service, "post", id, member);
        var then = Noted();
        await Tell(service, "removal", "h1-gone", anna, ", \"original\": { \"id\": \"h1\" }", "09:10");
        await Tell(service, "removal", "h2-gone", anna, ", \"original\": { \"id\": \"h2\" }", "09:10");
        await Put(staff, anna, "bakers");
        await Put(staff, ben, "team-red");
        var now = Noted();
        Assert.Equal($"{anna} 2, {ben} 1", await Rows(staff, $"programme/week/posts/history?at={then}"));
        Assert.Equal($"{ben} 1", await Rows(staff, $"programme/week/posts/history?at={now}"));
        Assert.Equal($"{anna} 70", await Rows(staff, $"team:red/week/points/history?at={then}"));
        Assert.Equal($"{ben} 50", await Rows(staff, $"team:red/week/points/history?at={now}"));
        Assert.Equal($"{anna} 2", await Rows(staff, $"team:red/all/posts/history?at={then}"));
        Assert.Equal("", await Rows(staff, $"store:BRU/week/posts/history?at={now}"));

        // After the closing teams are others, and posts go: the week is over.
        own.Clock.Advance(TimeSpan.FromDays(6));
        staff = own.With(own.Token(Role.Marketer));
        await Put(staff, anna, "team-red");
        await Put(staff, ben);
        await Tell(service, "removal", "h3-gone", ben, ", \"original\": { \"id\": \"h3\" }", "09:10");
        Assert.Equal($"{ben} 50", await Rows(staff, "team:red/week/points/settled?window=2026-W47"));
        Assert.Equal($"{ben} 1", await Rows(staff, "team:red/week/posts/settled?window=2026-W47"));
        Assert.Equal($"{ben} 1", await Rows(staff, "programme/week/posts/settled?window=2026-W47"));
        var certificate = await staff.GetStringAsync(new Uri("/v1/boards/programme/week/posts/settled/certificate?window=2026-W47", UriKind.Relative));
        Assert.Contains("\nrules 0 ", certificate, StringComparison.Ordinal);

        string Noted()
        {
            var at = own.Clock.GetUtcNow();
            own.Clock.Advance(TimeSpan.FromSeconds(1));
            return Uri.EscapeDataString(at.ToString("O"));
        }
    }

    /// <summary>A board of a group looks for who belongs every few seconds of its clock.</summary>
    private Task Shown(HttpClient client, string board, string rows) => Eventually.Holds(async () =>
    {
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
        return (await client.GetAsync($"/v1/boards/{board}")).IsSuccessStatusCode && await Rows(client, board) == rows;
    });

    private static async Task<string> Rows(HttpClient client, string board) => string.Join(", ",
        (await Read(await client.GetAsync($"/v1/boards/{board}"), HttpStatusCode.OK))["rows"]!.AsArray().Select(row => $"{(string)row!["id"]!} {(int)row["score"]!}"));

    private static async Task Put(HttpClient staff, string member, params string[] segments) => await Read(
        await staff.PutAsync($"/v1/members/{member}/segments", Json($$"""{ "segments": [{{string.Join(", ", segments.Select(segment => $"\"{segment}\""))}}] }""")), HttpStatusCode.OK);

    private static async Task Tell(HttpClient service, string type, string id, string member, string more = "", string at = "09:00") => await Read(
        await service.PostAsync("/v1/events", Json(
            $$"""{ "specversion": "1.0", "source": "//community.example", "id": "{{id}}", "type": "{{type}}", "time": "2026-11-21T{{at}}:00+01:00", "data": { "member": "{{member}}"{{more}} } }""")),
        HttpStatusCode.Created);
}
