namespace Gamification.Runtime.Scheduling;

/// <summary>
/// Decides which turn runs next, and owns the clock that turns see. Everything that is concurrent in the engine runs on one: grains,
/// and the loops that are not grains (a journal's writer, a feeder). Under <see cref="SimulationScheduler"/> all of it is one seeded,
/// repeatable sequence; under <see cref="ThreadScheduler"/> it is worker threads.
/// </summary>
public interface IActorScheduler
{
    /// <summary>
    /// The only clock of whatever runs here: for instants, timers, <c>Task.Delay(span, time)</c> and cancellation after a time.
    /// </summary>
    TimeProvider Time { get; }

    /// <summary>How many lanes may run at once.</summary>
    int Parallelism { get; }

    /// <summary>
    /// Runs a loop that is not a grain, single-threaded: every await of <paramref name="body"/> comes back to the same lane. Its token is
    /// cancelled by <paramref name="stopping"/> or when the scheduler is disposed. The task ends as the body does, faults included.
    /// </summary>
    Task Run(string name, Func<CancellationToken, Task> body, LoopThread thread = LoopThread.Shared, CancellationToken stopping = default);

    /// <summary>A lane for one actor. Lanes of equal <paramref name="affinity"/> may share a thread, and then share its time.</summary>
    Lane OpenLane(string name, int affinity);

    /// <summary>A lane that may block without delaying actors: for observers, whose code belongs to the application.</summary>
    Lane OpenOutsideLane(string name);

    /// <summary>Runs the rest of a caller that belongs to no lane, never inside the turn that answered it.</summary>
    void RunOutside(IThreadPoolWorkItem rest);

    /// <summary>What its lanes have counted.</summary>
    IReadOnlyList<LaneCounters> Counters { get; }
}

/// <summary>Where a loop may run on the threads scheduler; a simulation runs all loops on its one thread.</summary>
public enum LoopThread
{
    /// <summary>On the thread pool, one step at a time. For bodies that await their IO.</summary>
    Shared,

    /// <summary>On a thread of its own. For bodies that block, such as SQLite's synchronous commits.</summary>
    Own,
}
