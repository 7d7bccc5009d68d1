using Gamification.Runtime.Hosting;

namespace Gamification.Tests.Runtime;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls along the path and answers with how far it came.</summary>
    Task<int> Along(string path);

    [OneWay]
    Task Notify(string path);

    Task<int> NotifyAndReturn(string path);

    [AlwaysInterleave]
    Task<int> AlongAnyway(string path);

    Task<int> BackAnyway(string path);

    [ReadOnly]
    Task<int> Read(string path);
}

public interface IReentrantChainGrain : IGrainWithStringKey
{
    Task<int> Along(string path);
}

public sealed class ChainGrain : Grain, IChainGrain
{
    private int _notified;

    public Task<int> Along(string path) => path.Length == 0 ? Task.FromResult(_notified) : Next(path).Along(path[1..]);

    public Task Notify(string path)
    {
        _notified++;
        return Task.CompletedTask;
    }

    public async Task<int> NotifyAndReturn(string path)
    {
        await Next(path).Notify("");
        return 1;
    }

    public Task<int> AlongAnyway(string path) => path.Length == 0 ? Task.FromResult(7) : Next(path).AlongAnyway(path[1..]);

    public Task<int> BackAnyway(string path) => Next(path).AlongAnyway(path[1..]);

    public Task<int> Read(string path) => path.Length == 0 ? Task.FromResult(9) : Next(path).Read(path[1..]);

    private IChainGrain Next(string path) => GrainFactory.GetGrain<IChainGrain>(path[..1]);
}

[Reentrant]
public sealed class ReentrantChainGrain : Grain, IReentrantChainGrain
{
    public Task<int> Along(string path) =>
        path.Length == 0 ? Task.FromResult(1) : GrainFactory.GetGrain<IReentrantChainGrain>(path[..1]).Along(path[1..]);
}

public interface IActivationChainGrain : IGrainWithStringKey
{
    Task<int> Answer();
}

public sealed class ActivationChainGrain : Grain, IActivationChainGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() == "a") await GrainFactory.GetGrain<IActivationChainGrain>("b").Answer();
    }

    public Task<int> Answer() => GrainFactory.GetGrain<IActivationChainGrain>("a").Answer();
}

public abstract class DeadlockTests<THost>
    where THost : IHostKind
{
    [Theory]
    [InlineData("a", "IChainGrain/a.Along -> IChainGrain/a.Along")]
    [InlineData("ba", "IChainGrain/a.Along -> IChainGrain/b.Along -> IChainGrain/a.Along")]
    [InlineData("bcdb", "IChainGrain/a.Along -> IChainGrain/b.Along -> IChainGrain/c.Along -> IChainGrain/d.Along -> IChainGrain/b.Along")]
    public void A_chain_that_would_wait_for_itself_fails_at_once_and_is_named(string path, string chain) => THost.Run(async host =>
    {
        var deadlock = await Assert.ThrowsAsync<DeadlockException>(() => host.Factory.GetGrain<IChainGrain>("a").Along(path));
        Assert.Contains(chain, deadlock.Message, StringComparison.Ordinal);
        Assert.Equal(chain, string.Join(" -> ", deadlock.Chain));

        // The grains are free again.
        Assert.Equal(0, await host.Factory.GetGrain<IChainGrain>("a").Along("b"));
    });

    [Fact]
    public void A_chain_that_comes_back_where_it_may_interleave_is_no_deadlock() => THost.Run(async host =>
    {
        Assert.Equal(7, await host.Factory.GetGrain<IChainGrain>("a").BackAnyway("ba"));
        Assert.Equal(9, await host.Factory.GetGrain<IChainGrain>("a").Read("ba"));
        Assert.Equal(1, await host.Factory.GetGrain<IReentrantChainGrain>("a").Along("ba"));
    });

    [Fact]
    public void A_call_whose_answer_nobody_awaits_is_no_deadlock() => THost.Run(async host =>
    {
        var a = host.Factory.GetGrain<IChainGrain>("a");
        Assert.Equal(1, await a.NotifyAndReturn("a"));
        Assert.Equal(1, await a.Along(""));
    });

    [Fact]
    public void An_activation_that_waits_for_itself_fails() => THost.Run(async host =>
    {
        var deadlock = await Assert.ThrowsAsync<DeadlockException>(() => host.Factory.GetGrain<IActivationChainGrain>("a").Answer());
        Assert.Contains(
            "IActivationChainGrain/a.OnActivateAsync -> IActivationChainGrain/b.Answer -> IActivationChainGrain/a.Answer",
            deadlock.Message,
            StringComparison.Ordinal);
    });
}

public sealed class DeadlocksOnThreads : DeadlockTests<OnThreads>;

public sealed class DeadlocksInSimulation : DeadlockTests<InSimulation>;

public interface ICrossGrain : IGrainWithStringKey
{
    Task<int> CallOther(string other);

    Task<int> Answer();
}

public sealed class CrossGrain(TimeProvider time) : Grain, ICrossGrain
{
    public async Task<int> CallOther(string other)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        return await GrainFactory.GetGrain<ICrossGrain>(other).Answer();
    }

    public Task<int> Answer() => Task.FromResult(1);
}

public sealed class CrossDeadlockTests
{
    [Fact]
    public void Two_chains_that_wait_for_each_other_are_named_at_their_timeout() => InSimulation.Run(async host =>
    {
        var calls = new[]
        {
            host.Factory.GetGrain<ICrossGrain>("a").CallOther("b"),
            host.Factory.GetGrain<ICrossGrain>("b").CallOther("a"),
        };
        await ((Task)Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Contains(calls, call => call.Exception?.InnerException is DeadlockException { Chain.Count: 5 });
        Assert.Equal(1, await host.Factory.GetGrain<ICrossGrain>("a").Answer());
    });
}
