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
        foreach (var programme in Shared) await Follow(programme, cancellation);
    }

    /// <summary>Runs until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var programme in Shared) await TryFollow(programme, stop);
            await Task.Delay(Shared.Any() ? LookEvery : Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<ProgrammeSettings> Shared => programmes.All.Where(programme => programme.Clock != BusinessClockKind.Live);

    /// <summary>One that cannot be read holds up no other.</summary>
    private async Task TryFollow(ProgrammeSettings programme, CancellationToken stop)
    {
        try
        {
            await Follow(programme, stop);
        }
        catch (Exception fault)
        {
            if (!stop.IsCancellationRequested) log.LogWarning("Where the clock of {Programme} stands on other nodes was not read, and is tried again: {Why}", programme.Id, fault.Message);
        }
    }

    private async Task Follow(ProgrammeSettings programme, CancellationToken cancellation)
    {
        if (await StandsAt(programme, cancellation) is { } now) clock.Place(programme.Id, now);
    }

    private async Task<DateTimeOffset?> StandsAt(ProgrammeSettings programme, CancellationToken cancellation) => programme.Clock == BusinessClockKind.Sandbox
        ? SandboxForm.Json.StateOf(await journal.Load(SandboxForm.ActorOf(programme.Id), cancellation)).Now
        : await rollup.NewestOccurredAt(programme.Id, cancellation) is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null;
}
