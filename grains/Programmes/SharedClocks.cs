using Gamification.Journal;
using Gamification.Projections;
using Gamification.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Gamification.Programmes;

/// <summary>
/// Brings this node's business clocks to where other nodes have brought them, at start and then every second: a sandbox's was moved by whoever was asked to,
/// a replay's by the node that its newest event went to. Live programmes go by the wall clock: a deployment that has no others does nothing here.
/// </summary>
public sealed class SharedClocks(IJournal journal, IRollupStorage rollup, ProgrammeCatalog programmes, BusinessClock clock, TimeProvider time, ILogger<SharedClocks> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async Task Load(CancellationToken cancellation)
    {
        foreach (var programme in programmes.All.Where(programme => programme.Clock != BusinessClockKind.Live))
        {
            if (await Find(programme, cancellation) is { } now) clock.Place(programme.Id, now);
        }
    }

    /// <summary>Runs until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Load(stop);
                await Task.Delay(programmes.All.Any(programme => programme.Clock != BusinessClockKind.Live) ? LookEvery : Timeout.InfiniteTimeSpan, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning(fault, "Where other nodes' clocks stand was not read; it is tried again.");
                await Task.Delay(LookEvery, time, CancellationToken.None);
            }
        }
    }

    private async Task<DateTimeOffset?> Find(ProgrammeSettings programme, CancellationToken cancellation) => programme.Clock == BusinessClockKind.Sandbox
        ? SandboxForm.Json.StateOf(await journal.Load(SandboxForm.ActorOf(programme.Id), cancellation)).Now
        : await rollup.NewestOccurredAt(programme.Id, cancellation) is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null;
}
