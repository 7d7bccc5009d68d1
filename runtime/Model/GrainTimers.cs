namespace Gamification.Runtime;

/// <summary>A timer of one activation. It ends with the activation at the latest.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Counts anew: the next tick after <paramref name="dueTime"/>, then every <paramref name="period"/>.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>
/// When a timer ticks and what it may interleave with. A period is counted from the end of one tick to the start of the next, so ticks
/// never pile up. Without <see cref="Interleave"/> a tick waits its turn like a request; without <see cref="KeepAlive"/> it does not
/// count as activity.
/// </summary>
public readonly struct GrainTimerCreationOptions()
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    public required TimeSpan DueTime { get; init; }

    public required TimeSpan Period { get; init; }

    public bool Interleave { get; init; }

    public bool KeepAlive { get; init; }
}

/// <summary>Timers and the end of an activation. Call them from within the grain.</summary>
public static class GrainBaseExtensions
{
    public static void DeactivateOnIdle(this IGrainBase grain) =>
        grain.GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "the grain asked for it"));

    /// <summary>The token is cancelled when the timer is disposed or the activation ends.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        Activations.GrainTimer.Start(grain, token => callback(state, token), options);

    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        Activations.GrainTimer.Start(grain, token => callback(state, token), new(dueTime, period));

    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options) =>
        Activations.GrainTimer.Start(grain, _ => callback(state), options);

    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        Activations.GrainTimer.Start(grain, _ => callback(state), new(dueTime, period));

    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        Activations.GrainTimer.Start(grain, callback, options);

    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        Activations.GrainTimer.Start(grain, callback, new(dueTime, period));

    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options) =>
        Activations.GrainTimer.Start(grain, _ => callback(), options);

    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        Activations.GrainTimer.Start(grain, _ => callback(), new(dueTime, period));
}
