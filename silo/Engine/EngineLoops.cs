using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Vault;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>A loop that a host has besides. It runs until stopped.</summary>
public sealed record EngineLoop(string Name, Func<CancellationToken, Task> Run);

/// <summary>
/// Runs what is not an actor: the journal's writers, the feed of the live boards, the projector, the watch of the programmes, the quarantine's sweep. Starts before anything takes requests and
/// stops after it, in the order in which the work flows: writers drain, then what they committed is projected.
/// </summary>
public sealed class EngineLoops(
    Loops loops, JournalWriter writer, BoardFeed feed, RollupProjector projector, ProgrammeWatch programmes, QuarantineShelf quarantine, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<EngineLoops> log, IEnumerable<EngineLoop>? others = null, SharedClocks? clocks = null) : IHostedService, IDisposable
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
        if (clocks is not null) await clocks.Load(cancellationToken);
        EngineLoop[] sharedClocks = clocks is null ? [] : [new("shared clocks", clocks.Run)];
        EngineLoop[] consumers = [new("roll-up projector", projector.Run), new("board feed", feed.Run), new("quarantine", quarantine.Run), new("watch of the programmes", programmes.Run), .. sharedClocks, .. others ?? []];
        _consumers = Task.WhenAll(consumers.Select(loop => Start(loop.Name, loop.Run, _stopConsumers.Token)));
        _writers = Task.WhenAll(writer.Partitions.Select(partition =>
            Start($"journal writer {partition}", stop => writer.Run(partition, stop), _stopWriters.Token)));

        // By what is decided stands before anything is.
        await programmes.Start(writer, cancellationToken);
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

    private Task Start(string name, Func<CancellationToken, Task> run, CancellationToken stopping) =>
        loops.Run(name, stop => KeepRunning(name, run, stop), stopping);

    /// <summary>
    /// A loop that ends unasked ends the process, and whoever supervises it starts it anew: a writer was fenced off or met a bug, or boards and
    /// sums would grow old unseen.
    /// </summary>
    private async Task KeepRunning(string name, Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
        }
        catch (Exception fault)
        {
            log.LogCritical(fault, "The {Loop} failed.", name);
        }

        if (stop.IsCancellationRequested) return;
        log.LogCritical("The {Loop} has ended; the process stops.", name);
        lifetime.StopApplication();
    }
}
