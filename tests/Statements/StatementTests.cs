using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Statements;

/// <summary>What a member reads of its account, over HTTP.</summary>
public sealed class StatementTests(LedgerEdge edge) : IClassFixture<LedgerEdge>
{
    private const string Codes =
        "version,type,recorded_at,occurred_at,receipt,receipt_type,event,event_type,subject,treatment,total,currency,points,balance,unit,posting,from,to,amount,at,cause,source,reason,rule,lot_source,lot_amount,"
        + "lot_earned_at,lot_available_at,lot_expires_on,text";

    [Fact]
    public async Task Holdings_say_where_points_came_from_when_they_come_and_when_they_go()
    {
        var member = await edge.Sell("h-1", 10);
        await edge.Sell("h-1", 20);
        var points = (await edge.Ask($"/v1/members/{member}/holdings"))["units"]![0]!;

        Assert.Equal((0, 30), ((int)points["available"]!, (int)points["pending"]!));
        Assert.Equal("0 disponible, 30 en attente", (string)points["summary"]!["fr"]!);
        Assert.Null(points["origin"]);
        Assert.Equal(("2026-11-22T23:00:00+00:00", 30), ((string)Assert.Single(points["arrivals"]!.AsArray())!["at"]!, (int)points["arrivals"]![0]!["amount"]!));
        Assert.Equal("""[{"on":"2027-02-21","amount":30}]""", points["expiries"]!.ToJsonString());
        Assert.Equal([10, 20], points["lots"]!.AsArray().Select(lot => (int)lot!["amount"]!));
        Assert.All(points["lots"]!.AsArray(), lot => Assert.True((bool)lot!["pending"]!));
    }

    [Fact]
    public async Task A_long_history_is_the_same_in_pages_as_CSV_and_as_JSON()
    {
        var member = "";
        for (var count = 1; count <= 230; count++) member = await edge.Sell("long", 1 + (count % 7), count % 5 == 0 ? "BIO" : "A");

        var json = await edge.Ask($"/v1/members/{member}/statement.json");
        var entries = json["entries"]!.AsArray();
        Assert.Equal(230, entries.Count);
        Assert.Equal(Enumerable.Range(1, 230), entries.Select(entry => (int)entry!["version"]!));
        Assert.Equal(230, (int)json["version"]!);
        Assert.Equal((int)json["units"]![0]!["pending"]!, entries.Sum(entry => (int)entry!["points"]!));
        var newest = (await edge.Ask($"/v1/members/{member}/entries?limit=200"))["entries"]!.AsArray();
        Assert.Equal(newest.Select(entry => entry!.ToJsonString()), entries.Reverse().Take(200).Select(entry => entry!.ToJsonString()));

        var rows = Rows(await Csv(member, null));
        Assert.Equal(Codes, string.Join(',', rows[0]));
        Assert.Equal(230, rows.Count - 1);
        Assert.Equal(entries.Select(entry => (string)entry!["receipt"]!), rows.Skip(1).Select(row => row[Column("receipt")]));
        Assert.Equal(entries.Sum(entry => (int)entry!["points"]!), rows.Skip(1).Sum(row => int.Parse(row[Column("lot_amount")], CultureInfo.InvariantCulture)));
        Assert.All(rows.Skip(1), row => Assert.Equal("2026-11-23T00:00:00+01:00", row[Column("lot_available_at")]));
        Assert.All(rows.Skip(1), row => Assert.Equal("2027-02-21", row[Column("lot_expires_on")]));
    }

