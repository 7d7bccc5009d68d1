using System.Collections.Immutable;
using Gamification.LoadTests.Replays;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Replays;

/// <summary>Real receipts under the example supermarket come to the same on both databases, and every proof holds.</summary>
public sealed class DatabasesTests(PostgresServer postgres)
{
    [Fact]
    public async Task On_PostgreSQL_the_supermarket_comes_to_what_it_does_on_SQLite()
    {
        await using var database = await postgres.CreateDatabase("supermarket");
        var (onPostgres, onSqlite) = (await Replay(database.ConnectionString), await Replay(null));
        Assert.Equal((0, 0), (onPostgres.Faults.Count, onSqlite.Faults.Count));
        Assert.Equal((onSqlite.Totals, onSqlite.Ledger), (onPostgres.Totals, onPostgres.Ledger));
        Assert.Contains("points:", onSqlite.Ledger, StringComparison.Ordinal);
    }

    private static async Task<ReplayFacts> Replay(string? connection)
    {
        using var folder = new DataFolder();
        var file = Path.Combine(AppContext.BaseDirectory, "Programmes", "supermarket", "programme.json");
        var programme = ProgrammeFile.Read(file) with { Clock = BusinessClockKind.Replay };
        var receipts = RealReceipts.Read(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz"), programme);
        var options = new EngineOptions
        {
            DataFolder = folder.Path,
            Postgres = connection,
            Programmes = [programme],
            Catalogues = ImmutableDictionary<string, Catalogue>.Empty.Add(programme.Id, ProgrammeFile.ReadCatalogue(file)),
        };
        await using var storage = await EngineStorage.Open(options);
        await RealReplay.InEngine(options, storage, async grains =>
        {
            await RealReplay.Feed(grains, RealReplay.InOrder(receipts.Take(600)), atOnce: 1);
            return true;
        });
        return await ReplayFacts.Of(storage);
    }
}
