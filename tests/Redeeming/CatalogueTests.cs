using Gamification.Rewards;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Redeeming;

/// <summary>A catalogue at run time: published, changed, and told to stocks that were away.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void A_change_reaches_the_stocks_and_the_same_again_changes_nothing() => Run(async (scheduler, journal, reminders) =>
    {
        var engine = await Start(scheduler, journal, reminders);
        var catalogue = engine.Grains.GetGrain<IRewardCatalogueGrain>("test");
        var file = new RewardCatalogue { Rewards = [Mug(stock: 3), Reward("five", new DiscountReward { Amount = 500 })] };
        await catalogue.Publish(file, "programme", Noon);
        await catalogue.Publish(file, "programme", Noon);
        Assert.Equal(2, journal.Stored.Count(entry => entry.Type is RewardListEntry.Listed.Type));
        Assert.Equal(3, (await engine.Stock().View()).Left);

        await engine.Publish(Mug(stock: 7));
        Assert.Equal(7, (await engine.Stock().View()).Left);
        await engine.Publish(Mug(stock: 7));
        engine.Stop();
        await engine.Host.StopAsync(default);

        var again = await Start(scheduler, journal, reminders);
        var published = (await again.Grains.GetGrain<IRewardCatalogueGrain>("test").Published(-1))!;
        Assert.Equal(("mug", 1, 7L), (Assert.Single(published.Rewards).Reward.Id, published.Rewards[0].Number, published.Rewards[0].Reward.Stock));
        Assert.Null(await again.Grains.GetGrain<IRewardCatalogueGrain>("test").Published(published.Version));
        await again.Publish(Reward("pen", new ProductReward { Sku = "P" }), Mug(stock: 7));
        published = (await again.Grains.GetGrain<IRewardCatalogueGrain>("test").Published(-1))!;
        Assert.Equal([("pen", 3), ("mug", 1)], published.Rewards.Select(one => (one.Reward.Id, one.Number)));
        again.Stop();
    });

    [Fact]
    public void What_is_dropped_can_no_longer_be_asked_for_and_what_was_promised_stays_promised() => Run(async (scheduler, journal, reminders) =>
    {
        var engine = await Start(scheduler, journal, reminders);
        await engine.Publish(Mug(stock: 3));
        await engine.Earn(Number(1), 500);
        var held = Assert.IsType<RedeemOutcome.Stands>(await engine.Rewards(Number(1)).Redeem(Ask()));
        await engine.Publish();
        Assert.Equal("reward-unknown", Assert.IsType<RedeemOutcome.Refused>(await engine.Rewards(Number(1)).Redeem(Ask("app-2"))).Refusal.Code);
        Assert.Equal("too-late", Assert.IsType<ReserveOutcome.Refused>(await engine.Stock().Reserve(
            new() { Id = ReservationId.Of("test", "mug", Number(1), "direct"), Member = Number(1), At = scheduler.Time.GetUtcNow().AddSeconds(1) })).Refusal.Code);
        Assert.Equal(EntitlementState.Used, Assert.IsType<RedeemOutcome.Stands>(await engine.Rewards(Number(1)).Use(held.Entitlement.Id, AtTill())).Entitlement.State);
        engine.Stop();
    });

    [Fact]
    public void A_hold_in_a_replay_ends_by_the_real_clock_though_nobody_asks() => Run(async (scheduler, journal, reminders) =>
    {
        var engine = await Start(scheduler, journal, reminders, replay: true);
        await engine.Publish(Reward("five", new DiscountReward { Amount = 500 }, 100));
        await engine.Earn(Number(1), 500);
        await engine.Rewards(Number(1)).Redeem(Ask(reward: "five"));
        Assert.Equal(400, (await engine.Account(Number(1)).View()).Balance);
        await Task.Delay(TimeSpan.FromMinutes(17), scheduler.Time);
        Assert.Equal(500, (await engine.Account(Number(1)).View()).Balance);
        Assert.DoesNotContain(await reminders.ReadAll(default), reminder => reminder.ReminderName.StartsWith("reward-", StringComparison.Ordinal));
        engine.Stop();
    });

    private static void Run(Func<SimulationScheduler, FaultyJournalStorage, InMemoryReminderTable, Task> scenario)
    {
        using var scheduler = new SimulationScheduler(1, Noon);
        scheduler.Run(() => scenario(scheduler, new(new Random(1), scheduler.Time), new()));
    }

    private static async Task<RedeemHost> Start(SimulationScheduler scheduler, FaultyJournalStorage journal, InMemoryReminderTable reminders, bool replay = false)
    {
        var programme = replay ? WithLedger() with { Clock = Programmes.BusinessClockKind.Replay } : null;
        var engine = new RedeemHost(scheduler, journal, reminders, programme);
        await engine.Host.StartAsync(default);
        return engine;
    }
}
