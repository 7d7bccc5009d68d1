using System.Collections.Immutable;
using Gamification.Journal;
using Microsoft.Extensions.Logging;

namespace Gamification.Leaderboards;

/// <summary>
/// Makes the feeds of a cluster's nodes one: tells the other nodes which boards live here, hands their boards to this node's feed, and watches
/// over what they write. When somebody's commits were told by nobody for a moment (its node died, or is overwhelmed), the boards here reload.
/// </summary>
/// <param name="node">Names this process among the others, and no later one.</param>
public sealed class BoardExchange(
    string node, BoardFeed feed, IJournalStorage journal, IGrainFactory grains, TimeProvider time, ILogger<BoardExchange> log)
{
    /// <summary>How late a live board may learn of a commit, once its node is given up, is this and a reload.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>A node that stays behind must not make everybody's boards reload without end.</summary>
    private static readonly TimeSpan ReloadEvery = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, long> _told = [];
    private readonly Dictionary<int, long> _missedAt = [];
    private readonly Queue<(long At, ImmutableArray<PartitionHead> Heads)> _heads = [];

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Exchange();
                await LookAfterOthers(stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // The grain's node has died, or this one is not in the cluster yet.
                log.LogDebug(fault, "The nodes' boards were not exchanged.");
            }

            await Task.Delay(Every, time, CancellationToken.None);
        }
    }

    private async Task Exchange()
    {
        var (boards, told) = await feed.Describe();
        var others = await grains.GetGrain<ILiveBoardsGrain>(ILiveBoardsGrain.Key).Exchange(new(node, [.. boards.Select(board => board.Board)], told) { FromDays = [.. boards.Select(board => board.FromDay)] });
        feed.TellAlso(others.SelectMany(other => other.Boards.Select((board, at) => KeyValuePair.Create(board, other.FromDays.ElementAtOrDefault(at)))).DistinctBy(board => board.Key).ToImmutableDictionary());
        foreach (var (partition, seq) in others.SelectMany(other => other.Told))
        {
            if (seq > _told.GetValueOrDefault(partition)) _told[partition] = seq;
        }
    }

    private async Task LookAfterOthers(CancellationToken stop)
    {
        var heads = await journal.Heads(stop);
        if (_heads.Count == 0)
        {
            // Boards that come to live here load what is there; only what comes later can be missed.
            foreach (var head in heads) _told[head.Partition] = Math.Max(head.LastSeq, _told.GetValueOrDefault(head.Partition));
        }

        _heads.Enqueue((time.GetTimestamp(), heads));
        while (_heads.Count > 1 && time.GetElapsedTime(_heads.Peek().At) > Patience)
        {
            foreach (var head in _heads.Dequeue().Heads)
            {
                if (head.LastSeq <= _told.GetValueOrDefault(head.Partition) || feed.Writes(head.Partition)) continue;
                if (_missedAt.TryGetValue(head.Partition, out var missedAt) && time.GetElapsedTime(missedAt) < ReloadEvery) continue;
                var newest = heads.First(known => known.Partition == head.Partition).LastSeq;
                log.LogInformation("Nobody has told the boards of partition {Partition} up to {Seq}; they reload.", head.Partition, head.LastSeq);
                feed.Miss(head.Partition, newest);
                (_told[head.Partition], _missedAt[head.Partition]) = (newest, time.GetTimestamp());
            }
        }
    }
}
