using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Silo.Engine.Transfer;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Sandboxes;

/// <summary>A sandbox's time is durable: it stands where it stood after a restart, a rebuild and a move.</summary>
public sealed class SandboxRestartTests(PostgresServer postgres)
{
    [Fact]
    public async Task The_time_stands_where_it_stood_whatever_happens_to_the_process()
    {
        using var folder = new DataFolder();
        EngineOptions options;
        await using (var engine = await Start(folder.Path))
        {
            options = engine.Options.Engine;
            Assert.Equal("2011-05-12T12:00:00+00:00", await Advance(engine, new { to = "2011-05-12T12:00:00Z" }));
            Assert.Equal(["2011-05-12"], await Post(engine, "1", "2011-05-12T13:00:00+01:00"));

            // A receipt from far ahead is taken at the sandbox's time, and moves nothing.
            Assert.Equal(["occurred-at-clamped"], await Post(engine, "2", "2011-05-12T23:00:00+01:00", flags: true));
            Assert.Equal(At("2011-05-12T12:00:00Z"), await TimeOf(engine));
            Assert.Equal("2011-05-13T12:00:00+00:00", await Advance(engine, new { by = "P1D" }));
        }

        await using (var restarted = await Start(folder.Path)) Assert.Equal(At("2011-05-13T12:00:00Z"), await TimeOf(restarted));
        Assert.Equal(0, await Maintenance.Rebuild(options, TimeProvider.System, TextWriter.Null));
        await using (var rebuilt = await Start(folder.Path)) Assert.Equal("2011-05-13T13:00:00+00:00", await Advance(rebuilt, new { by = "PT1H" }));

        await using var database = await postgres.CreateDatabase("sandbox");
        using var away = new DataFolder();
        File.Copy(Path.Combine(folder.Path, "secret.key"), Path.Combine(away.Path, "secret.key"));
        using var stream = new MemoryStream();
        Assert.Equal(0, await Export.Run(options, stream, TextWriter.Null));
        stream.Position = 0;
        Assert.Equal(0, await Import.Run(options with { DataFolder = away.Path, Postgres = database.ConnectionString }, stream, TimeProvider.System, TextWriter.Null));
        await using var moved = await Start(away.Path, database.ConnectionString);
        Assert.Equal(At("2011-05-13T13:00:00Z"), await TimeOf(moved));
    }

    private static Task<WholeEngine> Start(string folder, string? connection = null) =>
        WholeEngine.Start(folder, connection, programme: settings => settings with { Clock = BusinessClockKind.Sandbox });

    private static Task<DateTimeOffset?> TimeOf(WholeEngine engine) => engine.Grains.GetGrain<IProgrammeGrain>(engine.Programme.Id).BusinessTime();

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> Advance(WholeEngine engine, object wish)
    {
        using var http = Client(engine, ApiHost.AdminToken(engine.Options, TimeProvider.System));
        using var answer = await http.PostAsJsonAsync("/v1/sandbox/advance", wish);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, json.RootElement.ToString());
        return json.RootElement.GetProperty("now").GetString()!;
    }

    private static async Task<string[]> Post(WholeEngine engine, string number, string at, bool flags = false)
    {
        using var http = Client(engine, engine.Keys.Tills["BRU"]);
        using var answer = await http.PostAsJsonAsync("/v1/receipts", new
        {
            type = "sale", store = "BRU", till = "1", businessDate = at[..10], number, occurredAt = at, card = "1001", currency = "GBP", total = flags ? 6m : 5m,
            lines = new[] { new { sku = "A", quantity = 1, unitPrice = flags ? 6m : 5m, amount = flags ? 6m : 5m } },
        });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, json.RootElement.ToString());
        return flags ? [.. json.RootElement.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)] : [at[..10]];
    }

    private static HttpClient Client(WholeEngine engine, string credential)
    {
        var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return http;
    }
}