    [Theory]
    [InlineData(null, "version", null)]
    [InlineData("de", "version", null)]
    [InlineData("fr-BE,fr;q=0.9,en;q=0.8", "Numéro", "fr")]
    [InlineData("de, en;q=0.5, nl;q=0.7", "Nummer", "nl")]
    [InlineData("fr;q=0, en-GB", "Number", "en")]
    public async Task The_first_row_is_in_the_language_asked_for_and_values_are_not(string? languages, string first, string? answered)
    {
        var member = await edge.Sell("lang", 12.50m, "BIO", $"lang-{first}-{languages?.Length}");
        using var answer = await Get($"/v1/members/{member}/statement.csv", languages);
        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal(answered is null ? [] : [answered], answer.Content.Headers.ContentLanguage);
        Assert.Equal($"statement-{member}.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var rows = Rows(await answer.Content.ReadAsStringAsync());
        Assert.Equal(first, rows[0][0]);
        Assert.Equal("12.5", rows[^1][Column("total")]);
        var text = rows[^1][Column("text")];
        Assert.StartsWith(answered switch { "nl" => "Verdiend. ", "en" => "Earned. ", _ => "Gagnés. " }, text, StringComparison.Ordinal);
        Assert.Contains(answered switch { "nl" => "Bij een aankoop", "en" => "On a purchase", _ => "À l’achat" }, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_shows_what_it_took_and_why()
    {
        var member = await edge.Sell("back", 40, "A", "back-1");
        var back = edge.Sale(-40, "back").Replace("\"type\":\"sale\"", "\"type\":\"return\",\"original\":{\"store\":\"BRU\",\"till\":\"3\",\"businessDate\":\"2026-11-21\",\"number\":\"back-1\"}", StringComparison.Ordinal)
            .Replace("\"quantity\":1,\"unitPrice\":-40", "\"quantity\":-1,\"unitPrice\":40", StringComparison.Ordinal);
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(back)), HttpStatusCode.Created);

        var posting = (await edge.Ask($"/v1/members/{member}/entries"))["entries"]![0]!["postings"]![0]!;
        Assert.Equal(("clawed-back", 40, "BRU/3/2026-11-21/back-1"), ((string)posting["kind"]!, (int)posting["amount"]!, (string)posting["source"]!));
        Assert.Equal("Teruggenomen: de aankoop is teruggebracht", (string)posting["text"]!["nl"]!);
        var why = await edge.Ask($"/v1/members/{member}/entries/2/why");
        Assert.Equal("A return takes back what its purchase had brought.", (string)why["note"]!["en"]!);
        Assert.Empty(why["applied"]!.AsArray());
    }

    [Fact]
    public async Task Why_names_the_rules_that_counted_and_the_first_thing_that_kept_the_others_from_it()
    {
        var member = await edge.Sell("why", 15, "BIO");
        await edge.Sell("why", 9, "BIO");
        await edge.Sell("why", 9, "BIO");
        await edge.Sell("why", 120);

        var first = await edge.Ask($"/v1/members/{member}/entries/1/why");
        Assert.True((bool)first["exact"]!);
        Assert.Equal(["base@1 15", "bio@1 15"], Applied(first));
        Assert.Equal(["big@1 condition"], Missed(first));
        Assert.Equal("Vaut seulement dès 100 € d’achat.", Plain((string)first["missed"]![0]!["because"]!["fr"]!));
        Assert.Equal(2, (int)first["multiplier"]!);
        Assert.Equal("""[{"points":30,"spend":15,"multiplier":2}]""", first["lines"]!.ToJsonString());
        Assert.Equal("""[{"rule":"bio","per":"day","from":"2026-11-21","points":15,"times":1}]""", first["counters"]!.ToJsonString());

        // The cap as it was then, although it is full by now.
        var second = await edge.Ask($"/v1/members/{member}/entries/2/why");
        Assert.Equal(["base@1 9", "bio@1 5"], Applied(second));
        Assert.Equal(5, (int)second["applied"]![1]!["granted"]!);
        var third = await edge.Ask($"/v1/members/{member}/entries/3/why");
        Assert.Contains("bio@1 cap-reached", Missed(third));
        var fourth = await edge.Ask($"/v1/members/{member}/entries/4/why");
        Assert.Equal(["base@1 120", "big@1 50"], Applied(fourth));
        Assert.Equal(["bio@1 no-goods"], Missed(fourth));
    }

    [Fact]
    public async Task A_member_reads_its_own_and_no_other()
    {
        var (own, client) = await edge.Member("own");
        var other = await edge.Sell("other", 5);
        foreach (var path in (string[])["holdings", "statement.csv", "statement.json", "entries/1/why"])
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/v1/members/{own}/{path}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/v1/members/me/{path}")).StatusCode);
            await ReadProblem(await client.GetAsync($"/v1/members/{other}/{path}"), HttpStatusCode.Forbidden, "forbidden");
            await ReadProblem(await edge.Admin.GetAsync($"/v1/members/NOBODY/{path}"), HttpStatusCode.NotFound, "unknown-member");
        }

        foreach (var version in (string[])["0", "2", "-1", "x", "99999999999999999999"])
            await ReadProblem(await client.GetAsync($"/v1/members/me/entries/{version}/why"), HttpStatusCode.NotFound, "unknown-entry");
    }

