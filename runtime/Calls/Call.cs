using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Calls;

/// <summary>
/// A call of one method, and the promise of its result. Generated code derives one class a method, holding the arguments. A method that
/// returns ValueTask costs this one object; one that returns Task costs its Task too. It is used once and awaited at most once.
/// </summary>
public abstract class Call<TResult> : Request, IValueTaskSource<TResult>, IValueTaskSource, IThreadPoolWorkItem
{
    private static readonly Action<object?> s_answered = _ => { };

    private AsyncTaskMethodBuilder<TResult> _task;
    private bool _asTask;
    private bool _resuming;
    private Action<object?>? _continuation;
    private Action<object?>? _rest;
    private object? _state;
    private object? _resumeOn;
    private TResult? _result;
    private ExceptionDispatchInfo? _fault;
    private object? _running;

    /// <summary>Calls the grain's method with the arguments and hands what it returns to <c>Await</c> or <c>Done</c>.</summary>
    protected abstract void Invoke(object grain);

    /// <summary>Takes over what the method returned.</summary>
    protected void Await(Task<TResult> task)
    {
        if (task.IsCompletedSuccessfully) Done(task.Result);
        else if (task.IsCompleted) Ended(task);
        else
        {
            // The captured context is this request. When the method ends within its own turn the callback runs at once, else it is posted.
            _running = task;
            task.GetAwaiter().UnsafeOnCompleted(EndedTypedTask);
        }
    }

    /// <inheritdoc cref="Await(Task{TResult})"/>
    protected void Await(ValueTask<TResult> task)
    {
        if (task.IsCompletedSuccessfully) Done(task.Result);
        else Await(task.AsTask());
    }

    /// <inheritdoc cref="Await(Task{TResult})"/>
    protected void Await(Task task)
    {
        if (task.IsCompletedSuccessfully) Done(default!);
        else if (task.IsCompleted) Ended(task);
        else
        {
            _running = task;
            task.GetAwaiter().UnsafeOnCompleted(EndedTask);
        }
    }

    /// <inheritdoc cref="Await(Task{TResult})"/>
    protected void Await(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            Done(default!);
        }
        else
        {
            Await(task.AsTask());
        }
    }

    /// <summary>The method has returned.</summary>
    protected void Done(TResult result)
    {
        Immutability.RefuseMutableResult(result, Shape);
        Ended();
        Answer(result);
    }

    internal sealed override void Begin(object grain)
    {
        try
        {
            Invoke(grain);
        }
        catch (Exception fault)
        {
            Ended();
            Fail(fault);
        }
    }

    /// <summary>Before the call is sent: its answer as a task.</summary>
    internal Task<TResult> AsTask()
    {
        _asTask = true;
        return _task.Task;
    }

    internal ValueTask<TResult> AsValueTask() => new(this, 0);

    internal ValueTask AsVoidValueTask() => new(this, 0);

    internal void Answer(TResult result)
    {
        if (!ClaimAnswer()) return;

        _result = result;
        if (!_asTask)
        {
            ResumeCaller();
            return;
        }

        if (IsFromOutside && !Target.Lane.IsSimulated)
        {
            Scheduler.RunOutside(this);
            return;
        }

        var context = LeaveContext();
        _task.SetResult(result);
        SetSynchronizationContext(context);
    }

    internal sealed override bool Fail(Exception fault)
    {
        if (!ClaimAnswer()) return false;

        if (!IsHeard) Target.Host.FaultUnheard(this, fault);
        if (_asTask)
        {
            var context = LeaveContext();
            _task.SetException(fault);
            SetSynchronizationContext(context);
            return true;
        }

        _fault = ExceptionDispatchInfo.Capture(fault);
        ResumeCaller();
        return true;
    }

    private protected override void Step()
    {
        if (_resuming) ((Request)_resumeOn!).Target.Resume((Request)_resumeOn!, this, InvokeRest, this);
        else base.Step();
    }

    private static readonly SendOrPostCallback InvokeRest = static call => ((Call<TResult>)call!).Execute();

    private void EndedTypedTask()
    {
        var task = (Task<TResult>)_running!;
        if (task.IsCompletedSuccessfully) Done(task.Result);
        else Ended(task);
    }

    private void EndedTask()
    {
        var task = (Task)_running!;
        if (task.IsCompletedSuccessfully) Done(default!);
        else Ended(task);
    }

    private void Ended(Task failed)
    {
        Ended();
        try
        {
            failed.GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    private void ResumeCaller()
    {
        if (Interlocked.Exchange(ref _continuation, s_answered) is not { } rest) return;

        _rest = rest;
        Resume();
    }

    private void Resume()
    {
        switch (_resumeOn)
        {
            case Request caller:
                // This object is in no queue any more, so it can be the item that brings its own answer.
                _resuming = true;
                caller.Target.Lane.Post(this);
                break;
            case SynchronizationContext other:
                other.Post(InvokeRest, this);
                break;
            default:
                Scheduler.RunOutside(this);
                break;
        }
    }

    /// <summary>Runs whoever awaited this call. For the thread pool and for lanes; not to be called by anyone else.</summary>
    public void Execute()
    {
        if (_asTask) _task.SetResult(_result!);
        else _rest!(_state);
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        _fault?.Throw();
        return _result!;
    }

    void IValueTaskSource.GetResult(short token) => _fault?.Throw();

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => Status;

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => Status;

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, flags);

    private ValueTaskSourceStatus Status =>
        !ReferenceEquals(Volatile.Read(ref _continuation), s_answered) ? ValueTaskSourceStatus.Pending
        : _fault is null ? ValueTaskSourceStatus.Succeeded
        : _fault.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
        : ValueTaskSourceStatus.Faulted;

    private void OnCompleted(Action<object?> continuation, object? state, ValueTaskSourceOnCompletedFlags flags)
    {
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != ValueTaskSourceOnCompletedFlags.None
            && Current is { } context && context.GetType() != typeof(SynchronizationContext))
        {
            _resumeOn = context;
        }

        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != ValueTaskSourceOnCompletedFlags.None
            && ExecutionContext.Capture() is { } flow)
        {
            var (inner, innerState) = (continuation, state);
            continuation = _ => ExecutionContext.Run(flow, _ => inner(innerState), null);
        }

        _state = state;
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is null) return;

        _rest = continuation;
        Resume();
    }
}

/// <summary>The result of a method that returns nothing.</summary>
public readonly record struct Nothing;
