using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Gamification.Leaderboards;

/// <summary>
/// The ranked members of a board in their total order: blocks of up to 1,024 entries under a directory that knows how far each block
/// reaches and how many entries lie before it. A counted B+ tree of height two, in fact: a search is one binary search
/// over the directory and one in a block, a change is one copy inside a block, and a member costs 12 bytes at a fill of about 70 %.
/// An entry holds the score and the ordinal; only among equal scores does a search look at the rows of the roster, which therefore
/// have to agree with the entries whenever a method here is called.
/// </summary>
internal sealed class RankedBlocks(Roster roster)
{
    private const int MergeBelow = Block.SizeMax / 4;
    private const int MergedSizeMax = Block.SizeMax / 4 * 3;
    private const int LoadedSize = Block.SizeMax / 4 * 3;

    private readonly List<Block> _blocks = [new()];
    private readonly RunningCounts _counts = new();

    /// <summary>
    /// Block b holds the keys after bound b - 1, up to and including bound b; the last block has none and holds the rest.
    /// Bounds are keys, not entries: they stay true while entries come and go, and only a split or a merge touches them.
    /// </summary>
    private readonly List<RankKey> _bounds = [];

    public int Count => _counts.Total;

    /// <summary>How many entries have a strictly better score.</summary>
    public int CountAbove(long score)
    {
        var block = BlockReaching(score);
        return _counts.Before(block) + _blocks[block].CountAbove(score);
    }

    /// <summary>How many entries precede <paramref name="key"/> in the total order.</summary>
    public int CountBefore(in RankKey key)
    {
        var block = BlockOf(key);
        return _counts.Before(block) + _blocks[block].CountBefore(key, roster);
    }

    /// <summary>How many entries precede one that is here: the same as <see cref="CountBefore"/>, but reads no rows.</summary>
    public int PositionOf(in RankKey key, int ordinal)
    {
        var block = BlockOf(key);
        return _counts.Before(block) + _blocks[block].Ordinals.IndexOf(ordinal);
    }

    /// <summary>The distinct scores that are strictly better, best first.</summary>
    public ImmutableArray<long> ScoresAbove(long score)
    {
        var distinct = ImmutableArray.CreateBuilder<long>();
        foreach (var block in _blocks)
        {
            foreach (var at in block.Scores)
            {
                if (at <= score) return distinct.DrainToImmutable();
                if (distinct.Count == 0 || distinct[^1] != at) distinct.Add(at);
            }
        }

        return distinct.DrainToImmutable();
    }

    /// <summary>
    /// How many distinct scores are strictly better. Takes O(blocks), and a pass over the blocks that changed since it was last asked.
    /// </summary>
    public int CountScoresAbove(long score)
    {
        var distinct = 0;
        long? previous = null;
        foreach (var block in _blocks)
        {
            if (block.Count == 0) continue;
            var scores = block.Scores;
            if (scores[0] <= score) break;
            if (scores[0] != previous) distinct++;
            previous = scores[^1];
            if (scores[^1] > score)
            {
                distinct += block.Steps;
                continue;
            }

            scores = scores[..block.CountAbove(score)];
            for (var at = 1; at < scores.Length; at++)
                if (scores[at] != scores[at - 1])
                    distinct++;
            break;
        }

        return distinct;
    }

    /// <summary>The ordinals of up to <paramref name="count"/> entries from <paramref name="position"/> on, in order.</summary>
    public int[] Read(int position, int count)
    {
        var ordinals = new int[Math.Clamp(Count - position, 0, count)];
        if (ordinals.Length == 0) return ordinals;
        var (block, offset) = _counts.Find(position);
        for (var read = 0; read < ordinals.Length; block++, offset = 0)
        {
            var run = _blocks[block].Ordinals[offset..];
            run = run[..Math.Min(run.Length, ordinals.Length - read)];
            run.CopyTo(ordinals.AsSpan(read));
            read += run.Length;
        }

        return ordinals;
    }

    public void Insert(in RankKey key, int ordinal)
    {
        var block = BlockOf(key);
        if (_blocks[block].IsFull)
        {
            Split(block);
            if (_bounds[block].Precedes(key)) block++;
        }

        _blocks[block].Insert(_blocks[block].CountBefore(key, roster), key.Score, ordinal);
        _counts.Add(block, 1);
    }

    public void Remove(in RankKey key, int ordinal)
    {
        var block = BlockOf(key);
        _blocks[block].RemoveAt(_blocks[block].Ordinals.IndexOf(ordinal));
        _counts.Add(block, -1);
        if (_blocks[block].Count < MergeBelow) MergeAround(block);
    }

    /// <summary>Takes an entry to its new place. The row still has the old key, and gets the new one afterwards.</summary>
    public void Move(in RankKey from, in RankKey to, int ordinal)
    {
        var block = BlockOf(from);
        if (BlockOf(to) == block)
        {
            var entries = _blocks[block];
            entries.Slide(entries.Ordinals.IndexOf(ordinal), entries.CountBefore(to, roster), to.Score);
        }
        else
        {
            Remove(from, ordinal);
            Insert(to, ordinal);
        }
    }

    /// <summary>Starts anew from ordinals in their total order.</summary>
    public void Reset(ReadOnlySpan<int> ordinals)
    {
        _blocks.Clear();
        _bounds.Clear();
        Span<long> scores = stackalloc long[LoadedSize];
        while (ordinals.Length > 0 || _blocks.Count == 0)
        {
            var run = ordinals[..Math.Min(ordinals.Length, LoadedSize)];
            ordinals = ordinals[run.Length..];
            for (var at = 0; at < run.Length; at++) scores[at] = roster[run[at]].Score;
            var block = new Block(ordinals.Length + run.Length <= LoadedSize ? Math.Max(8, run.Length) : Block.SizeMax);
            block.Append(scores[..run.Length], run);
            _blocks.Add(block);
            if (ordinals.Length > 0) _bounds.Add(roster.KeyOf(run[^1]));
        }

        _counts.Reset(_blocks.Select(block => block.Count));
    }

    private int BlockOf(in RankKey key)
    {
        var bounds = CollectionsMarshal.AsSpan(_bounds);
        var (low, high) = (0, bounds.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (bounds[middle].Precedes(key)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The only block that may hold both an entry better than <paramref name="score"/> and one that is not.</summary>
    private int BlockReaching(long score)
    {
        var bounds = CollectionsMarshal.AsSpan(_bounds);
        var (low, high) = (0, bounds.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (bounds[middle].Score > score) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Split(int block)
    {
        var rest = _blocks[block].Split();
        _bounds.Insert(block, roster.KeyOf(_blocks[block].Ordinals[^1]));
        _blocks.Insert(block + 1, rest);
        _counts.Add(block, -rest.Count);
        _counts.Insert(block + 1, rest.Count);
    }

    /// <summary>Joins a block that has become small with a neighbour, unless the two would soon have to split again.</summary>
    private void MergeAround(int block)
    {
        if (block + 1 < _blocks.Count && Fits(block)) Merge(block);
        else if (block > 0 && Fits(block - 1)) Merge(block - 1);
    }

    private bool Fits(int block) => _blocks[block].Count + _blocks[block + 1].Count <= MergedSizeMax;

    private void Merge(int block)
    {
        var rest = _blocks[block + 1];
        _blocks[block].Append(rest.Scores, rest.Ordinals);
        _blocks.RemoveAt(block + 1);
        _bounds.RemoveAt(block);
        _counts.RemoveAt(block + 1);
        _counts.Add(block, rest.Count);
    }
}
