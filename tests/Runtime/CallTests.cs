namespace Gamification.Tests.Runtime;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> AddQuickly(int amount);

    ValueTask<int> AddSlowly(int amount, int yields);

    ValueTask Nothing();

    Task Fail(string message);

    ValueTask<string> Key();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public ValueTask<int> AddQuickly(int amount) => new(_sum += amount);

    public async ValueTask<int> AddSlowly(int amount, int yields)
    {
        var before = _sum;
        for (var i = 0; i < yields; i++) await Task.Yield();
        return _sum = before + amount;
    }

    public ValueTask Nothing() => default;

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public ValueTask<string> Key() => new(this.GetPrimaryKeyString());
}

public abstract class CallTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void A_call_reaches_the_grain_of_its_key_and_brings_the_result_back() => THost.Run(async host =>
    {
        var first = host.Factory.GetGrain<ICounterGrain>("first");
        var second = host.Factory.GetGrain<ICounterGrain>("second");

        Assert.Equal(2, await first.Add(2));
        Assert.Equal(5, await first.AddQuickly(3));
        Assert.Equal(1, await second.AddSlowly(1, yields: 3));
        await second.Nothing();
        Assert.Equal("first", await first.Key());
    });

    [Fact]
    public void Requests_of_one_grain_never_interleave() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ICounterGrain>("one");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => grain.AddSlowly(1, yields: i % 4).AsTask()));

        Assert.Equal(Enumerable.Range(1, 50), answers.Order());
    });

    [Fact]
    public void A_fault_comes_back_with_its_type_message_and_stack() => THost.Run(async host =>
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Factory.GetGrain<ICounterGrain>("one").Fail("no such thing"));

        Assert.Equal("no such thing", fault.Message);
        Assert.Contains(nameof(CounterGrain), fault.StackTrace, StringComparison.Ordinal);
    });
}

public sealed class CallsOnThreads : CallTests<OnThreads>;

public sealed class CallsInSimulation : CallTests<InSimulation>;
