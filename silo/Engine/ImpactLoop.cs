using Gamification.Impacts;
using Gamification.Programmes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Has impact counted a moment after deeds are durable, and restated when a newer version of the factors holds, also what was left half done. Each node asks; the
/// one actor that counts takes the calls in turn.
/// </summary>
internal sealed class ImpactLoop(ProgrammeCatalog programmes, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ImpactLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = LookEvery;
            foreach (var programme in programmes.All.Select(programme => programme.Id).ToArray())
            {
                if (!await CountOn(programme, stoppingToken)) wait = RetryAfter;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> CountOn(string programme, CancellationToken stop)
    {
        if (programmes.ImpactOf(programme) is null) return true;
        try
        {
            while (!stop.IsCancellationRequested && await grains.GetGrain<IImpactGrain>(programme).CountOn())
            {
            }

            return true;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The impact of {Programme} was not counted on; it is tried again.", programme);
            return false;
        }
    }
}
