using System.Net;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Challenges;

/// <summary>Challenges, boards and impact asked in every wrong way: nothing breaks, nothing vague is answered, and what is refused leaves nothing behind.</summary>
public sealed class SpoiledChallengeTests(ChallengeEdge edge) : IClassFixture<ChallengeEdge>
{
    private static readonly DateTimeOffset Now = new(2026, 10, 20, 9, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task Whatever_is_wrong_in_what_a_marketer_sends_is_answered_with_its_field_and_a_remedy()
    {
        await edge.At(Now);
        var description = JsonNode.Parse(await edge.Anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var spoiling = new Spoiling(edge.Admin);
        await spoiling.Documents(description, tag => tag == "Challenges");
        Assert.True(spoiling.Asked > 300, $"only {spoiling.Asked} documents");
        await spoiling.Addresses(description, tag => tag is "Challenges" or "Leaderboards");
        Assert.Equal(HttpStatusCode.OK, (await edge.Admin.GetAsync("/v1/challenges")).StatusCode);
    }

    [Theory]
    [InlineData("0001-01-01", "0001-01-02", "/challenge/window/from")]
    [InlineData("9999-12-30", "9999-12-31", "/challenge/window/from")]
    [InlineData("2026-12-01", "9999-12-31", "/challenge/window/until")]
    [InlineData("2026-12-01", "2026-12-01", "/challenge/window/until")]
    public async Task A_window_is_of_this_century_and_no_longer_than_a_year(string from, string until, string field)
    {
        var answer = await edge.Save("ages", """ "goal": { "kind": "count", "target": 3, "of": { "on": ["visit"] } } """, HttpStatusCode.UnprocessableEntity, from: from, until: until);
        Assert.Equal(field, (string)answer["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task What_is_refused_has_begun_no_run()
    {
        await edge.At(Now);
        var list = edge.Grains.GetGrain<IChallengeListGrain>(edge.Programme.Id);
        var open = (await list.View()).Open;
        foreach (var body in (string[])
        [
            """{ "template": "zero-gaspillage", "id": "late", "from": "2026-01-05", "schedule": true }""",
            """{ "template": "zero-gaspillage", "id": "late", "from": "9999-12-31", "schedule": true }""",
            """{ "template": "zero-gaspillage", "id": "late", "from": "2027-01-05", "stores": ["MARS"] }""",
        ]) await ReadProblem(await edge.Marketer.PostAsync("/v1/challenges", Json(body)), HttpStatusCode.UnprocessableEntity, "refused-challenge");
        await edge.Save("unknown-badge", """
        "goal": { "kind": "count", "target": 3, "of": { "on": ["visit"] } }, "prizes": { "completion": { "badge": "none" } }, "names": [ { "kind": "badge", "id": "none", "fr": "B", "nl": "B", "en": "B" } ]
        """, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(open, (await list.View()).Open);
    }

    [Fact]
    public async Task An_hour_that_clocks_leave_out_is_no_window()
    {
        await edge.At(Now);
        await Read(await edge.Marketer.PutAsync("/v1/challenges/gap", Json("""
        { "challenge": { "id": "gap", "version": 1, "name": { "fr": "D", "nl": "U", "en": "C" }, "window": { "from": "2027-03-28", "until": "2027-03-28", "startsAt": "02:00", "endsAt": "03:00" },
          "goal": { "kind": "count", "target": 3, "of": { "on": ["visit"] } } } }
        """)), HttpStatusCode.OK);
        var refused = await edge.Command("gap", """{ "command": "schedule" }""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("/window/until", "short-window"), ((string)refused["errors"]![0]!["field"]!, (string)refused["errors"]![0]!["code"]!));
    }

    [Fact]
    public async Task Commands_that_come_at_once_leave_one_state()
    {
        await edge.At(Now);
        await edge.Save("busy", """ "goal": { "kind": "count", "target": 3, "of": { "on": ["visit"] } } """, from: "2026-10-20", until: "2026-11-20", version: 1);
        var refused = await edge.Command("busy", """{ "command": "schedule" }""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/window/from", (string)refused["errors"]![0]!["field"]!);
        await edge.Save("busy", """ "goal": { "kind": "count", "target": 3, "of": { "on": ["visit"] } } """, from: "2026-10-21", until: "2026-11-20");
        string[] commands = ["""{ "command": "schedule" }""", """{ "command": "schedule" }""", """{ "command": "cancel", "reason": { "fr": "F", "nl": "N", "en": "E" } }""", """{ "command": "pause" }"""];
        var answers = await Task.WhenAll(commands.Select(body => edge.Marketer.PostAsync("/v1/challenges/busy/commands", Json(body))));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, answer.ToString()));
        Assert.Contains((string)(await edge.Get(edge.Marketer, "/v1/challenges/busy?run=1"))["phase"]!, (string[])["scheduled", "cancelled", "settling"]);
    }
}
