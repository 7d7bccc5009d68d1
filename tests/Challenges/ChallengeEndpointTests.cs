using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Silo.Engine;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Challenges;

/// <summary>Challenges over HTTP, from a template to prizes in accounts, in a sandbox's time.</summary>
public sealed class ChallengeEndpointTests(ChallengeEdge edge) : IClassFixture<ChallengeEdge>
{
    private const string Goal = """
        "goal": { "kind": "count", "target": 3, "of": { "on": ["sale"] } }, "prizes": { "completion": { "points": 50 } }, "compensation": { "gift": { "points": 5 } }
        """;
    private static readonly DateTimeOffset Before = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset Inside = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task From_the_first_day_to_prizes_in_accounts()
    {
        // What can only be seen before it starts.
        await edge.At(Before);
        await Launching_a_template_is_one_call();
        await Errors_name_the_field();
        foreach (var id in (string[])["fair", "wide", "ended", "cancelled"])
        {
            await edge.Save(id, Goal);
            Assert.Equal("scheduled", (string)(await edge.Command(id, """{ "command": "schedule" }"""))["phase"]!);
        }

        await edge.Save("joined", Goal + """, "audience": { "optIn": true }, "by": { "kind": "teams", "teams": [ { "id": "red", "name": { "fr": "R", "nl": "R", "en": "R" } }, { "id": "blue", "name": { "fr": "B", "nl": "B", "en": "B" } } ] }""");
        await edge.Command("joined", """{ "command": "schedule" }""");

        await edge.At(Inside);
        var (_, anna) = await edge.Member("anna");
        var (_, bart) = await edge.Member("bart");
        await Progress_says_what_is_left_and_a_return_takes_it_back(anna);
        await What_is_live_widens_as_it_is_and_narrows_as_a_version_with_a_reason(bart);
        await Who_joins_brings_what_it_did(anna, bart);
        await Read(await edge.Marketer.PostAsync("/v1/challenges/ended/commands", Json("""{ "command": "end", "reason": { "fr": "Rupture", "nl": "Op", "en": "Sold out" } }""")), HttpStatusCode.OK);
        var called = await edge.Command("cancelled", """{ "command": "cancel", "reason": { "fr": "Erreur", "nl": "Fout", "en": "Mistake" } }""");
        Assert.Equal("Mistake", (string)called["reason"]!["en"]!);

        var before = await Balance(anna);
        await edge.At(Inside.AddDays(20));
        foreach (var id in (string[])["fair", "wide", "ended", "joined"]) Assert.Equal("settled", (string)(await edge.Get(anna, $"/v1/challenges/{id}"))["phase"]!);
        Assert.Equal("cancelled", (string)(await edge.Get(anna, "/v1/challenges/cancelled"))["phase"]!);

        // fair, ended and cancelled: anna had three sales, of which one came back, then another.
        Assert.Equal(before + 50 + 50 + 50 + 50 + 50, await Balance(anna));
        await The_certificate_is_what_the_texts_hash_to("fair");
        var lines = (await edge.Get(anna, "/v1/members/me/entries"))["entries"]!.AsArray();
        Assert.Equal(5, lines.Count(line => (string)line!["type"]! == "prize.received"));
        await edge.At(Inside.AddDays(21));
        Assert.Equal(5, (await edge.Get(anna, "/v1/members/me/entries"))["entries"]!.AsArray().Count(line => (string)line!["type"]! == "prize.received"));
        var own = (await edge.Get(anna, "/v1/challenges/fair"))["own"]!;
        Assert.Equal((3, true), ((int)own["score"]!, (bool)own["complete"]!));

        // The next run of the same challenge is another one.
        Assert.Equal(2, (int)(await edge.Save("fair", Goal, from: "2026-12-14", until: "2026-12-20"))["run"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync("/v1/challenges/fair")).StatusCode);
        Assert.Equal("settled", (string)(await edge.Get(anna, "/v1/challenges/fair?run=1"))["phase"]!);
        Assert.Contains("fair", (await edge.Get(anna, "/v1/challenges?show=over"))["challenges"]!.AsArray().Select(one => (string)one!["challenge"]!));
        await Fraud_is_taken_back_and_no_rank_changes(anna);
    }

