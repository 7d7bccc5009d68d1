using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Runs what is not an actor: the journal's writers, the feed of the live boards, the projector. Starts before anything takes requests and
/// stops after it, in the order in which the work flows: writers drain, then what they committed is projected.
/// </summary>
public sealed class EngineLoops(
    IActorScheduler scheduler, JournalWriter writer, BoardFeed feed, RollupProjector projector, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EngineLoops> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopWriters = new();
    private readonly CancellationTokenSource _stopConsumers = new();
    private Task _writers = Task.CompletedTask;
    private Task _consumers = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What the journal has and the roll-up has not comes first: the business clock stands on it.
        await projector.Start(cancellationToken);
        _consumers = Task.WhenAll(
            scheduler.Run("roll-up projector", stop => Consume("roll-up projector", projector.Run, stop), stopping: _stopConsumers.Token),
            scheduler.Run("board feed", stop => Consume("board feed", feed.Run, stop), stopping: _stopConsumers.Token));
        _writers = Task.WhenAll(writer.Partitions.Select(partition =>
            scheduler.Run($"journal writer {partition}", stop => Write(partition, stop), stopping: _stopWriters.Token)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopWriters.CancelAsync();
        try
        {
            await _writers.WaitAsync(cancellationToken);
            await CatchUp(cancellationToken);
        }
        finally
        {
            await _stopConsumers.CancelAsync();
        }

        await _consumers.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopWriters.Dispose();
        _stopConsumers.Dispose();
    }

    /// <summary>Saves the next start some reading, and is worth no more than a moment: the journal has everything.</summary>
    private async Task CatchUp(CancellationToken cancellation)
    {
        try
        {
            await projector.CatchUp().WaitAsync(CatchUpMax, time, cancellation);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The roll-up is not up to date; the next start brings it there.");
        }
    }

    /// <summary>Consumers mend themselves. One that ends nevertheless would leave boards and sums to grow old unseen.</summary>
    private async Task Consume(string name, Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
        }
        catch (Exception fault)
        {
            log.LogCritical(fault, "The {Consumer} failed.", name);
        }

        if (stop.IsCancellationRequested) return;
        log.LogCritical("The {Consumer} has ended; the process stops.", name);
        lifetime.StopApplication();
    }

    /// <summary>A writer that was fenced off, or that failed on a bug, ends the process: whoever supervises it starts it anew.</summary>
    private async Task Write(int partition, CancellationToken stop)
    {
        try
        {
            await writer.Run(partition, stop);
        }
        catch (Exception fault)
        {
            log.LogCritical(fault, "The writer of partition {Partition} failed.", partition);
        }

        if (stop.IsCancellationRequested) return;
        log.LogCritical("Partition {Partition} is no longer written by this process; it stops.", partition);
        lifetime.StopApplication();
    }
}
