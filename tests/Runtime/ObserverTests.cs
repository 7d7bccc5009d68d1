using Gamification.Runtime.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Runtime;

public interface INewsObserver : IGrainObserver
{
    void Heard(int number);

    Task<string> Ask(string question);
}

public interface INewsGrain : IGrainWithStringKey
{
    ValueTask Subscribe(INewsObserver observer);

    ValueTask<int> Publish(int count);

    Task<string> AskEveryone(string question);

    Task SubscribeTo(string other);
}

public sealed class NewsGrain : Grain, INewsGrain, INewsObserver
{
    private readonly ObserverManager<INewsObserver> _observers = new(TimeSpan.FromMinutes(5), NullLogger.Instance);
    private readonly List<string> _answers = [];
    private int _published;

    public ValueTask Subscribe(INewsObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return default;
    }

    public ValueTask<int> Publish(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = ++_published;
            _observers.Notify(observer => observer.Heard(number));
        }

        return new(_observers.Count);
    }

    public async Task<string> AskEveryone(string question)
    {
        _answers.Clear();
        await _observers.Notify(async observer => _answers.Add(await observer.Ask(question)));
        return string.Join(" ", _answers);
    }

    public async Task SubscribeTo(string other) => await GrainFactory.GetGrain<INewsGrain>(other).Subscribe(this.AsReference<INewsObserver>());

    public void Heard(int number) => _published += number;

    public Task<string> Ask(string question) => Task.FromResult($"{this.GetPrimaryKeyString()} has {_published}");
}

public sealed class Reader(int expected) : INewsObserver
{
    private readonly TaskCompletionSource _heardAll = new();

    public List<int> Numbers { get; } = [];

    public Task HeardAll => _heardAll.Task;

    public void Heard(int number)
    {
        Numbers.Add(number);
        if (Numbers.Count == expected) _heardAll.SetResult();
    }

    public async Task<string> Ask(string question)
    {
        await Task.Yield();
        return question == "fail" ? throw new InvalidOperationException("no answer") : $"{question}!";
    }
}

public abstract class ObserverTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void An_observer_hears_everything_in_order() => THost.Run(async host =>
    {
        var reader = new Reader(expected: 100);
        var grain = host.Factory.GetGrain<INewsGrain>("one");
        await grain.Subscribe(host.Factory.CreateObjectReference<INewsObserver>(reader));
        await grain.Publish(100);
        await reader.HeardAll;
        Assert.Equal(Enumerable.Range(1, 100), reader.Numbers);
        Assert.Equal("well!", await grain.AskEveryone("well"));
    });

    [Fact]
    public void A_deleted_or_failing_observer_is_forgotten_when_it_is_asked() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<INewsGrain>("one");
        var deleted = host.Factory.CreateObjectReference<INewsObserver>(new Reader(1));
        await grain.Subscribe(deleted);
        await grain.Subscribe(host.Factory.CreateObjectReference<INewsObserver>(new Reader(1)));
        host.Factory.DeleteObjectReference<INewsObserver>(deleted);

        Assert.Equal(2, await grain.Publish(1));
        Assert.Equal("well!", await grain.AskEveryone("well"));
        Assert.Equal(1, await grain.Publish(1));
        Assert.Equal("", await grain.AskEveryone("fail"));
        Assert.Equal(0, await grain.Publish(1));
        await Assert.ThrowsAsync<ObserverGoneException>(() => deleted.Ask("well"));
    });

    [Fact]
    public void A_grain_can_observe_another() => THost.Run(async host =>
    {
        await host.Factory.GetGrain<INewsGrain>("one").SubscribeTo("two");
        await host.Factory.GetGrain<INewsGrain>("two").Publish(3);
        Assert.Equal("one has 6", await host.Factory.GetGrain<INewsGrain>("two").AskEveryone("?"));
    });

    [Fact]
    public void References_to_the_same_are_equal() => THost.Run(host =>
    {
        var one = host.Factory.GetGrain<INewsGrain>("one");
        Assert.Equal(one, host.Factory.GetGrain<INewsGrain>("one"));
        Assert.Equal<object>(one, one.AsReference<INewsGrain>());
        Assert.NotEqual(one, host.Factory.GetGrain<INewsGrain>("two"));
        Assert.Equal("INewsGrain/one", one.ToString());
        Assert.Equal("one", one.GetPrimaryKeyString());
        return Task.CompletedTask;
    });
}

public sealed class ObserversOnThreads : ObserverTests<OnThreads>;

public sealed class ObserversInSimulation : ObserverTests<InSimulation>
{
    [Fact]
    public void An_observer_that_does_not_subscribe_anew_expires() => InSimulation.Run(async host =>
    {
        var grain = host.Factory.GetGrain<INewsGrain>("one");
        await grain.Subscribe(host.Factory.CreateObjectReference<INewsObserver>(new Reader(1)));
        await Task.Delay(TimeSpan.FromMinutes(4), host.Scheduler.Time);
        Assert.Equal(1, await grain.Publish(1));
        await Task.Delay(TimeSpan.FromMinutes(2), host.Scheduler.Time);
        Assert.Equal(0, await grain.Publish(1));
    });
}
