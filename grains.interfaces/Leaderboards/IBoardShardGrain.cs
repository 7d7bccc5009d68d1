using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>What one shard adds to a place: how many of its members, the asked one left out, are better, as good, and before it in the total order.</summary>
[GenerateSerializer, Immutable, Alias("shard-place")]
public readonly record struct ShardPlace(
    [property: Id(0)] int Better,
    [property: Id(1)] int AsGood,
    [property: Id(2)] int Before,
    [property: Id(3)] ScoreChange? Above);

/// <summary>What a shard knows of a member: its last state, and whether it wishes not to be seen.</summary>
[GenerateSerializer, Immutable, Alias("shard-entry")]
public readonly record struct ShardEntry([property: Id(0)] ScoreChange? Row, [property: Id(1)] bool IsHidden);

/// <summary>How many members a shard ranks, and whether what it was told changed anything that shows.</summary>
[GenerateSerializer, Immutable, Alias("shard-state")]
public readonly record struct ShardState([property: Id(0)] int Size, [property: Id(1)] bool HasMoved);

/// <summary>
/// A part of the members of a large board, chosen by their draw. It belongs to one activation of its board, which alone calls it, one change at a
/// time, and adds up what the shards answer. It holds nothing durable: after it was lost every call throws <see cref="BoardShardLostException"/>,
/// and the board loads anew. The key is the board's, <c>#</c>, and the shard's name.
/// </summary>
[Alias("board-shard")]
public interface IBoardShardGrain : IGrainWithStringKey
{
    /// <summary>More rows of the load, in rank order; with <paramref name="last"/> the shard is ready. At most 10,000 a call.</summary>
    [ResponseTimeout("00:01:00")]
    [Alias("load")]
    Task<ShardState> Load(ImmutableArray<ScoreChange> rows, ImmutableArray<VisibilityChange> visibility, bool last);

    [ResponseTimeout("00:01:00")]
    [Alias("apply")]
    Task<ShardState> Apply(ImmutableArray<ScoreChange> changes, ImmutableArray<VisibilityChange> visibility);

    /// <summary>Up to <paramref name="count"/> rows after the first <paramref name="offset"/> of this shard, in the total order.</summary>
    [ReadOnly]
    [Alias("page")]
    Task<ImmutableArray<ScoreChange>> Page(int offset, int count);

    [ReadOnly]
    [Alias("find")]
    Task<ImmutableArray<ShardEntry>> Find(ImmutableArray<MemberId> members);

    /// <summary>What this shard adds to the place of each of these states.</summary>
    [ReadOnly]
    [Alias("places")]
    Task<ImmutableArray<ShardPlace>> Places(ImmutableArray<ScoreChange> states);

    /// <summary>The distinct scores above this one, best first.</summary>
    [ReadOnly]
    [Alias("scores-above")]
    Task<ImmutableArray<long>> ScoresAbove(long score);

    /// <summary>Its board needs it no longer.</summary>
    [OneWay]
    [Alias("leave")]
    Task Leave();
}

/// <summary>The shard was activated anew and has nothing; its board loads again.</summary>
[GenerateSerializer, Alias("board-shard-lost")]
public sealed class BoardShardLostException() : Exception("This shard of a board has nothing loaded.");
