using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gamification.Runtime.Scheduling;

namespace Gamification.Tests.Runtime;

public interface IAwaitingGrain : IGrainWithStringKey
{
    ValueTask<string> AwaitEverything(string other);

    ValueTask<int> Double(int value);

    ValueTask AwaitThePool();
}

public sealed class AwaitingGrain(TimeProvider time) : Grain, IAwaitingGrain
{
    public async ValueTask<string> AwaitEverything(string other)
    {
        var mine = SynchronizationContext.Current;
        var next = GrainFactory.GetGrain<IAwaitingGrain>(other);

        await Task.Yield();
        Same("a yield");
        await Task.Delay(TimeSpan.FromMilliseconds(2), time);
        Same("a delay");
        await Task.WhenAll(next.Double(1).AsTask(), next.Double(2).AsTask(), Task.Delay(TimeSpan.FromMilliseconds(1), time));
        Same("all of several");
        await next.Double(3).ConfigureAwait(true);
        Same("a call");

        var channel = Channel.CreateBounded<int>(1);
        var writing = Write();
        await channel.Reader.WaitToReadAsync();
        Same("a channel");
        await writing;
        Same("an own method");

        var source = new TaskCompletionSource();
        using var timer = time.CreateTimer(_ => source.SetResult(), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        await source.Task;
        Same("a source completed by a timer");
        await foreach (var _ in Numbers()) Same("a stream");
        return "all came back";

        async Task Write()
        {
            await Task.Yield();
            await channel.Writer.WriteAsync(1);
        }

        async IAsyncEnumerable<int> Numbers()
        {
            await Task.Yield();
            yield return 1;
            await Task.Yield();
            yield return 2;
        }

        void Same(string after) => Assert.True(ReferenceEquals(mine, SynchronizationContext.Current), $"After {after} the turn was another's.");
    }

    public ValueTask<int> Double(int value) => new(value * 2);

    public async ValueTask AwaitThePool()
    {
        var mine = SynchronizationContext.Current;
        await new WorkOnThePool();
        Assert.Same(mine, SynchronizationContext.Current);
    }
}

/// <summary>Work on the thread pool that is never over before somebody waits for it: it ends only once the waiting one is known to it.</summary>
public sealed class WorkOnThePool : INotifyCompletion
{
    private readonly ManualResetEventSlim _awaited = new();

    public bool IsCompleted => false;

    public WorkOnThePool GetAwaiter() => this;

    public void OnCompleted(Action continuation)
    {
        Task.Run(_awaited.Wait).GetAwaiter().OnCompleted(continuation);
        _awaited.Set();
    }

    public void GetResult() => _awaited.Dispose();
}

public abstract class TurnTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void Whatever_a_grain_awaits_comes_back_to_its_own_turn() => THost.Run(
        async host => Assert.Equal("all came back", await host.Factory.GetGrain<IAwaitingGrain>("one").AwaitEverything("two")));
}

public sealed class TurnsOnThreads : TurnTests<OnThreads>
{
    [Fact]
    public void Work_on_the_thread_pool_comes_back_too() => OnThreads.Run(
        async host => await host.Factory.GetGrain<IAwaitingGrain>("one").AwaitThePool());

    [Fact]
    public void A_caller_outside_goes_on_on_the_thread_pool() => OnThreads.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ICounterGrain>("one");
        for (var i = 0; i < 100; i++)
        {
            await grain.AddSlowly(1, yields: 1);
            Assert.True(Thread.CurrentThread.IsThreadPoolThread);
            await grain.Add(1);
            Assert.True(Thread.CurrentThread.IsThreadPoolThread);
        }
    });
}

public sealed class TurnsInSimulation : TurnTests<InSimulation>
{
    [Fact]
    public void Work_that_leaves_the_simulation_is_refused_by_name()
    {
        var escape = Assert.ThrowsAny<Exception>(() => InSimulation.RunSeed(
            1, async host => await host.Factory.GetGrain<IAwaitingGrain>("one").AwaitThePool()));

        // What the simulation notices first depends on the other thread: the work that came back, or that nobody answers.
        Assert.True(escape is SimulationEscapedException or SimulationStuckException or TimeoutException, escape.ToString());
    }
}