    private async Task Launching_a_template_is_one_call()
    {
        var templates = (await edge.Get(edge.Marketer, "/v1/challenges/templates"))["templates"]!.AsArray();
        Assert.Contains("zero-gaspillage", templates.Select(one => (string)one!["id"]!));
        var body = """{ "template": "zero-gaspillage", "from": "2027-01-04", "stores": ["BRU"], "schedule": true }""";
        var launched = await Read(await edge.Marketer.PostAsync("/v1/challenges", Json(body)), HttpStatusCode.Created);
        Assert.Equal(("zero-gaspillage", 1), ((string)launched["challenge"]!, (int)launched["run"]!));
        Assert.Contains("Bruxelles", (string)launched["words"]!["fr"]!, StringComparison.Ordinal);
        await Read(await edge.Marketer.PostAsync("/v1/challenges", Json(body)), HttpStatusCode.Created);
        var view = await edge.Get(edge.Till, "/v1/challenges/zero-gaspillage");
        Assert.Equal(("scheduled", "2027-01-03T23:00:00+00:00"), ((string)view["phase"]!, (string)view["opens"]!));
        Assert.Null(view["own"]);
    }

    private async Task Errors_name_the_field()
    {
        Assert.Equal("/stores/0", await Field(await edge.Marketer.PostAsync("/v1/challenges", Json("""{ "template": "zero-gaspillage", "id": "x", "from": "2027-01-04", "stores": ["MARS"] }"""))));
        Assert.Equal("/from", await Field(await edge.Marketer.PostAsync("/v1/challenges", Json("""{ "template": "zero-gaspillage", "id": "y", "from": "2026-01-04", "schedule": true }"""))));
        Assert.Equal("/template", await Field(await edge.Marketer.PostAsync("/v1/challenges", Json("""{ "template": "none", "from": "2027-01-04" }"""))));
        Assert.Equal("/stores", await Field(await edge.Marketer.PostAsync("/v1/challenges", Json("""{ "template": "defi-de-quartier", "from": "2027-01-04" }"""))));
        Assert.Equal("/challenge/goal/target", (string)(await edge.Save("bad", """
        "goal": { "kind": "count", "target": 0, "of": { "on": ["sale"] } }
        """, HttpStatusCode.UnprocessableEntity))["errors"]![0]!["field"]!);
        var checkedOne = await Read(await edge.Marketer.PostAsync("/v1/challenges/validate", Json("""{ "id": "x" }""")), HttpStatusCode.OK);
        Assert.Contains("/version", checkedOne["errors"]!.AsArray().Select(error => (string)error!["field"]!));
        await ReadProblem(await edge.Marketer.PostAsync("/v1/challenges/nobody/commands", Json("""{ "command": "pause" }""")), HttpStatusCode.NotFound, "unknown-challenge");
        await ReadProblem(await edge.Marketer.PostAsync("/v1/challenges/zero-gaspillage/commands", Json("""{ "command": "pause" }""")), HttpStatusCode.UnprocessableEntity, "refused-challenge");
        await ReadProblem(await edge.Marketer.GetAsync("/v1/challenges/zero-gaspillage/settlement/certificate"), HttpStatusCode.NotFound, "unknown-challenge");

        // A draft is there for those who write it.
        await edge.Save("draft", Goal, from: "2027-02-01", until: "2027-02-08");
        Assert.Equal("draft", (string)(await edge.Get(edge.Marketer, "/v1/challenges/draft"))["phase"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await edge.Till.GetAsync("/v1/challenges/draft")).StatusCode);
        Assert.DoesNotContain("draft", (await edge.Get(edge.Till, "/v1/challenges"))["challenges"]!.AsArray().Select(one => (string)one!["challenge"]!));
    }

