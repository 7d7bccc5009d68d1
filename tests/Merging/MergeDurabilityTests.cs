using Gamification.LoadTests.Replays;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Silo.Engine;
using Gamification.Storage;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Rules;
using Gamification.Tests.Storage;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Merging;

/// <summary>An engine that ends after the first of a merge's two sides, on real databases: the next one finishes it, once.</summary>
public sealed class MergeDurabilityTests(PostgresServer postgres)
{
    private static readonly MemberId One = Number(1), Other = Number(2);
    private static readonly MergeOrder Order = new() { Id = "crm-1", From = One, Into = Other, Reason = "one person", By = "marie" };

    [Fact]
    public Task On_SQLite_a_merge_survives_between_its_sides() => DieBetween(null);

    [Fact]
    public async Task On_PostgreSQL_a_merge_survives_between_its_sides()
    {
        await using var database = await postgres.CreateDatabase("merging");
        await DieBetween(database.ConnectionString);
    }

    private static async Task DieBetween(string? connection)
    {
        using var folder = new DataFolder();
        var options = new EngineOptions { DataFolder = folder.Path, Postgres = connection, Programmes = [MergeSimulation.Programme] };
        await Engine(options, async grains =>
        {
            await Post(grains, One, "one", 120);
            await Post(grains, Other, "other", 30);
            Assert.Null((await Account<IMergingAccount>(grains, One).Leave(Order, Noon)).Refusal);
            return 0;
        });
        var merged = await Engine(options, async grains =>
        {
            Assert.IsType<MergeOutcome.Done>(await Merges(grains).Merge(Order, Noon));
            Assert.True(Assert.IsType<MergeOutcome.Done>(await Merges(grains).Merge(Order, Noon)).Replayed);
            Assert.IsType<MergeOutcome.Conflict>(await Merges(grains).Merge(Order with { From = Number(3) }, Noon));
            await Post(grains, One, "late", 1);
            Assert.Null((await Account<IMergingAccount>(grains, Other).Part(Order.Id, "marie", Noon)).Refusal);
            return (await Account<IMemberGrain>(grains, One).View()).Member;
        });
        Assert.Equal(Other, merged);
        var (one, other) = await Engine(options, async grains =>
        {
            Assert.IsType<MergeOutcome.Done>(await Merges(grains).Undo(Order.Id, Other, "marie", Noon));
            return (await Account<IMemberGrain>(grains, One).View(), await Account<IMemberGrain>(grains, Other).View());
        });
        Assert.Equal((One, 120L, 1L, Other, 31L, 2L), (one.Member, one.Balance, one.Receipts, other.Member, other.Balance, other.Receipts));

        await using var storage = await EngineStorage.Open(options);
        Assert.Empty((await ((ISelfChecking)storage.Journal).Verify(default)).Findings);
        Assert.Empty((await LedgerCheck.Run(storage.Journal, default)).Findings);
    }

    private static async Task<T> Engine<T>(EngineOptions options, Func<IGrainFactory, Task<T>> work)
    {
        await using var storage = await EngineStorage.Open(options);
        return await RealReplay.InEngine(options, storage, work);
    }

    private static IMergesGrain Merges(IGrainFactory grains) => grains.GetGrain<IMergesGrain>(MergeSimulation.Programme.Id);

    private static T Account<T>(IGrainFactory grains, MemberId member)
        where T : IGrainWithStringKey => grains.GetGrain<T>($"{MergeSimulation.Programme.Id}/{member}");

    private static async Task Post(IGrainFactory grains, MemberId member, string number, int euros) =>
        Assert.IsType<ReceiptOutcome.Recorded>(await Account<IMemberGrain>(grains, member).Post(Receipts.Sale(number, euros), Noon, held: false));
}
