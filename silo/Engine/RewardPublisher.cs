using Gamification.Rewards;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Makes the rewards of the programme's file those of the programme, once the actors take calls. Every node does, and every start: what was done
/// is not done again, and what was published since the file was last changed stays.
/// </summary>
internal sealed class RewardPublisher(EngineOptions options, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RewardPublisher> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var started = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStarted);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, started.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (programme, catalogue) in options.Rewards)
        {
            while (!stoppingToken.IsCancellationRequested && !await Publish(programme, catalogue)) await Task.Delay(Again, time, stoppingToken);
        }
    }

    private async Task<bool> Publish(string programme, RewardCatalogue catalogue)
    {
        try
        {
            await grains.GetGrain<IRewardCatalogueGrain>(programme).PublishFile(catalogue, time.GetUtcNow());
            return true;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The rewards of {Programme} could not be published; it is tried again.", programme);
            return false;
        }
    }
}
