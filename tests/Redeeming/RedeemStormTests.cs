using System.Diagnostics;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Rewards;
using Gamification.Runtime.Scheduling;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;
using Gamification.Tests.Time;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Redeeming;

/// <summary>A hot reward with real members on real threads and real databases (spec B6).</summary>
public sealed class RedeemStormTests(ITestOutputHelper output, PostgresServer postgres)
{
    [Fact]
    public async Task Of_ten_thousand_members_at_once_exactly_as_many_as_there_are_mugs_pay_for_one()
    {
        using var folder = new DataFolder();
        await using var storage = new SqliteJournalStorage(Path.Combine(folder.Path, "journal.db"));
        await Storm(storage, members: 10_000, stock: 500);
    }

    [Fact]
    public async Task On_PostgreSQL_it_is_the_same()
    {
        await using var database = await postgres.CreateDatabase("redeem");
        await using var storage = await PostgresJournalStorage.Open(database, CancellationToken.None);
        await Storm(storage, members: 400, stock: 50);
    }

    private async Task Storm(IJournalStorage storage, int members, int stock)
    {
        await using var scheduler = new ThreadScheduler();
        var clock = new ManualTimeProvider();
        var engine = new RedeemHost(scheduler, storage, clock: clock);
        await engine.Publish(Mug(stock: stock));
        await Task.WhenAll(Enumerable.Range(0, members).Select(number => engine.Earn(Number(number), 300)));

        var since = Stopwatch.GetTimestamp();
        var got = await Task.WhenAll(Enumerable.Range(0, members).Select(number => Task.Run(() => Redeem(engine, number))));
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"{members} redemptions of {stock} in {took.TotalMilliseconds:0} ms: {members / took.TotalSeconds:0}/s");

        Assert.Equal(stock, got.Count(it => it));
        var view = await engine.Stock().View();
        Assert.Equal((stock, 0, 0L), (view.Taken, view.Open, view.Left));
        var balances = await Task.WhenAll(Enumerable.Range(0, members).Select(async number => (await engine.Account(Number(number)).View()).Balance));
        Assert.Equal(got.Select(it => it ? 100L : 300L), balances);
        await engine.Close();

        // A hold and a debit each, and nothing of those who came too late; and the whole ledger proves.
        var types = await EntryTypes(storage);
        Assert.Equal((stock, stock, 0), (types.GetValueOrDefault(RewardHeld.Type), types.GetValueOrDefault(RewardCommitted.Type), types.GetValueOrDefault(RewardAbandoned.Type)));
        Assert.Empty((await LedgerCheck.Run(storage, CancellationToken.None)).Findings);

        // The next start says the same to everybody who asks again.
        var after = new RedeemHost(scheduler, storage, clock: clock);
        var again = await Task.WhenAll(Enumerable.Range(0, members).Where(number => got[number]).Select(number => after.Rewards(Number(number)).Redeem(Ask())));
        Assert.All(again, outcome => Assert.True(outcome is RedeemOutcome.Stands { Replayed: true, Entitlement.State: EntitlementState.Ready }));
        Assert.Equal(stock, (await after.Stock().View()).Taken);
        await after.Close();
    }

    /// <summary>Every third asks twice at once, as an app does that heard nothing.</summary>
    private static async Task<bool> Redeem(RedeemHost engine, int number)
    {
        var rewards = engine.Rewards(Number(number));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, number % 3 == 0 ? 2 : 1).Select(_ => rewards.Redeem(Ask())));
        if (outcomes[0] is RedeemOutcome.Refused { Refusal.Code: var code })
        {
            Assert.Equal("sold-out", code);
            return false;
        }

        var held = Assert.IsType<RedeemOutcome.Stands>(outcomes[0]).Entitlement;
        Assert.All(outcomes, outcome => Assert.Equal(held.Id, ((RedeemOutcome.Stands)outcome).Entitlement.Id));
        return await rewards.Keep(held.Id, "member") is RedeemOutcome.Stands { Entitlement.State: EntitlementState.Ready };
    }

    private static async Task<Dictionary<string, int>> EntryTypes(IJournalStorage storage)
    {
        var types = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var entry in storage.ReadAll(CancellationToken.None)) types[entry.Type] = types.GetValueOrDefault(entry.Type) + 1;
        return types;
    }
}
