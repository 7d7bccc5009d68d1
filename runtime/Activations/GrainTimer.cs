using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>
/// A timer whose ticks are requests of its activation. It is armed for one tick at a time, after the last one has ended, so a slow tick
/// or a busy grain delays the next one instead of piling them up.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _period = options.Period;
        _timer = activation.Host.Scheduler.Time.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, options.DueTime, Timeout.InfiniteTimeSpan);
        activation.Attach(this);
    }

    public static IGrainTimer Start(IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var activation = (Activation)grain.GrainContext;
        if (SynchronizationContext.Current is not Request current || current.Target != activation)
            throw new InvalidOperationException($"A timer of {activation.Describe()} can only be registered within its own turns.");

        return new GrainTimer(activation, callback, options);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _changed = _ticking;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;

        _disposed.Cancel();
        _timer.Dispose();
        _activation.Detach(this);
    }

    private void Due() => _activation.Lane.Post(new Tick(this));

    private Task Run()
    {
        if (_disposed.IsCancellationRequested) return Task.CompletedTask;
        _ticking = true;
        return _callback(_disposed.Token);
    }

    private void Ended()
    {
        _ticking = false;
        var (changed, disposed) = (_changed, _disposed.IsCancellationRequested);
        _changed = false;
        if (!changed && !disposed && _period != Timeout.InfiniteTimeSpan) _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private sealed class Tick(GrainTimer timer) : OwnRequest(timer._activation)
    {
        private static readonly MethodShape s_alone = new("", "timer");
        private static readonly MethodShape s_interleaving = new("", "timer", MethodTraits.AlwaysInterleave);

        public override MethodShape Shape => timer._options.Interleave ? s_interleaving : s_alone;

        internal override bool KeepsAlive => timer._options.KeepAlive;

        protected override async Task Invoke() => await timer.Run();

        protected override void AfterEnd() => timer.Ended();
    }
}
