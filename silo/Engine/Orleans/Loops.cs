namespace Gamification.Silo.Engine;

/// <summary>Where what is not an actor runs: on the thread pool, one step of a loop at a time.</summary>
public sealed class Loops
{
    /// <summary>Runs a loop single-threaded: every await comes back to the same lane. The task ends as the body does, faults included.</summary>
    public Task Run(string name, Func<CancellationToken, Task> body, CancellationToken stopping)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var lane = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        return Task.Factory.StartNew(() => body(stopping), CancellationToken.None, TaskCreationOptions.DenyChildAttach, lane).Unwrap();
    }
}
