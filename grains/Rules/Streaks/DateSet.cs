using System.Collections.Immutable;
using System.Numerics;

namespace Gamification.Rules.Streaks;

/// <summary>
/// Days as a bitmap: one bit a day between the first and the last, so that years take some hundred bytes. Immutable; equal sets are equal.
/// Days are day numbers (<see cref="DateOnly.DayNumber"/>).
/// </summary>
public readonly struct DateSet : IEquatable<DateSet>
{
    private readonly ulong[]? _words;
    private readonly int _first;

    private DateSet(int first, ulong[] words) => (_first, _words) = (first, words);

    public static DateSet Empty => default;

    public bool IsEmpty => _words is null;

    /// <summary>A multiple of 64, not above the first day.</summary>
    internal int Base => _first * 64;

    internal ReadOnlySpan<ulong> Words => _words;

    public int Count => CountIn(Base, int.MaxValue);

    /// <summary>The first and the last day; asked of a set that has any.</summary>
    public int First => Base + BitOperations.TrailingZeroCount(_words![0]);

    public int Last => Base + (_words!.Length * 64) - 1 - BitOperations.LeadingZeroCount(_words[^1]);

    public static DateSet Of(IEnumerable<int> days)
    {
        var set = Empty;
        foreach (var day in days) set = set.With(day);
        return set;
    }

    /// <summary>Days of [from, to).</summary>
    public static DateSet Range(int from, int to) => Of(Enumerable.Range(from, Math.Max(0, to - from)));

    public bool Contains(int day)
    {
        var word = (day >> 6) - _first;
        return _words is not null && word >= 0 && word < _words.Length && (_words[word] >> (day & 63) & 1) != 0;
    }

    public DateSet With(int day)
    {
        if (Contains(day)) return this;
        var word = day >> 6;
        if (_words is null) return new(word, [1UL << (day & 63)]);
        var first = Math.Min(_first, word);
        var words = new ulong[Math.Max(_first + _words.Length, word + 1) - first];
        _words.CopyTo(words, _first - first);
        words[word - first] |= 1UL << (day & 63);
        return new(first, words);
    }

    public DateSet Without(int day)
    {
        if (!Contains(day)) return this;
        var words = (ulong[])_words!.Clone();
        words[(day >> 6) - _first] &= ~(1UL << (day & 63));
        return FromWords(_first * 64, words);
    }

    public DateSet Union(DateSet other)
    {
        if (_words is null) return other;
        if (other._words is null) return this;
        var first = Math.Min(_first, other._first);
        var words = new ulong[Math.Max(_first + _words.Length, other._first + other._words.Length) - first];
        _words.CopyTo(words, _first - first);
        for (var at = 0; at < other._words.Length; at++) words[other._first - first + at] |= other._words[at];
        return new(first, words);
    }

    /// <summary>How many days lie in [from, to).</summary>
    public int CountIn(int from, int to)
    {
        if (_words is null) return 0;
        var (low, high) = (Math.Max(from, Base), (int)Math.Min(to, (long)Base + (_words.Length * 64)));
        if (low >= high) return 0;
        var (word, last) = ((low >> 6) - _first, (high - 1 >> 6) - _first);
        var lowMask = ulong.MaxValue << (low & 63);
        var highMask = ulong.MaxValue >> (63 - (high - 1 & 63));
        if (word == last) return BitOperations.PopCount(_words[word] & lowMask & highMask);
        var count = BitOperations.PopCount(_words[word] & lowMask) + BitOperations.PopCount(_words[last] & highMask);
        while (++word < last) count += BitOperations.PopCount(_words[word]);
        return count;
    }

    public bool AnyIn(int from, int to) => CountIn(from, to) > 0;

    /// <summary>In order.</summary>
    public ImmutableArray<int> ToDays()
    {
        var days = ImmutableArray.CreateBuilder<int>(Count);
        for (var at = 0; _words is not null && at < _words.Length; at++)
        {
            for (var rest = _words[at]; rest != 0; rest &= rest - 1) days.Add(((_first + at) * 64) + BitOperations.TrailingZeroCount(rest));
        }

        return days.MoveToImmutable();
    }

    public bool Equals(DateSet other) => IsEmpty == other.IsEmpty && (IsEmpty || (_first == other._first && _words.AsSpan().SequenceEqual(other._words)));

    public override bool Equals(object? obj) => obj is DateSet other && Equals(other);

    public static bool operator ==(DateSet left, DateSet right) => left.Equals(right);

    public static bool operator !=(DateSet left, DateSet right) => !left.Equals(right);

    public override int GetHashCode() => IsEmpty ? 0 : HashCode.Combine(_first, _words!.Length, _words[0], _words[^1]);

    /// <summary>Words without a day at either end are dropped, so that equal sets have equal words.</summary>
    internal static DateSet FromWords(int first, ulong[] words)
    {
        var (low, high) = (0, words.Length);
        while (low < high && words[low] == 0) low++;
        while (high > low && words[high - 1] == 0) high--;
        return low == high ? Empty : new((first >> 6) + low, words[low..high]);
    }
}
