using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>How far the boards of other nodes have been told of one partition by the node that writes it.</summary>
[GenerateSerializer, Immutable, Alias("told-up-to")]
public readonly record struct ToldUpTo([property: Id(0)] int Partition, [property: Id(1)] long Seq);

/// <summary>What one node tells the others: the boards that live on it, and how far it has told theirs.</summary>
[GenerateSerializer, Immutable, Alias("node-boards")]
public sealed record NodeBoards([property: Id(0)] string Node, [property: Id(1)] ImmutableArray<BoardId> Boards, [property: Id(2)] ImmutableArray<ToldUpTo> Told)
{
    /// <summary>By the position of each board: the day number from which it is told scores, 0 for those of its whole window.</summary>
    [Id(3)] public ImmutableArray<int> FromDays { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>
/// Where the nodes of a cluster learn which boards live on the others, so that each can tell them of what it commits. In memory only: every
/// node says it all again twice a second, and one that is silent for 5 s is forgotten. There is one; its key is <see cref="Key"/>.
/// </summary>
[Alias("live-boards")]
public interface ILiveBoardsGrain : IGrainWithStringKey
{
    public const string Key = "boards";

    /// <summary>Takes what this node says and answers with what the others last said. At most 5,000 boards a node.</summary>
    [Alias("exchange")]
    Task<ImmutableArray<NodeBoards>> Exchange(NodeBoards own);
}