    [Fact]
    public async Task An_event_is_in_the_statement_with_its_subject_and_explained_like_a_receipt()
    {
        var member = await edge.Sell("event", 5);
        await Read(await edge.Admin.PostAsync("/v1/events", Json($$"""
            {"specversion":"1.0","id":"=4711","source":"//community.example/posts","type":"review","time":"2026-11-21T08:00:00Z","subject":"product/A","data": { "member": "{{member}}" } }
            """, "application/cloudevents+json")), HttpStatusCode.Created);

        var why = await edge.Ask($"/v1/members/{member}/entries/2/why");
        Assert.Equal(("activity.posted", "=4711", true), ((string)why["type"]!, (string)why["event"]!["id"]!, (bool)why["exact"]!));
        Assert.Equal(["review@1 25"], Applied(why));
        Assert.Equal(["big-review@1 condition"], Missed(why));
        var row = Rows(await Csv(member, "en"))[^1];
        Assert.Equal(("//community.example/posts =4711", "review", "product/A", "earned", "25"), (row[Column("event")], row[Column("event_type")], row[Column("subject")], row[Column("treatment")], row[Column("points")]));
    }

    private static string[] Applied(JsonObject why) => [.. why["applied"]!.AsArray().Select(rule => $"{rule!["rule"]} {rule["points"]}")];

    private static string[] Missed(JsonObject why) => [.. why["missed"]!.AsArray().Select(rule => $"{rule!["rule"]} {rule["reason"]}")];

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static int Column(string code) => Array.IndexOf(Codes.Split(','), code);

    private async Task<string> Csv(string member, string? languages)
    {
        using var answer = await Get($"/v1/members/{member}/statement.csv", languages);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Get(string path, string? languages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", edge.Token(Role.Admin));
        if (languages is not null) request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        var answer = await edge.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    /// <summary>Reads CSV as RFC 4180 has it, and nothing else.</summary>
    internal static List<string[]> Rows(string csv)
    {
        var (rows, fields, field) = (new List<string[]>(), new List<string>(), new StringBuilder());
        var quoted = false;
        for (var at = 0; at < csv.Length; at++)
        {
            var letter = csv[at];
            if (quoted)
            {
                if (letter != '"') field.Append(letter);
                else if (at + 1 < csv.Length && csv[at + 1] == '"') field.Append(csv[++at]);
                else quoted = false;
                continue;
            }

            switch (letter)
            {
                case '"' when field.Length == 0:
                    quoted = true;
                    break;
                case ',':
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when csv[at + 1] == '\n':
                    at++;
                    rows.Add([.. fields, field.ToString()]);
                    fields.Clear();
                    field.Clear();
                    break;
                case '"' or '\r' or '\n':
                    Assert.Fail($"{at}: {csv[Math.Max(0, at - 20)..at]}");
                    break;
                default:
                    field.Append(letter);
                    break;
            }
        }

        Assert.Empty(fields);
        Assert.Equal(0, field.Length);
        Assert.Single(rows.Select(row => row.Length).Distinct());
        return rows;
    }
}
