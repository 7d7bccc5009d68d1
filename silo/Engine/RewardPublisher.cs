using Gamification.Programmes;
using Gamification.Rewards;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Makes the rewards of each programme's documents in force those that can be asked for, within seconds of the instant from which they hold. Every
/// node says what it reads, again each minute: the same again changes nothing, and a node that read late is put right by the next.
/// </summary>
internal sealed class RewardPublisher(ProgrammeCatalog programmes, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RewardPublisher> log) : BackgroundService
{
    private const string By = "programme";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (RewardCatalogue Rewards, long At)> _said = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var programme in programmes.All.Select(programme => programme.Id).ToArray()) await Say(programme);
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Say(string programme)
    {
        if (programmes.RewardsOf(programme) is not { } rewards) return;
        if (_said.TryGetValue(programme, out var last) && ReferenceEquals(last.Rewards, rewards) && time.GetElapsedTime(last.At) < SayEvery) return;
        try
        {
            await grains.GetGrain<IRewardCatalogueGrain>(programme).Publish(rewards, By, time.GetUtcNow());
            _said[programme] = (rewards, time.GetTimestamp());
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The rewards of {Programme} could not be published; it is tried again.", programme);
        }
    }
}
