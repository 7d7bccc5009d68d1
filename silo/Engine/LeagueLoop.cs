using Gamification.Leagues;
using Gamification.Programmes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>
/// Has leagues do what is due: begin, draw, seat, settle, also what became due while nothing ran. Each node asks; the one actor of a league takes the calls in turn.
/// </summary>
internal sealed class LeagueLoop(ProgrammeCatalog programmes, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LeagueLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var programme in programmes.All.Select(programme => programme.Id).ToArray())
            {
                foreach (var league in programmes.LeagueIdsOf(programme)) await Due($"{programme}/{league}");
            }

            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Due(string league)
    {
        try
        {
            await grains.GetGrain<ILeagueGrain>(league).Due();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The league {League} did not do what is due; it is tried again.", league);
        }
    }
}
