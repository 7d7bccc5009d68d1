using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

public interface IPooledGrain : IGrainWithStringKey
{
    /// <summary>Waits until that many activations have been called.</summary>
    ValueTask Meet(int others);
}

public sealed class Meeting
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _met;

    public int Met => _met;

    public Task Join(int others)
    {
        if (Interlocked.Increment(ref _met) == others) _complete.SetResult();
        return _complete.Task;
    }
}

[StatelessWorker(3)]
public sealed class PooledGrain(Meeting meeting) : Grain, IPooledGrain
{
    public async ValueTask Meet(int others) => await meeting.Join(others);
}

public abstract class StatelessWorkerTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void A_stateless_worker_runs_requests_side_by_side_up_to_its_number() => THost.Run(
        async host =>
        {
            var grain = host.Factory.GetGrain<IPooledGrain>("one");
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => grain.Meet(3).AsTask()));
            Assert.Equal(3, host.ActivationCount);
            await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => grain.Meet(3).AsTask()));
            Assert.Equal(3, host.ActivationCount);
        },
        services: services => services.AddSingleton<Meeting>());
}

public sealed class StatelessWorkersOnThreads : StatelessWorkerTests<OnThreads>;

public sealed class StatelessWorkersInSimulation : StatelessWorkerTests<InSimulation>;
