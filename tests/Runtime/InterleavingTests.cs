namespace Gamification.Tests.Runtime;

public interface ITurnsGrain : IGrainWithStringKey
{
    /// <summary>Enters, waits some turns, leaves; the answer is how many were inside at most.</summary>
    ValueTask<int> Exclusive(int yields);

    [ReadOnly]
    ValueTask<int> Read(int yields);

    [AlwaysInterleave]
    ValueTask<int> Anytime();

    /// <summary>Waits inside until that many are inside.</summary>
    ValueTask Meet(int others);

    [ReadOnly]
    ValueTask MeetReading(int others);
}

public abstract class TurnsGrain : Grain
{
    private int _inside;
    private int _insideMax;
    private int _turn;
    private int _met;
    private readonly TaskCompletionSource _allMet = new();

    public ValueTask<int> Exclusive(int yields) => Enter(yields);

    public ValueTask<int> Read(int yields) => Enter(yields);

    public ValueTask<int> Anytime() => new(_inside);

    public ValueTask Meet(int others) => MeetReading(others);

    public async ValueTask MeetReading(int others)
    {
        if (++_met == others) _allMet.SetResult();
        await _allMet.Task;
    }

    private async ValueTask<int> Enter(int yields)
    {
        _insideMax = Math.Max(_insideMax, ++_inside);
        for (var i = 0; i < yields; i++)
        {
            // Between two awaits nobody else may run, interleaving or not.
            var turn = ++_turn;
            for (var spin = 0; spin < 20; spin++) Assert.Equal(turn, _turn);
            await Task.Yield();
        }

        _inside--;
        return _insideMax;
    }
}

public interface IPlainTurnsGrain : ITurnsGrain;

public interface IReentrantTurnsGrain : ITurnsGrain;

public sealed class PlainTurnsGrain : TurnsGrain, IPlainTurnsGrain;

[Reentrant]
public sealed class ReentrantTurnsGrain : TurnsGrain, IReentrantTurnsGrain;

public abstract class InterleavingTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void Requests_of_a_plain_grain_run_one_after_the_other() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IPlainTurnsGrain>("one");
        Assert.All(await All(20, _ => grain.Exclusive(3)), most => Assert.Equal(1, most));
    });

    [Fact]
    public void Requests_of_a_reentrant_grain_interleave_at_awaits_only() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IReentrantTurnsGrain>("one");
        Assert.InRange((await All(20, _ => grain.Exclusive(30))).Max(), 1, 20);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.Meet(20).AsTask()));
    });

    [Fact]
    public void Reads_share_the_grain_with_reads_only() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IPlainTurnsGrain>("one");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => grain.MeetReading(6).AsTask()));

        var other = host.Factory.GetGrain<IPlainTurnsGrain>("two");
        var mixed = await All(12, i => i % 2 == 0 ? other.Read(2) : other.Exclusive(2));
        Assert.InRange(mixed.Max(), 1, 6);
        Assert.Equal(0, await other.Anytime());
    });

    [Fact]
    public void A_request_that_always_interleaves_does_not_wait() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IBlockedGrain>("one");
        var blocked = grain.WaitUntilReleased().AsTask();
        await grain.Release();
        await blocked;
    });

    private static Task<int[]> All(int count, Func<int, ValueTask<int>> call) => Task.WhenAll(Enumerable.Range(0, count).Select(i => call(i).AsTask()));
}

public interface IBlockedGrain : IGrainWithStringKey
{
    ValueTask WaitUntilReleased(CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:02")]
    ValueTask<int> WaitShortly();

    [AlwaysInterleave]
    ValueTask Release();

    ValueTask<int> Answer();

    [AlwaysInterleave]
    ValueTask<bool> SawCancellation();
}

public sealed class BlockedGrain : Grain, IBlockedGrain
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _sawCancellation;

    public async ValueTask WaitUntilReleased(CancellationToken cancellationToken = default)
    {
        using var seen = cancellationToken.Register(() => _sawCancellation = true);
        await _released.Task;
    }

    public async ValueTask<int> WaitShortly()
    {
        await _released.Task;
        return 1;
    }

    public ValueTask Release()
    {
        _released.TrySetResult();
        return default;
    }

    public ValueTask<int> Answer() => new(42);

    public ValueTask<bool> SawCancellation() => new(_sawCancellation);
}

public sealed class InterleavingOnThreads : InterleavingTests<OnThreads>;

public sealed class InterleavingInSimulation : InterleavingTests<InSimulation>;
