using Gamification.Journal;
using Gamification.Programmes;
using Microsoft.Extensions.Logging;

namespace Gamification.Sandboxes;

/// <summary>
/// Brings this node's business clock to where the sandboxes' clocks stand: at start, and then every second, because another node may have been asked to move
/// one. A deployment without a sandbox does nothing here.
/// </summary>
public sealed class SandboxClocks(IJournal journal, ProgrammeCatalog programmes, BusinessClock clock, TimeProvider time, ILogger<SandboxClocks> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async Task Load(CancellationToken cancellation)
    {
        foreach (var programme in programmes.All.Where(programme => programme.Clock == BusinessClockKind.Sandbox))
        {
            var history = await journal.Load(SandboxForm.ActorOf(programme.Id), cancellation);
            if (SandboxForm.Json.StateOf(history).Now is { } now) clock.Place(programme.Id, now);
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
                await Task.Delay(programmes.All.Any(programme => programme.Clock == BusinessClockKind.Sandbox) ? LookEvery : Timeout.InfiniteTimeSpan, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException away)
            {
                log.LogWarning("The sandboxes' clocks could not be read: {Why}", away.Message);
                await Task.Delay(LookEvery, time, CancellationToken.None);
            }
        }
    }
}
