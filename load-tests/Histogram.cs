using System.Numerics;

namespace Gamification.LoadTests;

/// <summary>
/// Durations in buckets that widen with the value: 128 to each power of two. A percentile is never less than the exact one (the smallest
/// recorded duration that the given share does not exceed) and at most 1/128 more, under 0.8 %, from nanoseconds to an hour;
/// longer ones count as an hour. Maximum, mean and count are exact.
/// <para>One thread records; others may read or merge meanwhile and see each record late at worst, never in part. Takes 38 KB.</para>
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 7;
    private const long NanosecondsMax = 3_600_000_000_000;

    private readonly long[] _counts = new long[BucketOf(NanosecondsMax) + 1];
    private long _max;
    private long _sum;

    public long Count { get; private set; }

    public TimeSpan Max => FromNanoseconds(_max);

    public TimeSpan Mean => FromNanoseconds(Count == 0 ? 0 : _sum / Count);

    public void Record(TimeSpan duration) => RecordNanoseconds(duration.Ticks * TimeSpan.NanosecondsPerTick);

    public void RecordNanoseconds(long nanoseconds)
    {
        var value = Math.Clamp(nanoseconds, 0, NanosecondsMax);
        _counts[BucketOf(value)]++;
        _max = Math.Max(_max, value);
        _sum += value;
        Count++;
    }

    public void Merge(Histogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            var count = Volatile.Read(ref other._counts[bucket]);
            _counts[bucket] += count;
            Count += count;
        }

        _max = Math.Max(_max, other._max);
        _sum += other._sum;
    }

    /// <param name="share">Above 0, up to 1: 0.99 for the 99th percentile. Of an empty histogram every percentile is zero.</param>
    public TimeSpan Percentile(double share) => FromNanoseconds(PercentileNanoseconds(share));

    public long PercentileNanoseconds(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank) return Math.Min(LastOf(bucket), _max);
        }

        return 0;
    }

    // A value keeps its first eight significant bits, the leading one among them: value >> shift lies in [128, 256).
    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static long LastOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBits) - 1);
        return ((bucket - ((long)shift << SubBits) + 1) << shift) - 1;
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
