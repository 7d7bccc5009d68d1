using Gamification.Runtime.Activations;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Runtime.Hosting;

/// <summary>
/// Runs grains in this process. It takes calls as soon as it exists; starting it starts the reminders. Stopping refuses calls from outside,
/// lets the requests in flight finish, and deactivates every grain, all within <see cref="ActorHostOptions.StopTimeout"/>.
/// </summary>
public sealed class ActorHost : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _aborted = new();
    private readonly HostTelemetry _telemetry;
    private readonly Collector _collector;
    private readonly IAsyncDisposable? _owned;
    private readonly long _responseTimeout;
    private volatile bool _refusesOutside;
    private volatile bool _refusesAll;
    private Task? _stopped;

    public ActorHost(
        ActorHostOptions options,
        IActorScheduler scheduler,
        IServiceProvider services,
        IReminderTable? reminders = null,
        ILogger<ActorHost>? log = null)
    {
        Options = options;
        Scheduler = scheduler;
        Services = services;
        Log = log ?? (ILogger)NullLogger.Instance;
        Aborted = _aborted.Token;
        _responseTimeout = After(0, options.ResponseTimeout);
        Catalog = new(this);
        Factory = new GrainFactory(this);
        Reminders = new(this, reminders ?? new InMemoryReminderTable());
        _telemetry = new(this);
        _collector = new(this);
    }

    private ActorHost(ActorHostOptions options, IActorScheduler scheduler, IServiceProvider services, IAsyncDisposable? owned)
        : this(options, scheduler, services, services.GetService<IReminderTable>(), services.GetService<ILogger<ActorHost>>()) =>
        _owned = owned;

    public IGrainFactory Factory { get; }

    public IActorScheduler Scheduler { get; }

    /// <summary>How many grains are activated now.</summary>
    public int ActivationCount => Catalog.Classes.Sum(grainClass => grainClass.Activations.Count());

    internal ActorHostOptions Options { get; }

    internal IServiceProvider Services { get; }

    internal GrainCatalog Catalog { get; }

    internal ReminderClock Reminders { get; }

    internal ILogger Log { get; }

    /// <summary>Cancelled when stopping has run out of time.</summary>
    internal CancellationToken Aborted { get; }

    /// <summary>
    /// A host without a generic host around it: for tests, simulations and tools. Without a scheduler it has threads of its own.
    /// </summary>
    public static ActorHost Create(Action<ActorHostOptions> configure, IActorScheduler? scheduler = null, IServiceProvider? services = null)
    {
        var options = new ActorHostOptions();
        configure(options);
        var owned = scheduler is null ? new ThreadScheduler() : null;
        return new(options, scheduler ?? owned!, services ?? new ServiceCollection().BuildServiceProvider(), owned);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _collector.Start();
        await Reminders.Start(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped ??= Stop(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _telemetry.Dispose();
        _aborted.Dispose();
        if (_owned is not null) await _owned.DisposeAsync();
    }

    internal long After(long timestamp, TimeSpan span)
    {
        var ticks = span.TotalSeconds * Scheduler.Time.TimestampFrequency;
        return span == Timeout.InfiniteTimeSpan || ticks + timestamp >= long.MaxValue ? long.MaxValue : timestamp + (long)ticks;
    }

    /// <summary>From any thread. Whatever is wrong becomes the answer of the request.</summary>
    internal void Send(Request request, Activation target)
    {
        var context = SynchronizationContext.Current;
        var caller = context as Request;
        request.Target = target;
        request.IsFromOutside = context is null;
        if (caller is null ? _refusesOutside : _refusesAll)
        {
            request.Fail(new HostStoppedException($"{request.Describe()} was not started: the host stops."));
            return;
        }

        var now = caller is null ? Scheduler.Time.GetTimestamp() : caller.Target.Lane.Now;
        request.SentAt = now;
        if (request.IsHeard)
        {
            request.Caller = caller;
            if (caller is not null) caller.LatestCall = request;
            request.Deadline = request.Shape.ResponseTimeout is { } own ? After(now, own)
                : _responseTimeout == long.MaxValue ? long.MaxValue : now + _responseTimeout;
        }

        var cancellation = request.CancellationToken;
        if (cancellation.IsCancellationRequested)
        {
            request.FailCancelled();
            return;
        }

        if (!target.TryReserve(request))
        {
            _telemetry.CountRefused();
            request.Fail(new LimitExceededException(
                $"{request.Describe()} was refused: {Options.MailboxLimit} requests wait for {target.Describe()} already."));
            return;
        }

        if (HostTelemetry.IsTraced) HostTelemetry.Sent(request);
        if (cancellation.CanBeCanceled)
        {
            request.Cancellation = cancellation.UnsafeRegister(
                static request => ((Request)request!).Target.Cancel((Request)request), request);
        }

        target.Lane.Post(request);
    }

    /// <summary>On a lane: the activation died before it took this request.</summary>
    internal void Redirect(Request request)
    {
        if (request.IsAnswered) return;
        if (request.Target.Class.IsObserver)
        {
            request.Fail(new ObserverGoneException($"{request.Describe()} was not delivered: the reference was deleted."));
            return;
        }

        if (_refusesAll)
        {
            request.Fail(new HostStoppedException($"{request.Describe()} was not started: the host has stopped."));
            return;
        }

        var next = request.Target.Class.Resolve(request.Target.Key);
        request.Target = next;
        request.Phase = RequestPhase.Sent;
        next.Reserve();
        next.Lane.Post(request);
    }

    internal void TimeOut(Request request, Activation target, long now)
    {
        var age = Scheduler.Time.GetElapsedTime(request.SentAt, now);
        var where = request.Phase == RequestPhase.Running ? "while it ran" : "before it started";
        var message = $"{request.Describe()} had no answer after {age.TotalSeconds:0.###} s, {where}. "
            + $"{target.Describe()} now runs {target.RunsNow}.";
        Exception fault = WaitChain.CycleFrom(request) is { } cycle
            ? new DeadlockException($"{message} These calls wait for each other: {string.Join(" -> ", cycle)}.", cycle)
            : new TimeoutException(message);
        if (request.Fail(fault)) target.Lane.Counters.TimedOut++;
    }

    internal void RefuseDeadlock(Request request)
    {
        var chain = new List<string>();
        for (var at = request; at is not null; at = at.Caller) chain.Insert(0, at.Describe());
        request.Fail(new DeadlockException(
            $"This chain of calls would wait for itself: {string.Join(" -> ", chain)}. Mark a method [AlwaysInterleave] or [ReadOnly], "
            + "or the class [Reentrant], if it may run while its caller waits; make a call whose answer nobody awaits [OneWay].",
            chain));
    }

    internal void FaultUnheard(Request request, Exception fault) =>
        Log.LogError(fault, "{Request} failed, and nobody waits for its answer.", request.Describe());

    internal void ActivationFailed(Activation activation, Exception fault) =>
        Log.LogWarning(fault, "{Grain} could not be activated.", activation.Describe());

    internal void DeactivationFailed(Activation activation, Exception fault) =>
        Log.LogError(fault, "{Grain} failed while it was deactivated.", activation.Describe());

    internal IEnumerable<Activation> Activations => Catalog.Classes.SelectMany(grainClass => grainClass.Activations);

    private async Task Stop(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Options.StopTimeout, Scheduler.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        _refusesOutside = true;
        _collector.Stop();
        await Reminders.Stop();

        await Until(() => !Activations.Any(activation => activation.LooksBusy), either.Token);
        foreach (var activation in InOrder(Activations)) activation.Shut();
        if (!await Until(() => !Activations.Any(), either.Token))
        {
            Log.LogWarning("The host stopped before {Count} grains had deactivated.", Activations.Count());
            await _aborted.CancelAsync();
        }

        _refusesAll = true;
    }

    private async Task<bool> Until(Func<bool> condition, CancellationToken patience)
    {
        while (!condition())
        {
            if (patience.IsCancellationRequested) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(5), Scheduler.Time, CancellationToken.None);
        }

        return true;
    }

    /// <summary>By name, so that a simulation goes through them in the same order each time.</summary>
    internal static IEnumerable<Activation> InOrder(IEnumerable<Activation> activations) =>
        activations
            .OrderBy(activation => activation.Class.Name, StringComparer.Ordinal)
            .ThenBy(activation => activation.Key, StringComparer.Ordinal);
}
