using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Runtime;

public interface IRudeGrain : IGrainWithStringKey
{
    ValueTask<int> Block(Held held);

    ValueTask<int> Answer();
}

/// <summary>Something to block on.</summary>
[Immutable]
public sealed class Held : IDisposable
{
    public ManualResetEventSlim Entered { get; } = new();

    public ManualResetEventSlim Released { get; } = new();

    public void Dispose()
    {
        Entered.Dispose();
        Released.Dispose();
    }
}

public sealed class RudeGrain : Grain, IRudeGrain
{
    private int _requests;

    public async ValueTask<int> Block(Held held)
    {
        held.Entered.Set();
        held.Released.Wait();
        var blocked = ++_requests;
        await Task.Yield();
        return blocked;
    }

    public ValueTask<int> Answer() => new(++_requests);
}

public sealed class ThreadSchedulerTests
{
    [Fact]
    public async Task A_turn_that_blocks_is_reported_and_others_go_on()
    {
        var log = new Lines();
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(log));
        await using var scheduler = new ThreadScheduler(workers: 1, log: logs.CreateLogger<ThreadScheduler>());
        await using var services = Hosts.Services(scheduler, null);
        await using var host = Hosts.Create(scheduler, services, null);
        for (var round = 0; round < 3; round++)
        {
            using var held = new Held();
            var rude = host.Factory.GetGrain<IRudeGrain>($"rude {round}");
            var blocked = rude.Block(held).AsTask();
            held.Entered.Wait(TestContext.Current.CancellationToken);
            var behind = rude.Answer().AsTask();

            // There is one worker and it is blocked; the answer comes all the same.
            Assert.Equal(1, await host.Factory.GetGrain<ICounterGrain>($"{round}").Add(1));
            Assert.False(blocked.IsCompleted);
            Assert.False(behind.IsCompleted);

            held.Released.Set();
            Assert.Equal(1, await blocked);
            Assert.Equal(2, await behind);
            Assert.Contains(log.All, line => line.Contains($"IRudeGrain/rude {round}.Block", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_grain_that_waits_for_another_on_its_worker_is_freed()
    {
        await using var scheduler = new ThreadScheduler(workers: 1);
        await using var services = Hosts.Services(scheduler, null);
        await using var host = Hosts.Create(scheduler, services, null);
        Assert.Equal(1, await host.Factory.GetGrain<IImpatientGrain>("one").WaitFor("other"));
        Assert.Equal(2, await host.Factory.GetGrain<IImpatientGrain>("one").WaitFor("other"));
    }

    [Theory]
    [InlineData(LoopThread.Shared)]
    [InlineData(LoopThread.Own)]
    public async Task A_loop_is_single_threaded_and_ends_with_its_scheduler(LoopThread thread)
    {
        await using var scheduler = new ThreadScheduler(workers: 1);
        var inside = 0;
        var rounds = new TaskCompletionSource();
        var loop = scheduler.Run("writer", Body, thread, CancellationToken.None);
        await rounds.Task;
        await scheduler.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);

        async Task Body(CancellationToken stop)
        {
            await Task.WhenAll(Step(stop), Step(stop), Step(stop));
            rounds.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }

        async Task Step(CancellationToken stop)
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                Interlocked.Decrement(ref inside);
                if (i % 2 == 0) await Task.Yield();
                else await Task.Run(() => { }, stop);
            }
        }
    }

    [Fact]
    public async Task A_loop_that_fails_says_so()
    {
        await using var scheduler = new ThreadScheduler(workers: 1);
        var loop = scheduler.Run("writer", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("disk full");
        });
        Assert.Equal("disk full", (await Assert.ThrowsAsync<InvalidOperationException>(() => loop)).Message);
    }

    [Fact]
    public void Many_callers_on_many_threads_lose_nothing() => OnThreads.Run(async host =>
    {
        const int Callers = 8;
        const int Calls = 5_000;
        var sums = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                var grain = host.Factory.GetGrain<ICounterGrain>($"{i % 3}");
                if (i % 2 == 0) await grain.Add(1);
                else await grain.AddSlowly(1, yields: i % 5);
            }

            return Calls;
        })));

        var counted = 0;
        for (var i = 0; i < 3; i++) counted += await host.Factory.GetGrain<ICounterGrain>($"{i}").Add(0);
        Assert.Equal(sums.Sum(), counted);
    });

    [Fact]
    public void Calls_that_are_cancelled_from_other_threads_all_end() => OnThreads.Run(async host =>
    {
        var ended = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.Factory.GetGrain<IHurryingGrain>($"{i}").Hurry(1_000).AsTask()));
        Assert.Equal(8_000, ended.Sum());
        Assert.Equal(1, await host.Factory.GetGrain<ICounterGrain>("last").Add(1));
    });

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}

public interface IImpatientGrain : IGrainWithStringKey
{
    ValueTask<int> WaitFor(string other);
}

public sealed class ImpatientGrain : Grain, IImpatientGrain
{
    public ValueTask<int> WaitFor(string other) => new(GrainFactory.GetGrain<ICounterGrain>(other).Add(1).GetAwaiter().GetResult());
}

public interface IHurryingGrain : IGrainWithStringKey
{
    /// <summary>Calls a neighbour and takes the call back at the same time; the answer is how many calls ended.</summary>
    ValueTask<int> Hurry(int calls);

    [AlwaysInterleave]
    ValueTask<int> Answer(CancellationToken cancellationToken);
}

public sealed class HurryingGrain : Grain, IHurryingGrain
{
    public async ValueTask<int> Hurry(int calls)
    {
        var ended = 0;
        for (var i = 0; i < calls; i++)
        {
            using var hurry = new CancellationTokenSource();
            var cancelling = Task.Run(hurry.Cancel);
            try
            {
                await GrainFactory.GetGrain<IHurryingGrain>($"{i % 8}").Answer(hurry.Token);
            }
            catch (OperationCanceledException)
            {
            }

            ended++;
            await cancelling;
        }

        return ended;
    }

    public async ValueTask<int> Answer(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return 1;
    }
}
