using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gamification.Programmes;
using Gamification.Silo.Engine;

namespace Gamification.Tests.EndToEnd;

/// <summary>A replay's clock stands at the newest event, however often the engine is started or rebuilt.</summary>
public sealed class BusinessTimeTests
{
    [Fact]
    public async Task One_receipt_far_ahead_does_not_end_the_history_nor_after_a_rebuild()
    {
        using var folder = new DataFolder();
        EngineOptions options;
        await using (var engine = await WholeEngine.Start(folder.Path))
        {
            options = engine.Options.Engine;
            await Post(engine, "1", "2010-12-01T08:26:00+01:00");
            await Post(engine, "2", "2011-10-31T17:20:00+01:00");
            Assert.Equal(Instant("2010-12-01T08:26:00+01:00"), await TimeOf(engine));
            await Post(engine, "3", "2010-12-30T09:00:00+01:00");
            await Post(engine, "4", "2010-12-02T09:00:00+01:00");
            Assert.Equal(Instant("2010-12-30T09:00:00+01:00"), await TimeOf(engine));
        }

        await using (var restarted = await WholeEngine.Start(folder.Path)) Assert.Equal(Instant("2010-12-30T09:00:00+01:00"), await TimeOf(restarted));
        Assert.Equal(0, await Maintenance.Rebuild(options, TimeProvider.System, TextWriter.Null));
        await using var rebuilt = await WholeEngine.Start(folder.Path);
        Assert.Equal(Instant("2010-12-30T09:00:00+01:00"), await TimeOf(rebuilt));
    }

    private static Task<DateTimeOffset?> TimeOf(WholeEngine engine) => engine.Grains.GetGrain<IProgrammeGrain>(engine.Programme.Id).BusinessTime();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Post(WholeEngine engine, string number, string at)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
        using var answer = await http.PostAsJsonAsync("/v1/receipts", new
        {
            type = "sale", store = "BRU", till = "1", businessDate = at[..10], number, occurredAt = at, card = "1001", currency = "GBP", total = 5m,
            lines = new[] { new { sku = "A", quantity = 1, unitPrice = 5m, amount = 5m } },
        });
        answer.EnsureSuccessStatusCode();
    }
}
