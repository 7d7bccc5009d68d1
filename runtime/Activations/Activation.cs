using System.Runtime.CompilerServices;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Runtime.Activations;

/// <summary>
/// One life of one grain: its instance, and the turns of its requests (<see cref="Agenda"/> knows which may start when). Everything here is
/// touched on the activation's lane only, except where a member says otherwise, so there are no locks. It goes from new through activating,
/// active and deactivating to dead; what arrives too late is sent on to the next activation of the key.
/// </summary>
internal sealed class Activation : IGrainContext, IWorkItem
{
    [ThreadStatic]
    private static Activation? t_constructing;

    private volatile IWorkItem? _next;
    private volatile ActivationState _state;
    private Agenda _agenda;
    private bool _pumpPosted;
    private DeactivationReason? _ending;
    private AsyncServiceScope? _scope;
    private object? _instance;
    private TaskCompletionSource? _deactivated;
    private List<GrainTimer>? _timers;
    private Queue<IWorkItem>? _leftBehind;
    private Exception? _fault;
    private long _lastUse;
    private long _keepUntil;

    public Activation(GrainClass grainClass, string key, Lane lane)
    {
        Class = grainClass;
        Key = key;
        Lane = lane;
        Detached = false;
    }

    /// <summary>An observer: alive from the start, with an instance that is not ours.</summary>
    public Activation(GrainClass grainClass, string key, Lane lane, object observer)
        : this(grainClass, key, lane)
    {
        _instance = observer;
        _state = ActivationState.Active;
    }

    /// <summary>The activation whose grain is being constructed on this thread.</summary>
    public static Activation? Constructing => t_constructing;

    public GrainClass Class { get; }

    public string Key { get; }

    public Lane Lane { get; }

    public ActorHost Host => Class.Host;

    public GrainId GrainId => new(Class.Name, Key);

    public GrainReference GrainReference => Class.Reference(Key);

    public object? GrainInstance => _instance;

    /// <summary>Opened when something asks for it: grains without dependencies cost no scope.</summary>
    public IServiceProvider ActivationServices => (_scope ??= Host.Services.CreateAsyncScope()).ServiceProvider;

    public Task Deactivated => LazyInitializer.EnsureInitialized(ref _deactivated, static () => new()).Task;

    /// <summary>Safe from any thread. Once true it stays true.</summary>
    public bool IsDead => _state == ActivationState.Dead;

    /// <summary>Safe from any thread, and then a guess.</summary>
    public bool LooksBusy => _agenda.LooksBusy;

    /// <summary>Requests that were sent here and have not started. Safe from any thread, and then a guess.</summary>
    public int Depth => _agenda.Depth;

    /// <summary>How many requests ended since the last <see cref="Settle"/>.</summary>
    public int EndedInThisTurn { get; set; }

    /// <summary>A turn of this activation blocks a thread that no longer owns the lane. Set while that thread is in the turn.</summary>
    public bool Detached { get; set; }

    public Activation? PreviousBusy { get; set; }

    public Activation? NextBusy { get; set; }

    public bool IsWatched { get; set; }

    IWorkItem? IWorkItem.Next
    {
        get => _next;
        set => _next = value;
    }

    public string Describe() => $"{Class.Name}/{Key}";

    public TInterface Reference<TInterface>() => Class.Reference<TInterface>(Key, null);

    /// <summary>
    /// From any thread: takes a place in the mailbox, unless it is full. What always interleaves does not wait behind others, so it finds
    /// room behind them: it may be what they wait for.
    /// </summary>
    public bool TryReserve(Request request) => _agenda.TryReserve((long)Host.Options.MailboxLimit * (request.MayInterleaveAlways ? 2 : 1));

    /// <summary>From any thread: takes a place in the mailbox, full or not.</summary>
    public void Reserve() => _agenda.Reserve();

    /// <summary>A request has arrived.</summary>
    public void Receive(Request request)
    {
        if (Detached)
        {
            LeaveBehind(request);
            return;
        }

        request.Phase = RequestPhase.Arrived;
        if (request.CancelledOnItsWay)
        {
            _agenda.FreePlace();
            request.FailCancelled();
            return;
        }

        switch (_state)
        {
            case ActivationState.Active when _ending is null && _agenda.MayStartOnArrival(request, Class.IsReentrant):
                if (!StartSent(request)) return;
                break;
            case ActivationState.Dead:
                _fault = null;
                SendOn(request);
                return;
            case ActivationState.New:
                Park(request);
                _state = ActivationState.Activating;
                if (!Start(new ActivateRequest(this, request))) return;
                break;
            default:
                Park(request);
                break;
        }

        Settle();
    }

