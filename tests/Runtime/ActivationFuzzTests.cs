using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

/// <summary>What must hold whatever happens, written down by the grains themselves.</summary>
public sealed class FuzzWorld(int seed)
{
    private readonly Dictionary<string, int> _alive = [];

    public Random Random { get; } = new(seed);

    public Dictionary<int, int> Handled { get; } = [];

    public int Lives { get; private set; }

    public void Born(string key)
    {
        Lives++;
        Assert.True(_alive.TryAdd(key, 1), $"Seed {seed}: {key} was activated twice.");
    }

    public void Died(string key) => Assert.True(_alive.Remove(key), $"Seed {seed}: {key} died twice.");

    public bool IsAlive(string key) => _alive.ContainsKey(key);

    public void HandledOne(string key, int request)
    {
        Assert.True(IsAlive(key), $"Seed {seed}: {key} took request {request} while it was not alive.");
        Handled[request] = Handled.GetValueOrDefault(request) + 1;
    }
}

public interface IFuzzGrain : IGrainWithStringKey
{
    Task Handle(int request, int depth);

    [ReadOnly]
    ValueTask Look(int request);

    [AlwaysInterleave]
    ValueTask Glance(int request);

    ValueTask Wait(int request, CancellationToken cancellationToken);
}

public sealed class UnluckyException(string message) : Exception(message);

public sealed class FuzzGrain(FuzzWorld world, TimeProvider time) : Grain, IFuzzGrain
{
    private int _exclusive;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Pause();
        if (world.Random.Next(20) == 0) throw new UnluckyException("activation");
        world.Born(Key);
        await Pause();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Pause();
        Assert.Equal(0, _exclusive);
        world.Died(Key);
    }

    public async Task Handle(int request, int depth)
    {
        world.HandledOne(Key, request);
        Assert.Equal(1, ++_exclusive);
        try
        {
            await Pause();
            switch (world.Random.Next(14))
            {
                case 0:
                    DeactivateOnIdle();
                    await Pause();
                    break;
                case 1:
                    throw new UnluckyException("request");
                case 2:
                    this.RegisterGrainTimer(Pause, new() { DueTime = TimeSpan.FromSeconds(1), Period = TimeSpan.FromSeconds(1) });
                    break;
                case 5 when depth < 4:
                    using (var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(world.Random.Next(3)), time))
                    {
                        var waiting = GrainFactory.GetGrain<IFuzzGrain>($"{depth + 1}-{world.Random.Next(2)}").Wait(request + 2_000_000, hurry.Token);
                        if (world.Random.Next(2) == 0) hurry.Cancel();
                        await waiting;
                    }

                    break;
                case 3 or 4 when depth < 4:
                    // Only ever onwards, so that no two chains wait for each other.
                    await GrainFactory.GetGrain<IFuzzGrain>($"{depth + 1}-{world.Random.Next(2)}").Handle(request + 1_000_000, depth + 1);
                    break;
            }

            Assert.Equal(1, _exclusive);
        }
        finally
        {
            _exclusive--;
        }
    }

    public async ValueTask Look(int request)
    {
        world.HandledOne(Key, request);
        Assert.Equal(0, _exclusive);
        await Pause();
        Assert.Equal(0, _exclusive);
    }

    public ValueTask Glance(int request)
    {
        world.HandledOne(Key, request);
        return default;
    }

    public async ValueTask Wait(int request, CancellationToken cancellationToken)
    {
        world.HandledOne(Key, request);
        await Pause();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task Pause()
    {
        for (var i = world.Random.Next(4); i > 0; i--) await Task.Yield();
        if (world.Random.Next(6) == 0) await Task.Delay(TimeSpan.FromSeconds(world.Random.Next(5)), time);
    }
}

public sealed class ActivationFuzzTests
{
    private const int Seeds = 150;

    [Fact]
    public void No_request_is_lost_or_handled_twice_and_a_key_lives_once_at_a_time()
    {
        var lives = 0;
        for (var seed = 1; seed <= Seeds; seed++) lives += Run(seed);
        Assert.InRange(lives, Seeds * 30, int.MaxValue);
    }

    private static int Run(int seed)
    {
        var world = new FuzzWorld(seed);
        var unlucky = 0;
        try
        {
            InSimulation.RunSeed(
                seed,
                async host =>
                {
                    await host.StartAsync(default);
                    await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Call(host, caller)));
                    await host.StopAsync(default);
                    Assert.Equal(0, host.ActivationCount);
                },
                options =>
                {
                    options.CollectionAge = TimeSpan.FromSeconds(2);
                    options.CollectionQuantum = TimeSpan.FromSeconds(1);
                    options.ResponseTimeout = TimeSpan.FromHours(1);
                    options.StopTimeout = TimeSpan.FromHours(1);
                },
                services => services.AddSingleton(world));
        }
        catch (Exception fault) when (fault is not UnluckyException)
        {
            throw new InvalidOperationException($"Seed {seed} failed.", fault);
        }

        return world.Lives;

        async Task Call(ActorHost host, int caller)
        {
            for (var i = 0; i < 40; i++)
            {
                var request = (caller * 1_000) + i;
                var grain = host.Factory.GetGrain<IFuzzGrain>($"0-{world.Random.Next(3)}");
                try
                {
                    switch (world.Random.Next(4))
                    {
                        case 0:
                            await grain.Look(request);
                            break;
                        case 1:
                            await grain.Glance(request);
                            break;
                        default:
                            await grain.Handle(request, depth: 0);
                            break;
                    }

                    Assert.Equal(1, world.Handled[request]);
                }
                catch (Exception fault) when (fault is UnluckyException or OperationCanceledException)
                {
                    unlucky++;
                    Assert.InRange(world.Handled.GetValueOrDefault(request), 0, 1);
                }

                if (world.Random.Next(10) == 0) await Task.Delay(TimeSpan.FromSeconds(world.Random.Next(6)), host.Scheduler.Time);
            }
        }
    }
}
