namespace Gamification.Live;

/// <summary>Once a second: what time is it for each programme, and whose token opens nothing any more.</summary>
internal sealed class LivePulse(LiveProgrammes programmes, LiveStreams streams, LiveConnections connections, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // Two beats, so that a programme that does not answer does not keep a revoked screen alive.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Beat(MoveClocks, stoppingToken), Beat(connections.Check, stoppingToken));

    private async Task Beat(Func<Task> work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await work();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task MoveClocks()
    {
        await Task.WhenAll(programmes.Open.Select(programme => programme.Refresh()));
        streams.RingAll();
    }
}
