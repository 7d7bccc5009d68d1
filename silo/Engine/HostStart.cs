using Microsoft.Extensions.Hosting;

namespace Gamification.Silo.Engine;

internal static class HostStart
{
    /// <summary>Ends once the host has started, or is told to stop before: grains answer from then on.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, TimeProvider time, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStarted);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
