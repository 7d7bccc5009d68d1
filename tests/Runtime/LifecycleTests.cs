using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

/// <summary>What happened in the lives of grains, in order.</summary>
public sealed class Diary
{
    private readonly List<string> _lines = [];

    public void Write(string line)
    {
        lock (_lines) _lines.Add(line);
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }
}

public sealed class Belonging(Diary diary) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        diary.Write("scope disposed");
        return default;
    }
}

public interface ILivingGrain : IGrainWithStringKey
{
    ValueTask Touch();

    ValueTask<int> Life();

    ValueTask Leave();

    ValueTask Stay(TimeSpan span);
}

public interface IImmortalGrain : IGrainWithStringKey
{
    ValueTask Touch();
}

public sealed class LivingGrain(Diary diary, Belonging belonging) : Grain, ILivingGrain
{
    private int _requests;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Assert.NotNull(belonging);
        await Task.Yield();
        diary.Write("activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        diary.Write($"deactivated: {reason.ReasonCode}");
    }

    public ValueTask Touch() => default;

    public ValueTask<int> Life() => new(++_requests);

    public ValueTask Leave()
    {
        DeactivateOnIdle();
        return default;
    }

    public ValueTask Stay(TimeSpan span)
    {
        DelayDeactivation(span);
        return default;
    }
}

[KeepAlive]
public sealed class ImmortalGrain(Diary diary) : Grain, IImmortalGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        diary.Write($"immortal deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public ValueTask Touch() => default;
}

public interface IStillbornGrain : IGrainWithStringKey
{
    ValueTask<int> Answer();
}

public sealed class StillbornGrain(Diary diary) : Grain, IStillbornGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        diary.Write("tried");
        if (diary.Lines.Count < 2) throw new InvalidOperationException("no storage");
    }

    public ValueTask<int> Answer() => new(42);
}

public abstract class LifecycleTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void A_grain_is_activated_before_its_first_request_and_ended_with_its_scope() => Run(async (host, diary) =>
    {
        var grain = host.Factory.GetGrain<ILivingGrain>("one");
        Assert.Empty(diary.Lines);
        await Task.WhenAll(grain.Touch().AsTask(), grain.Touch().AsTask());
        Assert.Equal(["activated"], diary.Lines);
        await host.StopAsync(default);
        Assert.Equal(["activated", "deactivated: ShuttingDown", "scope disposed"], diary.Lines);
        Assert.Equal(0, host.ActivationCount);
    });

    [Fact]
    public void Requests_behind_a_grain_that_leaves_go_to_its_next_life() => Run(async (host, diary) =>
    {
        var grain = host.Factory.GetGrain<ILivingGrain>("one");
        Assert.Equal(1, await grain.Life());
        var leaving = grain.Leave().AsTask();
        var lives = await Task.WhenAll(grain.Life().AsTask(), grain.Life().AsTask());
        await leaving;

        Assert.Equal([1, 2], lives.Order());
        Assert.Equal(["activated", "deactivated: ApplicationRequested", "scope disposed", "activated"], diary.Lines);
    });

    [Fact]
    public void A_failed_activation_fails_those_who_wait_and_the_next_call_tries_again() => Run(async (host, diary) =>
    {
        var grain = host.Factory.GetGrain<IStillbornGrain>("one");
        Assert.Equal("no storage", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await grain.Answer())).Message);
        Assert.Equal(42, await grain.Answer());
        Assert.Equal(["tried", "tried"], diary.Lines);
    });

    [Fact]
    public void A_stopping_host_refuses_calls_from_outside() => Run(async (host, _) =>
    {
        var grain = host.Factory.GetGrain<ILivingGrain>("one");
        await grain.Touch();
        await host.StopAsync(default);
        var refused = await Assert.ThrowsAsync<HostStoppedException>(async () => await grain.Touch());
        Assert.Contains("ILivingGrain/one.Touch", refused.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_stopping_host_lets_requests_in_flight_finish() => Run(async (host, _) =>
    {
        var grain = host.Factory.GetGrain<ICounterGrain>("one");
        var calls = Enumerable.Range(0, 20).Select(_ => grain.AddSlowly(1, yields: 5).AsTask()).ToArray();
        await grain.Nothing();
        await host.StopAsync(default);
        Assert.Equal(20, (await Task.WhenAll(calls)).Max());
    });

    protected static void Run(Func<ActorHost, Diary, Task> scenario, Action<ActorHostOptions>? configure = null)
    {
        THost.Run(
            host => scenario(host, host.Services.GetRequiredService<Diary>()),
            configure,
            services => services.AddSingleton<Diary>().AddScoped<Belonging>());
    }

}

public sealed class LifecycleOnThreads : LifecycleTests<OnThreads>;

public sealed class LifecycleInSimulation : LifecycleTests<InSimulation>
{
    [Fact]
    public void An_idle_grain_ends_after_its_age_unless_it_is_kept_alive() => Run(async (host, diary) =>
    {
        var time = host.Scheduler.Time;
        await host.StartAsync(default);
        var grain = host.Factory.GetGrain<ILivingGrain>("one");
        await grain.Touch();
        await host.Factory.GetGrain<IImmortalGrain>("one").Touch();

        await Task.Delay(TimeSpan.FromMinutes(14), time);
        await grain.Touch();
        await Task.Delay(TimeSpan.FromMinutes(14), time);
        Assert.Equal(["activated"], diary.Lines);
        await Task.Delay(TimeSpan.FromMinutes(3), time);
        Assert.Equal(["activated", "deactivated: ActivationIdle", "scope disposed"], diary.Lines);
        Assert.Equal(1, host.ActivationCount);
        Assert.Equal(1, await grain.Life());
    });

    [Fact]
    public void A_grain_can_delay_its_end() => Run(async (host, diary) =>
    {
        var time = host.Scheduler.Time;
        await host.StartAsync(default);
        await host.Factory.GetGrain<ILivingGrain>("one").Stay(TimeSpan.FromHours(2));
        await Task.Delay(TimeSpan.FromMinutes(119), time);
        Assert.Equal(["activated"], diary.Lines);
        await Task.Delay(TimeSpan.FromMinutes(3), time);
        Assert.Equal("deactivated: ActivationIdle", diary.Lines[1]);
    });
}
