using System.Collections.Concurrent;

namespace Gamification.Runtime.Scheduling;

/// <summary>
/// The rests of callers that belong to no lane, as one worker answers them: run one after another by one item of the thread pool, because a commit
/// answers dozens of callers at once and waking a thread for each costs more than what most of them do. One that blocks its thread delays
/// the others until the next stall check, which gives them a thread of their own.
/// </summary>
internal sealed class OutsideRests : IThreadPoolWorkItem
{
    private const int RestsInARow = 64;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _rests = new();
    private int _scheduled;
    private long _run;
    private long _runSeen = -1;

    /// <summary>From any thread.</summary>
    public void Post(IThreadPoolWorkItem rest)
    {
        _rests.Enqueue(rest);
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0) Schedule();
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var ran = 0; ran < RestsInARow && _rests.TryDequeue(out var rest); ran++)
        {
            Interlocked.Increment(ref _run);
            rest.Execute();
        }

        Volatile.Write(ref _scheduled, 0);

        // A full fence: a rest added before the flag fell is either seen here or scheduled by its sender.
        Interlocked.MemoryBarrier();
        if (!_rests.IsEmpty && Interlocked.Exchange(ref _scheduled, 1) == 0) Schedule();
    }

    /// <summary>Called from time to time, by one caller: rests that wait behind the same one as at the last check get another thread.</summary>
    public void CheckForStall()
    {
        var run = Interlocked.Read(ref _run);
        if (run == _runSeen && !_rests.IsEmpty) Schedule();
        _runSeen = run;
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