    /// <summary>An await inside <paramref name="request"/> has completed; <paramref name="item"/> brought the news.</summary>
    public void Resume(Request request, IWorkItem item, SendOrPostCallback rest, object? state)
    {
        if (Detached)
        {
            LeaveBehind(item);
            return;
        }

        SynchronizationContext.SetSynchronizationContext(request);
        var turn = Lane.EnterTurn(request);
        try
        {
            rest(state);
        }
        catch (Exception fault)
        {
            // Only what nobody awaits ends here, such as an async void method.
            Host.FaultUnheard(request, fault);
        }

        if (LeaveTurn(turn)) Settle();
    }

    /// <summary>The pump: starts what waits, after others on the lane had their turn.</summary>
    void IWorkItem.Run()
    {
        _pumpPosted = false;
        if (!Detached) Settle();
    }

    /// <summary>A timer tick, or another request of the host's own. It takes no place in the mailbox.</summary>
    public void ReceiveOwn(Request request)
    {
        _agenda.AddPlace();
        Receive(request);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (SynchronizationContext.Current is Request current && current.Target == this) _ending ??= deactivationReason;
        else Lane.Post(new Errand(this, activation => activation._ending ??= deactivationReason));
    }

    /// <summary>From any thread: the host stops.</summary>
    public void Shut() => Lane.Post(new Errand(this, static activation =>
    {
        activation._ending ??= new(DeactivationReasonCode.ShuttingDown, "the host stops");

        // Nothing was ever sent to it, or only what is still on its way; then there is nothing to end.
        if (activation._state == ActivationState.New) activation.Die(null);
    }));

    /// <summary>From any thread: ends the activation if it is still idle when its lane gets to it.</summary>
    public void DeactivateIfIdle(TimeSpan age) => Lane.Post(new Errand(this, activation =>
    {
        if (activation.IsIdle(age)) activation._ending ??= new(DeactivationReasonCode.ActivationIdle, $"idle for {age}");
    }));

    /// <summary>From any thread, and then a guess.</summary>
    public bool IsIdle(TimeSpan age)
    {
        if (_state != ActivationState.Active || LooksBusy) return false;
        var time = Host.Scheduler.Time;
        var now = time.GetTimestamp();
        return now >= Volatile.Read(ref _keepUntil) && time.GetElapsedTime(Volatile.Read(ref _lastUse), now) >= age;
    }

    // The two ends of a life, in turns of the activation and deactivation requests.

    public void Construct()
    {
        t_constructing = this;
        try
        {
            _instance = Class.Construct(this);
        }
        finally
        {
            t_constructing = null;
        }
    }

    public void BecomeActive()
    {
        _lastUse = Lane.Now;
        Lane.Counters.Activated++;
        _state = ActivationState.Active;
    }

    /// <summary>Gives the key free. With a fault, those who wait hear of it; without one they go to the next activation.</summary>
    public void Die(Exception? fault)
    {
        _fault = fault;
        if (_state == ActivationState.Deactivating) Lane.Counters.Deactivated++;
        _state = ActivationState.Dead;
        Class.Remove(this);
        LazyInitializer.EnsureInitialized(ref _deactivated, static () => new()).TrySetResult();
    }

    public ValueTask DisposeScope() => _scope?.DisposeAsync() ?? default;

    public void DropTimers()
    {
        foreach (var timer in _timers?.ToArray() ?? []) timer.Dispose();
    }

    public void DelayDeactivation(TimeSpan span) =>
        _keepUntil = span == Timeout.InfiniteTimeSpan || span == TimeSpan.MaxValue ? long.MaxValue : Host.After(Lane.Now, span);

    public void Attach(GrainTimer timer) => (_timers ??= []).Add(timer);

    public void Detach(GrainTimer timer) => _timers?.Remove(timer);

    /// <summary>From any thread: the observer's reference was deleted.</summary>
    public void Forget()
    {
        _state = ActivationState.Dead;
        Lane.Post(new Errand(this, static _ => { }));
    }

    public void Used() => _lastUse = Lane.Now;

    /// <summary>From any thread: takes a request back, wherever it is. A running method goes on, but nobody waits for it.</summary>
    public void Cancel(Request request) => Lane.Post(new Errand(this, activation =>
    {
        if (request.Target != activation)
        {
            request.Target.Cancel(request);
            return;
        }

        switch (request.Phase)
        {
            case RequestPhase.Sent:
                // It is still in a queue, and its answer may need it as a work item. It is answered when it arrives.
                request.CancelledOnItsWay = true;
                return;
            case RequestPhase.Waiting:
                activation._agenda.TakeBack(request, activation.Lane);
                break;
        }

        request.FailCancelled();
    }));

