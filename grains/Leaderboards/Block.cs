namespace Gamification.Leaderboards;

/// <summary>
/// A run of neighbours in the total order: scores, falling, beside the ordinals of their members. Starts small and doubles up to
/// <see cref="SizeMax"/>, because most boards are small.
/// </summary>
internal sealed class Block
{
    public const int SizeMax = 1024;

    private long[] _scores;
    private int[] _ordinals;
    private int _steps = -1;

    public Block(int capacity = 8)
    {
        _scores = new long[capacity];
        _ordinals = new int[capacity];
    }

    public int Count { get; private set; }

    public bool IsFull => Count == SizeMax;

    public ReadOnlySpan<long> Scores => _scores.AsSpan(0, Count);

    public ReadOnlySpan<int> Ordinals => _ordinals.AsSpan(0, Count);

    /// <summary>
    /// How many times the score falls inside the block: one less than its distinct scores. Counted when asked for after a change.
    /// </summary>
    public int Steps => _steps >= 0 ? _steps : _steps = CountSteps();

    public int CountAbove(long score)
    {
        var scores = Scores;
        var (low, high) = (0, scores.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (scores[middle] > score) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>How many entries precede <paramref name="key"/>.</summary>
    public int CountBefore(in RankKey key, Roster roster)
    {
        var scores = Scores;
        var (low, high) = (0, scores.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (scores[middle] != key.Score ? scores[middle] > key.Score : PrecedesInTie(_ordinals[middle], key, roster)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    public void Insert(int at, long score, int ordinal)
    {
        if (Count == _scores.Length)
        {
            Array.Resize(ref _scores, Count * 2);
            Array.Resize(ref _ordinals, Count * 2);
        }

        Array.Copy(_scores, at, _scores, at + 1, Count - at);
        Array.Copy(_ordinals, at, _ordinals, at + 1, Count - at);
        Count++;
        Set(at, score, ordinal);
    }

    public void RemoveAt(int at)
    {
        Count--;
        _steps = -1;
        Array.Copy(_scores, at + 1, _scores, at, Count - at);
        Array.Copy(_ordinals, at + 1, _ordinals, at, Count - at);
    }

    /// <summary>
    /// Moves the entry at <paramref name="from"/> to stand before the one now at <paramref name="to"/>, with another score. Only what
    /// lies between is copied: nothing at all while its neighbours still bound it.
    /// </summary>
    public void Slide(int from, int to, long score)
    {
        var ordinal = _ordinals[from];
        if (to > from)
        {
            to--;
            Array.Copy(_scores, from + 1, _scores, from, to - from);
            Array.Copy(_ordinals, from + 1, _ordinals, from, to - from);
        }
        else
        {
            Array.Copy(_scores, to, _scores, to + 1, from - to);
            Array.Copy(_ordinals, to, _ordinals, to + 1, from - to);
        }

        Set(to, score, ordinal);
    }

    /// <summary>Leaves the first half here and returns the rest.</summary>
    public Block Split()
    {
        var half = Count / 2;
        var rest = new Block(SizeMax);
        rest.Append(Scores[half..], Ordinals[half..]);
        Count = half;
        _steps = -1;
        return rest;
    }

    /// <summary>Takes in entries that follow the last one here; the caller sees to it that they fit.</summary>
    public void Append(ReadOnlySpan<long> scores, ReadOnlySpan<int> ordinals)
    {
        if (Count + scores.Length > _scores.Length)
        {
            Array.Resize(ref _scores, SizeMax);
            Array.Resize(ref _ordinals, SizeMax);
        }

        scores.CopyTo(_scores.AsSpan(Count));
        ordinals.CopyTo(_ordinals.AsSpan(Count));
        Count += scores.Length;
        _steps = -1;
    }

    private void Set(int at, long score, int ordinal)
    {
        _scores[at] = score;
        _ordinals[at] = ordinal;
        _steps = -1;
    }

    private int CountSteps()
    {
        var steps = 0;
        for (var at = 1; at < Count; at++)
            if (_scores[at] != _scores[at - 1])
                steps++;
        return steps;
    }

    private static bool PrecedesInTie(int ordinal, in RankKey key, Roster roster)
    {
        ref var row = ref roster[ordinal];
        return row.ReachedAt != key.ReachedAt ? row.ReachedAt < key.ReachedAt : roster.KeyOf(in row).Precedes(key);
    }
}
