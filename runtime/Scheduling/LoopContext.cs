namespace Gamification.Runtime.Scheduling;

/// <summary>Brings the awaits of a loop that is not a grain back to its lane.</summary>
internal sealed class LoopContext(string name, Lane lane) : SynchronizationContext
{
    /// <summary>Starts <paramref name="body"/> on the lane. The task ends as the body does.</summary>
    public Task Start(Func<CancellationToken, Task> body, CancellationToken stopping)
    {
        var ended = new TaskCompletionSource();
        Post(_ => Begin(body, ended, stopping), null);
        return ended.Task;
    }

    public override void Post(SendOrPostCallback d, object? state) => lane.Post(new Step(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException($"Loop {name} runs one step at a time: post to it, or await it.");

    public override SynchronizationContext CreateCopy() => this;

    private static async void Begin(Func<CancellationToken, Task> body, TaskCompletionSource ended, CancellationToken stopping)
    {
        try
        {
            await body(stopping);
            SetSynchronizationContext(null);
            ended.SetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            SetSynchronizationContext(null);
            ended.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception fault)
        {
            SetSynchronizationContext(null);
            ended.SetException(fault);
        }
    }

    private sealed class Step(LoopContext context, SendOrPostCallback callback, object? state) : IWorkItem
    {
        private volatile IWorkItem? _next;

        public IWorkItem? Next
        {
            get => _next;
            set => _next = value;
        }

        public void Run()
        {
            SetSynchronizationContext(context);
            callback(state);
        }

        public string Describe() => context.ToString();
    }

    public override string ToString() => name;
}
