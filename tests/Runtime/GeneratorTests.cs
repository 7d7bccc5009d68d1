using System.Collections.Immutable;

namespace Gamification.Tests.Runtime;

public interface IBaseShapesGrain : IGrainWithStringKey
{
    ValueTask<string> Inherited();
}

public interface IShapesGrain : IBaseShapesGrain
{
    Task<T> Same<T>(T value);

    ValueTask<ImmutableArray<T>> Pair<T>(T first, T second)
        where T : struct;

    Task<string> Named<TValue>(TValue value)
        where TValue : class, IComparable<string>;

    ValueTask<string> Overloaded();

    ValueTask<string> Overloaded(int number);

    ValueTask<string> Overloaded(string text);

    ValueTask<string> Defaulted(int number = 7, string? text = null, CancellationToken cancellationToken = default);

    ValueTask<int?> Perhaps(int? number, string? text);

    ValueTask<(int Number, string Text)> Both(int grain, string @class, bool s_shape);

    Task Plain();

    ValueTask PlainValue();

    [OneWay]
    Task Throw();

    Task<string> Alive() => Overloaded("by default").AsTask();
}

public sealed class ShapesGrain : Grain, IShapesGrain
{
    public ValueTask<string> Inherited() => new("inherited");

    public Task<T> Same<T>(T value) => Task.FromResult(value);

    public ValueTask<ImmutableArray<T>> Pair<T>(T first, T second)
        where T : struct => new([first, second]);

    public Task<string> Named<TValue>(TValue value)
        where TValue : class, IComparable<string> => Task.FromResult(typeof(TValue).Name);

    public ValueTask<string> Overloaded() => new("nothing");

    public ValueTask<string> Overloaded(int number) => new("number");

    public ValueTask<string> Overloaded(string text) => new($"text {text}");

    public ValueTask<string> Defaulted(int number = 7, string? text = null, CancellationToken cancellationToken = default) =>
        new($"{number} {text ?? "none"} {cancellationToken.CanBeCanceled}");

    public ValueTask<int?> Perhaps(int? number, string? text) => new(text is null ? number : null);

    public ValueTask<(int Number, string Text)> Both(int grain, string @class, bool s_shape) => new((grain, $"{@class} {s_shape}"));

    public Task Plain() => Task.Delay(0);

    public async ValueTask PlainValue() => await Task.Yield();

    public Task Throw() => throw new InvalidOperationException("nobody hears this");
}

public abstract class GeneratorTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void Every_shape_of_method_goes_through_its_proxy() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IShapesGrain>("one");
        Assert.Equal("inherited", await grain.Inherited());
        Assert.Equal("inherited", await grain.AsReference<IBaseShapesGrain>().Inherited());
        Assert.Equal(5, await grain.Same(5));
        Assert.Equal("five", await grain.Same("five"));
        Assert.Equal([1, 2], await grain.Pair(1, 2));
        Assert.Equal("String", await grain.Named("text"));
        Assert.Equal("nothing", await grain.Overloaded());
        Assert.Equal("number", await grain.Overloaded(1));
        Assert.Equal("text a", await grain.Overloaded("a"));
        Assert.Equal("7 none False", await grain.Defaulted());
        using var stop = new CancellationTokenSource();
        Assert.Equal("8 some True", await grain.Defaulted(8, "some", stop.Token));
        Assert.Equal(3, await grain.Perhaps(3, null));
        Assert.Null(await grain.Perhaps(3, "none"));
        Assert.Equal((1, "two True"), await grain.Both(1, "two", true));
        await grain.Plain();
        await grain.PlainValue();
        await grain.Throw();
        Assert.Equal("text by default", await grain.Alive());
    });
}

public sealed class GeneratedOnThreads : GeneratorTests<OnThreads>;

public sealed class GeneratedInSimulation : GeneratorTests<InSimulation>;