    private async Task Progress_says_what_is_left_and_a_return_takes_it_back(HttpClient anna)
    {
        await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5, "anna", "A2")));
        await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(6, "anna", "A3")));
        Assert.Equal((3, true, null), await Own(anna));
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(
            """{"type":"void","store":"BRU","till":"3","businessDate":"2026-11-21","number":"V3","card":"anna","original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"A3"},"occurredAt":"2026-11-21T09:30:00+01:00","currency":"EUR","total":0,"lines":[]}""")), HttpStatusCode.Created);
        var (score, complete, left) = await Own(anna);
        Assert.Equal((2, false), (score, complete));
        Assert.StartsWith("Plus que 1", left, StringComparison.Ordinal);
        await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(7, "anna", "A4")));
        Assert.Equal((3, true, null), await Own(anna));
    }

    private async Task What_is_live_widens_as_it_is_and_narrows_as_a_version_with_a_reason(HttpClient bart)
    {
        const string Wider = """
        "goal": { "kind": "count", "target": 2, "of": { "on": ["sale"] } }, "prizes": { "completion": { "points": 50 } }, "compensation": { "gift": { "points": 5 } }
        """;
        const string Narrower = """
        "goal": { "kind": "count", "target": 2, "of": { "on": ["sale"] } }, "prizes": { "completion": { "points": 50 } }
        """;
        await edge.Save("wide", Wider);
        var narrows = await edge.Save("wide", Narrower, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("/challenge/compensation", "narrows"), (narrows["errors"]![0]!["field"]!.GetValue<string>(), narrows["errors"]![0]!["code"]!.GetValue<string>()));
        Assert.Equal("/reason", (string)(await edge.Save("wide", Narrower, HttpStatusCode.UnprocessableEntity, version: 2))["errors"]![0]!["field"]!);
        await edge.Save("wide", Narrower, version: 2, reason: """, "reason": { "fr": "Budget", "nl": "Budget", "en": "Budget" }""");
        var versions = (await edge.Get(bart, "/v1/challenges/wide"))["versions"]!.AsArray();
        Assert.Equal((2, "Budget"), (versions.Count, (string)versions[1]!["reason"]!["nl"]!));
    }

    private async Task Who_joins_brings_what_it_did(HttpClient anna, HttpClient bart)
    {
        await edge.Counted("joined");
        Assert.Equal((0, false), await edge.Get(anna, "/v1/challenges/joined") is var before ? ((int)before["own"]!["score"]!, (bool)before["own"]!["joined"]!) : default);
        await ReadProblem(await anna.PutAsync("/v1/challenges/joined/participation", Json("""{ "joined": true, "team": "green" }""")), HttpStatusCode.UnprocessableEntity, "refused-challenge");
        Assert.Equal("red", (string)(await Read(await anna.PutAsync("/v1/challenges/joined/participation", Json("""{ "joined": true, "team": "red" }""")), HttpStatusCode.OK))["own"]!["team"]!);
        await Read(await bart.PutAsync("/v1/challenges/joined/participation", Json("""{ "joined": true, "team": "blue", "hidden": true }""")), HttpStatusCode.OK);
        await edge.Counted("joined");
        var view = await edge.Get(anna, "/v1/challenges/joined");
        Assert.Equal((3, "red", 3), ((int)view["own"]!["score"]!, (string)view["groups"]![0]!["id"]!, (int)view["groups"]![0]!["score"]!));
    }

    private async Task The_certificate_is_what_the_texts_hash_to(string id)
    {
        var view = await edge.Get(edge.Till, $"/v1/challenges/{id}");
        var texts = new Dictionary<string, byte[]>();
        foreach (var part in (string[])["certificate", "challenge", "standings", "prizes"]) texts[part] = await edge.Till.GetByteArrayAsync($"/v1/challenges/{id}/settlement/{part}");
        Assert.Equal((string)view["certificate"]!, Hash(texts["certificate"]));
        var certificate = Encoding.UTF8.GetString(texts["certificate"]);
        Assert.Contains($"document sha256:{Hash(texts["challenge"])}\n", certificate, StringComparison.Ordinal);
        Assert.Contains($"standings 2 sha256:{Hash(texts["standings"])}\n", certificate, StringComparison.Ordinal);
        Assert.Contains($"prizes 1 sha256:{Hash(texts["prizes"])}\n", certificate, StringComparison.Ordinal);
        await The_command_finds_what_was_changed(id);
    }

    private async Task The_command_finds_what_was_changed(string id)
    {
        using var folder = new Gamification.Tests.EndToEnd.DataFolder();
        using (var http = new HttpClient())
        {
            var output = new StringWriter();
            Assert.Equal(0, await SettlementCommand.Run(["challenge", "verify", id, "--keep", folder.Path, "--server", edge.Till.BaseAddress!.ToString(), "--token", edge.TillKey], http, output, TextWriter.Null));
            Assert.Contains("1 prizes of 50 points", output.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await Kept());
        foreach (var part in (string[])["certificate", "challenge", "standings", "prizes"])
        {
            var path = Path.Combine(folder.Path, $"{part}.txt");
            var text = await File.ReadAllTextAsync(path);
            await File.WriteAllTextAsync(path, text.Replace("50", "51", StringComparison.Ordinal).Replace(" v\n", " h\n", StringComparison.Ordinal).Replace("kind Ran", "kind EndedEarly", StringComparison.Ordinal));
            Assert.NotEqual(text, await File.ReadAllTextAsync(path));
            Assert.Equal(1, await Kept());
            await File.WriteAllTextAsync(path, text);
        }

        Assert.Equal(1, await SettlementCommand.Run(["challenge", "verify", "--from", folder.Path, "--hash", new string('0', 64)], null!, TextWriter.Null, TextWriter.Null));
        Assert.Equal(2, await SettlementCommand.Run(["challenge"], null!, TextWriter.Null, TextWriter.Null));

        Task<int> Kept() => SettlementCommand.Run(["challenge", "verify", "--from", folder.Path], null!, TextWriter.Null, TextWriter.Null);
    }

    private async Task Fraud_is_taken_back_and_no_rank_changes(HttpClient anna)
    {
        var before = await Balance(anna);
        var standings = await edge.Till.GetStringAsync("/v1/challenges/fair/settlement/standings?run=1");
        var slot = standings.Split('\n')[0].Split(' ')[2];
        var adjusted = await Read(await edge.Marketer.PostAsync("/v1/challenges/fair/commands?run=1", Json($$"""{ "command": "adjust", "slot": "{{slot}}", "why": "false receipts" }""")), HttpStatusCode.OK);
        Assert.Equal("adjusted", (string)adjusted["phase"]!);
        await edge.Marketer.PostAsync("/v1/challenges/fair/commands?run=1", Json($$"""{ "command": "adjust", "slot": "{{slot}}", "why": "false receipts" }"""));
        Assert.Equal(before - 50, await Balance(anna));
        Assert.Equal(standings, await edge.Till.GetStringAsync("/v1/challenges/fair/settlement/standings?run=1"));
    }

    private async Task<(int Score, bool Complete, string? Left)> Own(HttpClient client)
    {
        await edge.Counted("fair");
        var own = (await edge.Get(client, "/v1/challenges/fair"))["own"]!;
        return ((int)own["score"]!, (bool)own["complete"]!, (string?)own["left"]?["fr"]);
    }

    private async Task<long> Balance(HttpClient client) => (long)(await edge.Get(client, "/v1/members/me"))["balance"]!;

    private static async Task<string> Field(HttpResponseMessage response) =>
        (string)(await ReadProblem(response, HttpStatusCode.UnprocessableEntity, "refused-challenge"))["errors"]![0]!["field"]!;

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));
}
