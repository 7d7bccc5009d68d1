using System.Runtime.InteropServices;

namespace Gamification.Challenges;

/// <summary>The newest stretch of one partition as deeds, without a gap, and bounded by what it weighs. Safe for all threads.</summary>
internal sealed class NewestDeeds
{
    /// <summary>What is held at least; twice as much at most. Some 120 bytes weigh one: twelve megabytes of a partition, and so for each.</summary>
    internal const int WeightMin = 100_000;

    /// <summary>An entry by itself.</summary>
    private const int EntryWeight = 3;

    /// <summary>Guards all below.</summary>
    private readonly Lock _together = new();
    private readonly List<ToldEntry> _told = [];
    private long _from;
    private long _to;
    private int _weight;

    /// <summary>What of the stretch lies in (<paramref name="after"/>, <paramref name="through"/>]; null when its beginning is not held.</summary>
    public DeedPage? Find(long after, long through)
    {
        lock (_together)
        {
            if (after < _from || after >= _to) return null;
            var to = Math.Min(through, _to);
            var (first, end) = (IndexAfter(after), IndexAfter(to));
            return new([.. CollectionsMarshal.AsSpan(_told)[first..end]], to);
        }
    }

    /// <summary>Goes on with what follows <paramref name="after"/>, or begins anew there when that lies further ahead. What is held already is passed over.</summary>
    public void Add(long after, DeedPage page)
    {
        lock (_together)
        {
            if (page.ToSeq <= _to) return;
            if (after > _to) Begin(after);
            foreach (var told in page.Told)
            {
                if (told.Seq <= _to) continue;
                _told.Add(told);
                _weight += WeightOf(told);
            }

            _to = page.ToSeq;
            if (_weight > 2 * WeightMin) Forget();
        }
    }

    private void Begin(long after)
    {
        _told.Clear();
        (_from, _to, _weight) = (after, after, 0);
    }

    /// <summary>Half of it at a time, so that nothing is moved at every commit.</summary>
    private void Forget()
    {
        var gone = 0;
        while (_weight > WeightMin) _weight -= WeightOf(_told[gone++]);
        _from = _told[gone - 1].Seq;
        _told.RemoveRange(0, gone);
    }

    private int IndexAfter(long seq)
    {
        var (low, high) = (0, _told.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_told[middle].Seq <= seq) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int WeightOf(ToldEntry told)
    {
        var weight = EntryWeight;
        foreach (var change in told.Member?.Changes ?? []) weight += 1 + (change.Deed?.Goods.Length ?? 0);
        return weight;
    }
}
