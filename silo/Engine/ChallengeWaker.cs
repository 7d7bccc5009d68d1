using Gamification.Challenges;
using Gamification.Programmes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Wakes every open run once the engine has started, so that what became due while everything was away happens at once and not with the next reminder.
/// Each node does; a run that is awake is woken for nothing.
/// </summary>
internal sealed class ChallengeWaker(ProgrammeCatalog programmes, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChallengeWaker> log) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(time, stoppingToken);
        var asleep = new Queue<string>(programmes.All.Select(programme => programme.Id));
        while (asleep.TryDequeue(out var programme) && !stoppingToken.IsCancellationRequested)
        {
            if (await Wake(programme)) continue;
            asleep.Enqueue(programme);
            await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Wake(string programme)
    {
        try
        {
            var runs = await grains.GetGrain<IChallengeListGrain>(programme).View();
            foreach (var some in runs.Open.Chunk(AtOnce)) await Task.WhenAll(some.Select(run => grains.GetGrain<IChallengeGrain>(run.ToString()).Due()));
            return true;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The challenges of {Programme} could not be woken; it is tried again.", programme);
            return false;
        }
    }
}
