using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Hosting;
using NodaTime;

namespace Gamification.Tests.Runtime;

public sealed record Purchase(string Till, decimal Amount, ImmutableArray<Line> Lines, IReadOnlyList<int>? Numbers = null);

public readonly record struct Line(string Sku, int Count);

public abstract record Effect;

public sealed record Points(long Amount) : Effect;

public sealed record Tagged(List<string> Tags) : Effect;

public sealed record Changeable(string Name)
{
    public int Count { get; set; }
}

[Immutable]
public sealed record Promised(int[] Numbers);

public interface ITakingGrain : IGrainWithStringKey
{
    ValueTask<int> Take(List<int> numbers);

    ValueTask<int> TakePromised([Immutable] List<int> numbers);

    ValueTask<List<int>> Give();

    ValueTask TakeGrain(ITakingGrain grain);

    ValueTask<bool> GiveOneself();
}

public sealed class TakingGrain : Grain, ITakingGrain
{
    public ValueTask<int> Take(List<int> numbers) => new(numbers.Count);

    public ValueTask<int> TakePromised(List<int> numbers) => new(numbers.Count);

    public ValueTask<List<int>> Give() => new([1]);

    public ValueTask TakeGrain(ITakingGrain grain) => default;

    public async ValueTask<bool> GiveOneself()
    {
        await GrainFactory.GetGrain<ITakingGrain>("other").TakeGrain(this.AsReference<ITakingGrain>());
        await Assert.ThrowsAsync<MutableMessageException>(async () => await GrainFactory.GetGrain<ITakingGrain>("other").TakeGrain(this));
        return true;
    }
}

public sealed class ImmutabilityTests
{
    private static readonly int[] s_array = [1];
    private static readonly MethodShape s_shape = new("IGrain", "Method");

    public static TheoryData<object> Immutable => new((object[])
    [
        1, "text", DayOfWeek.Friday, Guid.Empty, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 1.5m, CancellationToken.None,
        new LocalDate(2026, 1, 5), Instant.MinValue, DateTimeZone.Utc,
        new Purchase("1", 2m, [new("a", 1)]),
        new Purchase("1", 2m, [new("a", 1)], ImmutableArray.Create(1)),
        ImmutableArray.Create<Effect>(new Points(1)),
        ImmutableDictionary<string, Line>.Empty.Add("a", new("a", 1)),
        new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(),
        new ReadOnlyMemory<byte>([1]),
        new Promised([1]),
        (1, "two"),
    ]);

    public static TheoryData<object, string> Mutable => new()
    {
        { new List<int>(), "List" },
        { s_array, "array" },
        { new Changeable("one"), "Count" },
        { new Tagged([]), "List" },
        { ImmutableArray.Create<Effect>(new Points(1), new Tagged([])), "List" },
        { new Purchase("1", 2m, [], new List<int>()), "List" },
        { (1, new List<int>()), "List" },
        { new Action(() => { }), "delegate" },
    };

    [Theory]
    [MemberData(nameof(Immutable))]
    public void What_cannot_change_may_be_sent(object value) => Immutability.RefuseMutable(value, s_shape, "value");

#if DEBUG
    [Theory]
    [MemberData(nameof(Mutable))]
    public void What_can_change_is_refused_with_place_and_remedy(object value, string culprit)
    {
        var refusal = Assert.Throws<MutableMessageException>(() => Immutability.RefuseMutable(value, s_shape, "value"));
        Assert.StartsWith("IGrain.Method, parameter value: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(culprit, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[Immutable]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Proxies_look_at_arguments_and_results() => OnThreads.Run(async host =>
    {
        var grain = host.Factory.GetGrain<ITakingGrain>("one");
        var argument = await Assert.ThrowsAsync<MutableMessageException>(async () => await grain.Take([1]));
        Assert.StartsWith("ITakingGrain.Take, parameter numbers: ", argument.Message, StringComparison.Ordinal);
        var result = await Assert.ThrowsAsync<MutableMessageException>(async () => await grain.Give());
        Assert.StartsWith("ITakingGrain.Give, result: ", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, await grain.TakePromised([1]));
        Assert.True(await grain.GiveOneself());
    });
#endif
}