    /// <summary>Answers overdue requests; returns the next deadline.</summary>
    public long FailOverdue(long now)
    {
        var next = _agenda.FailOverdue(this, now);
        UnwatchIfIdle();
        return next;
    }

    /// <summary>What runs now, for messages.</summary>
    public string RunsNow => _agenda.RunsNow;

    /// <summary>From any thread, and then a guess: what others wait for here.</summary>
    public Request? RunsFirst => _agenda.RunsFirst;

    // Starting and ending of requests. Settle is where every turn ends up.

    /// <summary>
    /// False when the lane was lost during the turn: the caller then touches nothing more. So with the others that return this.
    /// </summary>
    private bool StartSent(Request request)
    {
        _agenda.FreePlace();
        var now = Lane.Now;
        if (request.Deadline <= now) Host.TimeOut(request, this, now);
        if (request.IsAnswered) return true;

        var counters = Lane.Counters;
        counters.Calls++;
        var waited = now - request.SentAt;
        if (waited > counters.OldestWait) counters.OldestWait = waited;
        return Start(request);
    }

    private bool Start(Request request)
    {
        request.Phase = RequestPhase.Running;
        _agenda.Start(request);
        SynchronizationContext.SetSynchronizationContext(request);
        var turn = Lane.EnterTurn(request);
        if (request.Trace is not null || HostTelemetry.IsTraced) HostTelemetry.Begin(request, _instance!);
        else request.Begin(_instance!);
        if (!LeaveTurn(turn)) return false;

        if (request.Phase == RequestPhase.Running) Lane.Deadlines.Watch(this, request.Deadline);
        return true;
    }

    private bool LeaveTurn(object? turn)
    {
        if (Lane.LeaveTurn(turn)) return true;

        // This thread has lost the lane. A work item settles the turn on the thread that owns it now.
        Lane.Post(new Errand(this, static activation => activation.Reattach()) { EndsDetachment = true });
        return false;
    }

    /// <summary>After each turn: drops what has ended, then starts what may start now, or ends the activation.</summary>
    public void Settle()
    {
        for (var started = 0; ; started++)
        {
            RemoveEnded();
            if (_state == ActivationState.Dead)
            {
                SendOnWaiting();
                break;
            }

            if (_ending is { } reason && _agenda.RunsNothing && _state == ActivationState.Active)
            {
                _state = ActivationState.Deactivating;
                if (!Start(new DeactivateRequest(this, reason))) return;
                continue;
            }

            if (_state != ActivationState.Active || _agenda.NextToStart(this, _ending is not null, out var before) is not { } request) break;
            if (started >= Lane.RequestsInARow)
            {
                PostPump();
                break;
            }

            _agenda.TakeOut(request, before, Lane);
            if (!StartSent(request)) return;
        }

        UnwatchIfIdle();
    }

    private void UnwatchIfIdle()
    {
        if (IsWatched && _agenda.IsEmpty) Lane.Deadlines.Unwatch(this);
    }

    private void RemoveEnded()
    {
        if (EndedInThisTurn == 0) return;
        EndedInThisTurn = 0;
        _agenda.RemoveEnded();
    }

    private void Park(Request request)
    {
        if (_agenda.WouldDeadlock(request, this, isActive: _state == ActivationState.Active))
        {
            _agenda.FreePlace();
            Host.RefuseDeadlock(request);
            return;
        }

        _agenda.Wait(request, Lane);
        Lane.Deadlines.Watch(this, request.Deadline);
    }

    private void PostPump()
    {
        if (_pumpPosted) return;
        _pumpPosted = true;
        Lane.Post(this);
    }

    private void SendOnWaiting()
    {
        while (_agenda.WaitsFirst is { } request)
        {
            _agenda.TakeOut(request, null, Lane);
            SendOn(request);
        }
    }

    private void SendOn(Request request)
    {
        _agenda.FreePlace();
        if (_fault is not null) request.Fail(_fault);
        else if (request.MayMove) Host.Redirect(request);
    }

    // What happens while a blocked thread sits in a turn of this activation.

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void LeaveBehind(IWorkItem item) => (_leftBehind ??= []).Enqueue(item);

    private void Reattach()
    {
        Detached = false;
        foreach (var item in _leftBehind ?? []) Lane.Post(item);
        _leftBehind = null;
    }
}
