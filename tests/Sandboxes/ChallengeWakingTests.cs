using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Sandboxes;

/// <summary>The engine as it ships: a settlement that could not be written, and that the next start finishes though nobody asks.</summary>
public sealed class ChallengeWakingTests(PostgresServer postgres)
{
    private const string Challenge = """
        { "challenge": { "id": "may", "version": 1, "name": { "fr": "Mai", "nl": "Mei", "en": "May" }, "window": { "from": "2011-05-12", "until": "2011-05-13" },
          "goal": { "kind": "count", "target": 2, "of": { "on": ["sale"] } }, "prizes": { "completion": { "points": 40 } } } }
        """;

    [Fact]
    public async Task What_became_due_is_settled_when_the_engine_starts()
    {
        await using var database = await postgres.CreateDatabase("waking");
        using var folder = new DataFolder();
        string member;
        await using (var engine = await Start(folder.Path, database))
        {
            using var admin = Client(engine, ApiHost.AdminToken(engine.Options, TimeProvider.System));
            await Sent(admin.PostAsJsonAsync("/v1/sandbox/advance", new { to = "2011-05-11T12:00:00Z" }));
            await Sent(admin.PutAsync("/v1/challenges/may", new StringContent(Challenge, System.Text.Encoding.UTF8, "application/json")));
            await Sent(admin.PostAsJsonAsync("/v1/challenges/may/commands", new { command = "schedule" }));
            await Sent(admin.PostAsJsonAsync("/v1/sandbox/advance", new { to = "2011-05-12T14:00:00Z" }));
            using var till = Client(engine, engine.Keys.Tills["BRU"]);
            await Post(till, "1");
            member = (string)(await Post(till, "2"))["member"]!;

            // The feed tells of them without anybody asking; other nodes' commits are looked for.
            await Eventually.Holds(async () => (long)(await Sent(admin.GetAsync("/v1/challenges/may")))["total"]! == 2);
            await Run(database, """
                create function keep_out() returns trigger language plpgsql as $$ begin raise 'kept out' using errcode = '55000'; end $$;
                create trigger keep_out before insert on journal_entry for each row when (new.type = 'challenge.frozen') execute function keep_out()
                """);
            await Sent(admin.PostAsJsonAsync("/v1/sandbox/advance", new { to = "2011-06-01T12:00:00Z" }));
            Assert.Equal("settling", (string)(await Sent(admin.GetAsync("/v1/challenges/may")))["phase"]!);
        }

        await Run(database, "drop function keep_out cascade");
        await using var next = await Start(folder.Path, database);
        using var marketer = Client(next, ApiHost.AdminToken(next.Options, TimeProvider.System));
        await Eventually.Holds(async () => (string)(await Sent(marketer.GetAsync("/v1/challenges/may")))["phase"]! == "settled");
        var settled = await Sent(marketer.GetAsync("/v1/challenges/may"));
        Assert.Equal((1, 2L), ((int)settled["prizesReceived"]!, (long)settled["total"]!));
        Assert.Equal(50, (long)(await Sent(marketer.GetAsync($"/v1/members/{member}")))["balance"]!);
        Assert.Equal("may", (string)(await Sent(marketer.GetAsync("/v1/challenges?show=over")))["challenges"]![0]!["challenge"]!);
    }

    private static Task<WholeEngine> Start(string folder, NpgsqlDataSource database) =>
        WholeEngine.Start(folder, database.ConnectionString, programme: settings => settings with { Clock = BusinessClockKind.Sandbox });

    private static async Task<JsonNode> Post(HttpClient till, string number) => await Sent(till.PostAsJsonAsync("/v1/receipts", new
    {
        type = "sale", store = "BRU", till = "1", businessDate = "2011-05-12", number, occurredAt = "2011-05-12T14:00:00+01:00", card = "1001", currency = "GBP", total = 5m,
        lines = new[] { new { sku = "A", quantity = 1, unitPrice = 5m, amount = 5m } },
    }));

    private static async Task<JsonNode> Sent(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static HttpClient Client(WholeEngine engine, string credential)
    {
        var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return http;
    }
}
