using Gamification.Health;

namespace Gamification.Api.Hosting;

/// <summary>From outside, the engine is well while some node of the cluster answers: it is asked for next to nothing once a second.</summary>
internal sealed class ClusterPulse(Func<Task> ask, TimeProvider clock) : BackgroundService, IEngineHealth
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(4);

    private long _heardAt;

    public EngineHealth Now() => Volatile.Read(ref _heardAt) is not 0 and var at && clock.GetElapsedTime(at) < SilenceMax
        ? new(Ready: true, "reached")
        : new(Ready: false, "unreached", "No node of the cluster answers.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                await Ask();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task Ask()
    {
        try
        {
            await ask().WaitAsync(SilenceMax, clock);
            Volatile.Write(ref _heardAt, clock.GetTimestamp());
        }
        catch (Exception)
        {
            // Silence is what the answer is made of.
        }
    }
}
