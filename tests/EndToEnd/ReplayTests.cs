using System.Text.Json;
using Gamification.Api.Demo;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Tests.Storage;

namespace Gamification.Tests.EndToEnd;

/// <summary>The real sample through the public API: the facts hold, whatever is repeated, restarted or rebuilt, on both databases.</summary>
public sealed class ReplayTests(PostgresServer postgres)
{
    private static readonly JsonElement Facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample-facts.json"))).RootElement;

    [Fact]
    public Task On_SQLite_the_sample_gives_its_facts_again_and_again() => ReplayRestartRebuild(null);

    [Fact]
    public async Task On_PostgreSQL_the_sample_gives_its_facts_again_and_again()
    {
        await using var database = await postgres.CreateDatabase("replay");
        await ReplayRestartRebuild(database.ConnectionString);
    }

    [Fact]
    public async Task By_amount_the_programme_has_the_net_points()
    {
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, returns: UnlinkedReturns.ByAmount);
        await engine.ReplaySample();
        Assert.Equal(Facts.GetProperty("points_net_total").GetInt64(), (await engine.Totals()).Points);
        Assert.Equal(Top("top20_points_net"), (await engine.Scores("programme/all/points"))[..20]);
    }

    private static async Task ReplayRestartRebuild(string? connection)
    {
        using var folder = new DataFolder();
        EngineOptions options;
        await using (var engine = await WholeEngine.Start(folder.Path, connection))
        {
            options = engine.Options.Engine;
            var (sales, returns) = (Count("sale"), Count("return"));
            Assert.Equal(new DemoCounts(sales + returns, 0, 0), await engine.ReplaySample());
            await CheckFacts(engine);
            Assert.Equal(new DemoCounts(0, sales + returns, 0), await engine.ReplaySample());
            await CheckFacts(engine);
        }

        await using (var restarted = await WholeEngine.Start(folder.Path, connection))
        {
            await CheckFacts(restarted);
        }

        Assert.Equal(0, await Maintenance.Rebuild(options, TimeProvider.System, TextWriter.Null));
        Assert.Equal(0, await Maintenance.Verify(options, TextWriter.Null));
        await using var rebuilt = await WholeEngine.Start(folder.Path, connection);
        await CheckFacts(rebuilt);
    }

    private static async Task CheckFacts(WholeEngine engine)
    {
        var totals = await engine.Totals();
        var points = Facts.GetProperty("points_sales_total").GetInt64();
        var anonymous = Facts.GetProperty("by_type").GetProperty("anonymous_sale").GetInt64();
        Assert.Equal((Count("sale"), anonymous, Facts.GetProperty("members").GetInt64(), points), (totals.Receipts, totals.AnonymousReceipts, totals.Members, totals.Points));
        Assert.Equal(Top("top20_points_sales"), (await engine.Scores("programme/all/points"))[..20]);
        Assert.Equal(Top("top20_points_sales"), (await engine.Scores("programme/month/points"))[..20]);
        Assert.Equal(Top("top20_sale_receipts"), (await engine.Scores("programme/all/receipts"))[..20]);
    }

    private static long Count(string type) => Facts.GetProperty("by_type").GetProperty(type).GetInt64();

    private static long[] Top(string name) => [.. Facts.GetProperty(name).EnumerateArray().Select(row => row.GetProperty("value").GetInt64())];
}
