namespace Gamification.Tests.Runtime;

public interface ITickingGrain : IGrainWithStringKey
{
    ValueTask Start(TimeSpan due, TimeSpan period, TimeSpan work, bool interleave, bool keepAlive);

    ValueTask Change(TimeSpan due, TimeSpan period);

    ValueTask StopTicking();

    [AlwaysInterleave]
    ValueTask<string> Ticks();

    ValueTask Work(TimeSpan span);
}

public sealed class TickingGrain(TimeProvider time) : Grain, ITickingGrain
{
    private readonly List<double> _ticks = [];
    private DateTimeOffset _start;
    private IGrainTimer? _timer;

    public ValueTask Start(TimeSpan due, TimeSpan period, TimeSpan work, bool interleave, bool keepAlive)
    {
        _start = time.GetUtcNow();
        _timer = this.RegisterGrainTimer(
            static (state, token) => state.Grain.Tick(state.Work, token),
            (Grain: this, Work: work),
            new() { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return default;
    }

    public ValueTask Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return default;
    }

    public ValueTask StopTicking()
    {
        _timer!.Dispose();
        return default;
    }

    public ValueTask<string> Ticks() => new(string.Join(" ", _ticks));

    public async ValueTask Work(TimeSpan span) => await Task.Delay(span, time);

    private async Task Tick(TimeSpan work, CancellationToken cancellationToken)
    {
        _ticks.Add((time.GetUtcNow() - _start).TotalSeconds);
        if (work > TimeSpan.Zero) await Task.Delay(work, time, cancellationToken);
    }
}

public sealed class TimerTests
{
    [Fact]
    public void A_timer_ticks_when_due_and_a_period_after_each_tick_has_ended() => InSimulation.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ITickingGrain>("one");
        await grain.Start(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), work: TimeSpan.FromSeconds(2), interleave: false, keepAlive: false);
        await Task.Delay(TimeSpan.FromSeconds(40), host.Scheduler.Time);
        Assert.Equal("1 13 25 37", await grain.Ticks());
    });

    [Fact]
    public void A_tick_waits_its_turn_unless_it_may_interleave() => InSimulation.Run(async host =>
    {
        foreach (var (interleave, ticks) in new[] { (false, "8"), (true, "1 3 5 7") })
        {
            var grain = host.Factory.GetGrain<ITickingGrain>($"{interleave}");
            await grain.Start(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.Zero, interleave, keepAlive: false);
            await grain.Work(TimeSpan.FromSeconds(8));
            await Task.Delay(TimeSpan.FromSeconds(0.5), host.Scheduler.Time);
            Assert.Equal(ticks, await grain.Ticks());
        }
    });

    [Fact]
    public void A_timer_can_be_changed_and_stopped() => InSimulation.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ITickingGrain>("one");
        await grain.Start(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.Zero, interleave: false, keepAlive: false);
        await Task.Delay(TimeSpan.FromSeconds(2.5), host.Scheduler.Time);
        await grain.Change(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        await Task.Delay(TimeSpan.FromSeconds(6), host.Scheduler.Time);
        await grain.StopTicking();
        await Task.Delay(TimeSpan.FromSeconds(60), host.Scheduler.Time);
        Assert.Equal("1 2 4.5 7.5", await grain.Ticks());
    });

    [Fact]
    public void Ticks_keep_a_grain_only_when_asked_to() => InSimulation.Run(async host =>
    {
        await host.StartAsync(default);
        for (var keepAlive = false; ; keepAlive = true)
        {
            var grain = host.Factory.GetGrain<ITickingGrain>($"{keepAlive}");
            await grain.Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.Zero, interleave: false, keepAlive);
            if (keepAlive) break;
        }

        Assert.Equal(2, host.ActivationCount);
        await Task.Delay(TimeSpan.FromMinutes(20), host.Scheduler.Time);
        Assert.Equal(1, host.ActivationCount);
    });

    [Fact]
    public void Timers_tick_on_threads() => OnThreads.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ITickingGrain>("one");
        await grain.Start(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.Zero, interleave: false, keepAlive: false);
        while ((await grain.Ticks()).Split(' ').Length < 3) await grain.Work(TimeSpan.FromMilliseconds(1));
    });
}
