using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;

namespace Gamification.Tests.Runtime;

public sealed class SimulationTests
{
    [Fact]
    public void The_same_seed_replays_the_same_steps_and_other_seeds_others()
    {
        var hashes = Enumerable.Range(1, 20).Select(seed => InSimulation.RunSeed(seed, Busy)).ToArray();
        var again = Enumerable.Range(1, 20).Select(seed => InSimulation.RunSeed(seed, Busy)).ToArray();

        Assert.Equal(hashes, again);
        Assert.Equal(20, hashes.Distinct().Count());
    }

    [Fact]
    public void A_seed_gives_the_same_steps_in_every_process() =>
        Assert.Equal(PinnedTrace, InSimulation.RunSeed(42, Busy));

    [Fact]
    public void Other_seeds_let_other_grains_win()
    {
        HashSet<string> orders = [];
        for (var seed = 1; seed <= 50; seed++)
        {
            InSimulation.RunSeed(seed, async host =>
            {
                List<string> order = [];
                await Task.WhenAll("abc".Select(c => $"{c}").Select(async key =>
                {
                    await host.Factory.GetGrain<ICounterGrain>(key).AddSlowly(1, yields: 2);
                    order.Add(key);
                }));
                orders.Add(string.Concat(order));
            });
        }

        Assert.Equal(6, orders.Count);
    }

    [Fact]
    public void Time_moves_only_when_nothing_can_run()
    {
        using var simulation = new SimulationScheduler(1);
        var start = simulation.Time.GetUtcNow();
        var ticks = new List<double>();
        _ = simulation.Run("ticker", async stop =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), simulation.Time, stop);
                ticks.Add((simulation.Time.GetUtcNow() - start).TotalSeconds);
            }
        });

        simulation.RunUntilIdle();
        Assert.Empty(ticks);
        simulation.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal([10, 20], ticks);
        simulation.Run(start + TimeSpan.FromSeconds(30));
        Assert.Equal([10, 20, 30], ticks);
        Assert.Equal(start + TimeSpan.FromSeconds(30), simulation.Time.GetUtcNow());
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), simulation.Time);
        simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.True(soon.IsCancellationRequested);
    }

    [Fact]
    public void A_scenario_that_waits_for_nothing_fails_with_its_last_steps()
    {
        using var simulation = new SimulationScheduler(7);
        var stuck = Assert.Throws<SimulationStuckException>(() => simulation.Run(() => new TaskCompletionSource().Task));
        Assert.Contains("Seed 7", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("scenario", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_without_end_fails_at_the_step_limit()
    {
        using var simulation = new SimulationScheduler(7) { StepLimit = 1_000 };
        var stuck = Assert.Throws<SimulationStuckException>(() => simulation.Run(async () =>
        {
            while (true) await Task.Yield();
        }));
        Assert.Contains("1000 steps", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_throws_throws_here()
    {
        using var simulation = new SimulationScheduler(1);
        Assert.Equal("no", Assert.Throws<InvalidOperationException>(() => simulation.Run(() => throw new InvalidOperationException("no"))).Message);
    }

    private const ulong PinnedTrace = 10544634594103791525;

    private static async Task Busy(ActorHost host)
    {
        var grains = Enumerable.Range(0, 4).Select(i => host.Factory.GetGrain<ICounterGrain>($"{i}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => grains[i % 4].AddSlowly(1, yields: i % 3).AsTask()));
        await Task.Delay(TimeSpan.FromSeconds(3), host.Scheduler.Time);
        await host.Factory.GetGrain<IChainGrain>("a").Along("bc");
    }
}
