using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Scheduling;

/// <summary>
/// The thread that owns a worker's queue, and the protocol by which it can lose it. The owner pays plain writes only: it raises a flag
/// around code that is not ours (<see cref="Enter"/>, <see cref="Leave"/>) and around each use of the queue from within such code. Whoever
/// wants the queue raises <c>_asked</c>, makes every thread's writes visible with a process-wide barrier, and only then looks at the flags.
/// </summary>
internal sealed class WorkerThread(Worker worker)
{
    private const int Kept = 1;
    private const int Lost = 2;
    private const int ChecksUntilStalled = 4;

    [ThreadStatic]
    private static WorkerThread? t_current;

    private Request? _request;
    private long _turns;
    private volatile bool _inTurn;
    private volatile bool _inQueue;
    private volatile bool _asked;
    private int _fate;

    // The stall check's own notes.
    private long _turnsSeen = -1;
    private int _checksSeen;

    public static WorkerThread? Current => t_current;

    public Worker Worker { get; } = worker;

    public bool LostQueue => _asked && Volatile.Read(ref _fate) == Lost;

    public void Start(string name) => new Thread(Loop) { Name = name, IsBackground = true }.UnsafeStart();

    public void Enter(Request request)
    {
        _request = request;
        _turns++;
        _inTurn = true;
    }

    /// <summary>False when the queue was lost during the turn: the thread may post, and must touch nothing else of the worker.</summary>
    public bool Leave()
    {
        _inTurn = false;
        return !_asked || Interlocked.CompareExchange(ref _fate, Kept, 0) != Lost;
    }

    /// <summary>False when this thread may not use the queue now; the item then goes through the inbox.</summary>
    public bool TryAddLocal(IWorkItem item)
    {
        _inQueue = true;
        if (_asked)
        {
            _inQueue = false;
            return false;
        }

        Worker.AddLocal(item);
        _inQueue = false;
        return true;
    }

    /// <summary>The request whose turn has lasted for several checks in a row, once for each such turn.</summary>
    public Request? StalledTurn()
    {
        var turns = Volatile.Read(ref _turns);
        if (turns != _turnsSeen || !_inTurn)
        {
            _turnsSeen = turns;
            _checksSeen = 0;
            return null;
        }

        return ++_checksSeen == ChecksUntilStalled ? _request : null;
    }

    public bool TryTakeQueue()
    {
        _asked = true;
        Interlocked.MemoryBarrierProcessWide();
        SpinWait.SpinUntil(() => !_inQueue);
        if (_inTurn && Volatile.Read(ref _turns) == _turnsSeen && Interlocked.CompareExchange(ref _fate, Lost, 0) == 0) return true;

        // The turn has just ended. A thread that saw the question has marked its fate as kept; both marks go before the next question.
        _asked = false;
        Interlocked.MemoryBarrierProcessWide();
        Interlocked.CompareExchange(ref _fate, 0, Kept);
        return false;
    }

    private void Loop()
    {
        t_current = this;
        Worker.Loop(this);
        t_current = null;
    }
}
