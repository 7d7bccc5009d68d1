using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Silo.Engine;

/// <summary>Ends a process that others have given up: it stood still for so long that another writes its partition.</summary>
internal sealed class LeaseWatch(HostTables tables, IHostApplicationLifetime lifetime, ILogger<LeaseWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await tables.Lost.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        log.LogCritical("Another node writes this one's partition of the journal; the process stops.");
        lifetime.StopApplication();
    }
}
