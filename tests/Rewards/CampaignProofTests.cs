using Gamification.LoadTests.Replays;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Silo.Engine;
using Gamification.Storage;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Rewards;

/// <summary>What leases count is held to what accounts were given, on real databases, and leases that nobody needs are let go.</summary>
public sealed class CampaignProofTests(PostgresServer postgres)
{
    [Fact]
    public Task On_SQLite_verify_proves_campaigns_and_lets_leases_go() => Prove(null);

    [Fact]
    public async Task On_PostgreSQL_verify_proves_campaigns_and_lets_leases_go()
    {
        await using var database = await postgres.CreateDatabase("campaignproof");
        await Prove(database.ConnectionString);
    }

    private static async Task Prove(string? connection)
    {
        using var folder = new DataFolder();
        var options = new EngineOptions
        {
            DataFolder = folder.Path,
            Postgres = connection,
            Programmes =
            [
                Receipts.Programme() with
                {
                    Earning = Books.Document(Books.Base, Books.Rule("spring", new Bonus { Points = 10 }) with { Campaign = "spring" }) with { Campaigns = [new() { Id = "spring", Budget = 100, Quota = 500 }] },
                },
            ],
        };

        // The second engine needs what the first had leased and not spent: it ends that lease.
        Assert.Equal(3 * 20, await Post(options, member: 1, sales: 3));
        Assert.Equal((7 * 20) + (2 * 10), await Post(options, member: 2, sales: 9));
        var before = await Leases(options);
        var (code, told) = await Verify(options);
        Assert.True(code == 0, told);
        Assert.Contains("Campaigns gave out what is counted: 1 campaigns, ", told, StringComparison.Ordinal);
        var after = await Leases(options);
        Assert.True(after.Length < before.Length);
        Assert.All(after, lease => Assert.True(lease.IsOpen));
        Assert.Contains($", {before.Length - after.Length} of {before.Length} leases let go.", told, StringComparison.Ordinal);

        // Nothing is missing without them: the engine goes on, and the next proof finds the same.
        Assert.Equal(10, await Post(options, member: 3, sales: 1));
        Assert.Equal(0, (await Verify(options)).Code);

        await using var storage = await EngineStorage.Open(options);
        var rows = (await storage.JournalCopy.Leases(default)).Select(lease => new LeaseRow(lease.Programme, lease.Id, new(lease.Points, lease.Awards))).ToArray();
        var more = rows.Select((row, at) => at == 0 ? row with { Tally = new(row.Tally.Points + 1, row.Tally.Awards + 2) } : row).ToArray();
        var findings = (await CampaignCheck.Run(storage.Journal, more, default)).Findings;
        Assert.Equal(["test/campaign/spring: 101 points are counted, and awards took 100.", "test/campaign/spring: 12 awards are counted, and there are 10."], findings);
        var stranger = new LeaseRow("test", Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b"), new(5, 1));
        Assert.Contains("counts 5 points and 1 awards, and its campaign was told 0 and 0.", Assert.Single((await CampaignCheck.Run(storage.Journal, [.. rows, stranger], default)).Findings), StringComparison.Ordinal);
        Assert.Contains(stranger with { Tally = default }, (await CampaignCheck.Run(storage.Journal, [.. rows, stranger with { Tally = default }], default)).Over);
    }

    private static async Task<long> Post(EngineOptions options, int member, int sales)
    {
        await using var storage = await EngineStorage.Open(options);
        return await RealReplay.InEngine(options, storage, async grains =>
        {
            var points = 0L;
            var account = grains.GetGrain<IMemberGrain>($"test/{new MemberId(new Guid(member, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9))}");
            for (var number = 1; number <= sales; number++)
                points += Assert.IsType<ReceiptOutcome.Recorded>(await account.Post(Receipts.Sale($"{member}-{number}", 10m), Receipts.Noon, held: false)).Record.Points;
            return points;
        });
    }

    private static async Task<TransferRow.Lease[]> Leases(EngineOptions options)
    {
        await using var storage = await EngineStorage.Open(options);
        return [.. await storage.JournalCopy.Leases(default)];
    }

    private static async Task<(int Code, string Told)> Verify(EngineOptions options)
    {
        var told = new StringWriter();
        return (await Maintenance.Verify(options, told), told.ToString());
    }
}
