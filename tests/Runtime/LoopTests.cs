using System.Threading.Channels;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

/// <summary>A group-commit writer as the engine has one: grains wait for it, it takes what is there and commits it at once.</summary>
public sealed class Writer(TimeProvider time)
{
    private readonly Channel<TaskCompletionSource> _queue = Channel.CreateBounded<TaskCompletionSource>(1_000);

    public List<int> Batches { get; } = [];

    public async Task Append()
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(stored);
        await stored.Task;
    }

    public async Task Run(CancellationToken stopping)
    {
        List<TaskCompletionSource> batch = [];
        while (await _queue.Reader.WaitToReadAsync(stopping))
        {
            while (_queue.Reader.TryRead(out var one)) batch.Add(one);
            await Task.Delay(TimeSpan.FromMilliseconds(3), time, CancellationToken.None);
            Batches.Add(batch.Count);
            foreach (var one in batch) one.SetResult();
            batch.Clear();
        }
    }
}

public interface IWritingGrain : IGrainWithStringKey
{
    ValueTask<int> Write();
}

public sealed class WritingGrain(Writer writer) : Grain, IWritingGrain
{
    private int _written;

    public async ValueTask<int> Write()
    {
        var before = _written;
        await writer.Append();
        return _written = before + 1;
    }
}

public abstract class LoopTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void Grains_and_a_writer_loop_work_together() => THost.Run(
        async host =>
        {
            var writer = host.Services.GetRequiredService<Writer>();
            using var stop = new CancellationTokenSource();
            var loop = host.Scheduler.Run("writer", writer.Run, LoopThread.Own, stop.Token);
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 40).Select(i => host.Factory.GetGrain<IWritingGrain>($"{i % 10}").Write().AsTask()));

            Assert.Equal(40, writer.Batches.Sum());
            Assert.Equal(10, answers.Count(answer => answer == 4));
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        },
        services: services => services.AddSingleton<Writer>());
}

public sealed class LoopsOnThreads : LoopTests<OnThreads>;

public sealed class LoopsInSimulation : LoopTests<InSimulation>;
