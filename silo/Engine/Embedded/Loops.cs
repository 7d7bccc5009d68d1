using Gamification.Runtime.Scheduling;

namespace Gamification.Silo.Engine;

/// <summary>Where what is not an actor runs: on the actors' own scheduler, so that a simulation runs it too.</summary>
public sealed class Loops(IActorScheduler scheduler)
{
    /// <summary>Runs a loop single-threaded: every await comes back to the same lane. The task ends as the body does, faults included.</summary>
    public Task Run(string name, Func<CancellationToken, Task> body, CancellationToken stopping) => scheduler.Run(name, body, stopping: stopping);
}
