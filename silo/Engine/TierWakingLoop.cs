using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>Looks every few seconds whether a replay has come to another day: see <see cref="TierWaking"/>.</summary>
internal sealed class TierWakingLoop(TierWaking waking, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TierWakingLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await waking.Look(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(fault, "Members of tiers were not woken; it is tried again on the next day of the replay.");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
