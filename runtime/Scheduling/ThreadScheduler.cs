using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Runtime.Scheduling;

/// <summary>
/// A few worker threads, each with one queue; an actor is pinned to a worker by its key. There is no thread, channel or lock per actor,
/// and a call between actors of one worker touches no shared memory.
/// </summary>
public sealed class ThreadScheduler : IActorScheduler, IAsyncDisposable
{
    /// <summary>A turn that runs longer is reported, and its worker's other actors go on without it.</summary>
    public static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(200);

    private readonly Worker[] _workers;
    private readonly List<Task> _loops = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _stallCheck;
    private int _checking;
    private bool _disposed;

    /// <param name="workers">How many worker threads; one a processor when not given.</param>
    /// <param name="time">The clock; the system's when not given.</param>
    /// <param name="log">Hears of turns that block a worker.</param>
    public ThreadScheduler(int? workers = null, TimeProvider? time = null, ILogger<ThreadScheduler>? log = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers ?? 1, 1, nameof(workers));
        Time = time ?? TimeProvider.System;
        var logger = log ?? (ILogger)NullLogger.Instance;
        var count = workers ?? Environment.ProcessorCount;
        _workers = [.. Enumerable.Range(0, count).Select(index => new Worker($"actors {index}", Time, logger))];

        // The check is of real threads, so it keeps real time whatever clock the turns see.
        _stallCheck = TimeProvider.System.CreateTimer(_ => CheckForStalls(), null, LongTurn / 4, LongTurn / 4);
    }

    public TimeProvider Time { get; }

    public int Parallelism => _workers.Length;

    public IReadOnlyList<LaneCounters> Counters => [.. _workers.Select(worker => worker.Counters)];

    public Lane OpenLane(string name, int affinity) => _workers[unchecked((uint)affinity) % (uint)_workers.Length];

    public Lane OpenOutsideLane(string name) => new PoolLane(Time);

    [SuppressMessage("Reliability", "CA2000", Justification = "The token source ends with the loop.")]
    public Task Run(
        string name, Func<CancellationToken, Task> body, LoopThread thread = LoopThread.Shared, CancellationToken stopping = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, stopping);
        var own = thread == LoopThread.Own ? new Worker(name, Time, NullLogger.Instance) : null;
        var loop = new LoopContext(name, own ?? (Lane)new PoolLane(Time)).Start(body, stop.Token);
        lock (_loops)
        {
            _loops.RemoveAll(ended => ended.IsCompleted);
            _loops.Add(loop);
        }

        _ = loop.ContinueWith(
            _ =>
            {
                stop.Dispose();
                own?.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return loop;
    }

    public void RunOutside(IThreadPoolWorkItem rest)
    {
        if (WorkerThread.Current is { } thread) thread.Worker.Rests.Post(rest);
        else ThreadPool.UnsafeQueueUserWorkItem(rest, preferLocal: false);
    }

    /// <summary>Cancels the loops, waits for them to end, then ends the workers. Dispose the host before its scheduler.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;

        await _stopping.CancelAsync();
        Task[] loops;
        lock (_loops) loops = [.. _loops];
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stallCheck.DisposeAsync();
        foreach (var worker in _workers) worker.Dispose();
        _stopping.Dispose();
    }

    private void CheckForStalls()
    {
        // A check may be late on a busy machine; the next one then does not run beside it.
        if (Interlocked.Exchange(ref _checking, 1) == 1) return;
        foreach (var worker in _workers)
        {
            worker.CheckForStall();
            worker.Rests.CheckForStall();
        }

        Volatile.Write(ref _checking, 0);
    }
}
