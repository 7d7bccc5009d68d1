using System.Numerics;

namespace Gamification.Leaderboards;

/// <summary>
/// The counts of the blocks, summed as a Fenwick tree: adding, summing what lies before and finding a position take O(log n);
/// <see cref="Insert"/> and <see cref="RemoveAt"/> rebuild in O(n), which a block pays once in hundreds of updates. Starts with one count,
/// zero.
/// </summary>
internal sealed class RunningCounts
{
    private readonly List<int> _counts = [0];
    private int[] _sums = [0, 0];

    public int Total { get; private set; }

    public void Add(int index, int count)
    {
        _counts[index] += count;
        Total += count;
        for (var node = index + 1; node < _sums.Length; node += node & -node) _sums[node] += count;
    }

    public int Before(int index)
    {
        var sum = 0;
        for (var node = index; node > 0; node &= node - 1) sum += _sums[node];
        return sum;
    }

    /// <summary>
    /// The index whose count covers <paramref name="position"/>, which is smaller than the total, and the offset inside it.
    /// </summary>
    public (int Index, int Offset) Find(int position)
    {
        var index = 0;
        for (var step = (int)BitOperations.RoundUpToPowerOf2((uint)_sums.Length) >> 1; step > 0; step >>= 1)
        {
            if (index + step >= _sums.Length || _sums[index + step] > position) continue;
            index += step;
            position -= _sums[index];
        }

        return (index, position);
    }

    public void Insert(int index, int count)
    {
        _counts.Insert(index, count);
        Total += count;
        Sum();
    }

    public void RemoveAt(int index)
    {
        Total -= _counts[index];
        _counts.RemoveAt(index);
        Sum();
    }

    public void Reset(IEnumerable<int> counts)
    {
        _counts.Clear();
        _counts.AddRange(counts);
        Total = _counts.Sum();
        Sum();
    }

    private void Sum()
    {
        if (_sums.Length != _counts.Count + 1) _sums = new int[_counts.Count + 1];
        else Array.Clear(_sums);
        for (var node = 1; node < _sums.Length; node++)
        {
            _sums[node] += _counts[node - 1];
            var parent = node + (node & -node);
            if (parent < _sums.Length) _sums[parent] += _sums[node];
        }
    }
}
