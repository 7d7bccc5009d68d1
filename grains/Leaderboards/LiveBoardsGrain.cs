using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>The nodes that were heard of lately, and what they said.</summary>
internal sealed class LiveBoardsGrain(TimeProvider time) : Grain, ILiveBoardsGrain
{
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (NodeBoards Said, long At)> _nodes = [];

    public Task<ImmutableArray<NodeBoards>> Exchange(NodeBoards own)
    {
        foreach (var (node, heard) in _nodes)
        {
            if (time.GetElapsedTime(heard.At) > ForgetAfter) _nodes.Remove(node);
        }

        _nodes[own.Node] = (own, time.GetTimestamp());
        return Task.FromResult(_nodes.Values.Where(heard => heard.Said.Node != own.Node).Select(heard => heard.Said).ToImmutableArray());
    }
}
