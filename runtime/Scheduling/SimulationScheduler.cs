using System.Globalization;
using System.Text;
using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Scheduling;

/// <summary>
/// One thread, virtual time, and a seed that decides which of the ready lanes makes the next step. The same seed and the same program give
/// the same steps, in another process too; another seed gives another interleaving. Time moves only when nothing can run.
/// </summary>
/// <remarks>
/// What runs here must stay here: Task.Run, real timers and awaited real IO resume on other threads, which no seed can order. Work that
/// comes back from another thread is refused with <see cref="SimulationEscapedException"/>. Awaiting a ValueTask of a grain with
/// ConfigureAwait(false) is fine; a channel that is awaited with it is not.
/// </remarks>
public sealed class SimulationScheduler : IActorScheduler, IDisposable
{
    /// <summary>When a simulation begins unless told otherwise. A Monday.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private const int StepsKept = 64;

    private readonly VirtualTime _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<SimulatedLane> _ready = [];
    private readonly Traced[] _trace = new Traced[StepsKept];
    private readonly SimulatedLane _outside;
    private ulong _random;
    private int _lanes;
    private int _runningThread = -1;
    private SimulationEscapedException? _escape;

    public SimulationScheduler(int seed, DateTimeOffset? start = null)
    {
        Seed = seed;
        _random = unchecked((ulong)seed);
        _time = new(start ?? DefaultStart);
        Deadlines = new(Lane("deadlines"), _time);
        _outside = Lane("outside");
    }

    public int Seed { get; }

    public TimeProvider Time => _time;

    public int Parallelism => 4;

    public IReadOnlyList<LaneCounters> Counters => [SharedCounters];

    /// <summary>Steps made so far.</summary>
    public long Steps { get; private set; }

    public long TimersFired { get; private set; }

    /// <summary>More steps and timers than this are taken for a loop without end and fail the run.</summary>
    public long StepLimit { get; set; } = 10_000_000;

    /// <summary>A hash over which lane made each step and when: equal traces mean equal runs.</summary>
    public ulong TraceHash { get; private set; } = 14695981039346656037;

    internal Deadlines Deadlines { get; }

    internal LaneCounters SharedCounters { get; } = new();

    public Lane OpenLane(string name, int affinity) => Lane(name);

    public Lane OpenOutsideLane(string name) => Lane(name);

