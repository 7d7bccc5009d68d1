namespace Gamification.Api;

/// <summary>
/// Asks again when an answer was lost, so that a node of the cluster that dies costs its clients a pause and nothing else. For calls that may be
/// repeated at will: what was done by the first is the answer to the second.
/// </summary>
public sealed class Insistence(TimeProvider clock)
{
    /// <summary>A dead node is given up after two seconds or so, and its actors are elsewhere right after: what takes longer is something else.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>The answer, or the fault of the last try once 15 s have passed since the first; any other fault at once.</summary>
    public async ValueTask<T> On<T>(Func<Task<T>> call)
    {
        var since = clock.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (HostFaults.IsLost(fault) && clock.GetElapsedTime(since) < Max)
            {
                await Task.Delay(wait, clock, CancellationToken.None);
            }
        }
    }
}
