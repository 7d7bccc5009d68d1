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
    IActorScheduler scheduler, JournalWriter writer, BoardFeed feed, RollupProjector projector, IHostApplicationLifetime lifetime, ILogger<EngineLoops> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopWriters = new();
    private readonly CancellationTokenSource _stopConsumers = new();
    private Task _writers = Task.CompletedTask;
    private Task _consumers = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What the journal has and the roll-up has not comes first: the business clock stands on it.
        await projector.Start(cancellationToken);
        _consumers = Task.WhenAll(
            scheduler.Run("roll-up projector", projector.Run, stopping: _stopConsumers.Token),
            scheduler.Run("board feed", feed.Run, stopping: _stopConsumers.Token));
        _writers = Task.WhenAll(writer.Partitions.Select(partition =>
            scheduler.Run($"journal writer {partition}", stop => Write(partition, stop), stopping: _stopWriters.Token)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopWriters.CancelAsync();
        await _writers.WaitAsync(cancellationToken);
        await projector.CatchUp().WaitAsync(cancellationToken);
        await _stopConsumers.CancelAsync();
        await _consumers.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopWriters.Dispose();
        _stopConsumers.Dispose();
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