    public Task Run(
        string name, Func<CancellationToken, Task> body, LoopThread thread = LoopThread.Shared, CancellationToken stopping = default) =>
        new LoopContext(name, Lane(name)).Start(
            body,
            stopping.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, stopping).Token : _stopping.Token);

    /// <summary>
    /// Runs a scenario to its end, moving time as needed, and rethrows what it throws. Lanes may have work left afterwards.
    /// </summary>
    public void Run(Func<Task> scenario)
    {
        var ended = Run("scenario", _ => scenario());
        Drive(() => !ended.IsCompleted, null);
        if (!ended.IsCompleted) throw Stuck();
        ended.GetAwaiter().GetResult();
    }

    /// <summary>Runs until nothing can run without moving time.</summary>
    public void RunUntilIdle() => Drive(static () => true, _time.GetUtcNow());

    /// <summary>Runs everything that happens until <paramref name="until"/>, inclusive; time then stands there.</summary>
    public void Run(DateTimeOffset until)
    {
        Drive(static () => true, until);
        _time.MoveTo(until);
    }

    /// <summary>Runs everything that happens within <paramref name="span"/> from now, inclusive.</summary>
    public void Advance(TimeSpan span) => Run(_time.GetUtcNow() + span);

    /// <summary>Cancels the loops' tokens and runs until nothing can.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        RunUntilIdle();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    public void RunOutside(IThreadPoolWorkItem rest) => _outside.Post(new OutsideStep(rest));

    /// <summary>The last steps, oldest first, as text: time, lane, what ran.</summary>
    public string LastSteps()
    {
        var text = new StringBuilder();
        for (var step = Math.Max(0, Steps - StepsKept); step < Steps; step++)
        {
            var (at, lane, item) = _trace[step % StepsKept];
            text.AppendLine(CultureInfo.InvariantCulture, $"{step,8} {at:HH:mm:ss.fff} {lane.Name}: {item.Describe()}");
        }

        return text.ToString();
    }

    internal void BecameReady(SimulatedLane lane) => _ready.Add(lane);

    internal void CheckThread(SimulatedLane lane, IWorkItem item)
    {
        var running = Volatile.Read(ref _runningThread);
        if (running < 0 || running == Environment.CurrentManagedThreadId) return;

        _escape ??= new(
            $"{item.Describe()} came back to {lane.Name} from another thread, so seed {Seed} could not be repeated. Look for Task.Run, "
            + "real IO, a timer that is not of scheduler.Time, or a channel or task awaited with ConfigureAwait(false).");
    }

    private SimulatedLane Lane(string name) => new(this, name, _lanes++);

    private void Drive(Func<bool> goOn, DateTimeOffset? until)
    {
        if (_runningThread == Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The simulation runs already: await instead of running it from within.");

        var context = SynchronizationContext.Current;
        Volatile.Write(ref _runningThread, Environment.CurrentManagedThreadId);
        try
        {
            while (goOn())
            {
                if (Step()) continue;
                if (_time.NextDue is not { } due || due > until) break;

                TimersFired++;
                CheckLimit();
                SynchronizationContext.SetSynchronizationContext(null);
                _time.FireNext();
            }
        }
        finally
        {
            Volatile.Write(ref _runningThread, -1);
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private bool Step()
    {
        if (_escape is not null) throw _escape;
        SimulatedLane lane;
        IWorkItem item;
        lock (_ready)
        {
            if (_ready.Count == 0) return false;

            var choice = _ready.Count == 1 ? 0 : (int)(NextRandom() % (ulong)_ready.Count);
            lane = _ready[choice];
            item = lane.Take();
            if (lane.IsEmpty)
            {
                _ready[choice] = _ready[^1];
                _ready.RemoveAt(_ready.Count - 1);
            }
        }

        _trace[Steps % StepsKept] = new(_time.GetUtcNow(), lane, item);
        TraceHash = unchecked((((TraceHash ^ (ulong)lane.Number) * 1099511628211) ^ (ulong)_time.GetTimestamp()) * 1099511628211);
        Steps++;
        CheckLimit();
        item.Run();
        return true;
    }

    private void CheckLimit()
    {
        if (Steps + TimersFired <= StepLimit) return;
        throw new SimulationStuckException(
            $"Seed {Seed} made {StepLimit} steps without end. The last ones:{Environment.NewLine}{LastSteps()}");
    }

    private SimulationStuckException Stuck() => new(
        $"Seed {Seed}: the scenario waits, but nothing can run and no timer is armed. It may wait for work outside of "
        + $"the simulation, such as Task.Run or CancelAsync. The last steps:{Environment.NewLine}{LastSteps()}");

    /// <summary>SplitMix64: small, and its sequence belongs to us rather than to a framework version.</summary>
    private ulong NextRandom()
    {
        unchecked
        {
            var mixed = _random += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    internal object Gate => _ready;

    private readonly record struct Traced(DateTimeOffset At, SimulatedLane Lane, IWorkItem Item);

    private sealed class OutsideStep(IThreadPoolWorkItem rest) : IWorkItem
    {
        public IWorkItem? Next { get; set; }

        public void Run()
        {
            SynchronizationContext.SetSynchronizationContext(null);
            rest.Execute();
        }

        public string Describe() => "a caller outside";
    }
}

/// <summary>Something left the simulation and came back from another thread; the message names what came back, and where.</summary>
public sealed class SimulationEscapedException(string message) : Exception(message);

/// <summary>A simulation cannot end, or does not; the message ends with its last steps.</summary>
public sealed class SimulationStuckException(string message) : Exception(message);
