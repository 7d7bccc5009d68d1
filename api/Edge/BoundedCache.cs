using System.Collections.Concurrent;

namespace Gamification.Api;

/// <summary>
/// Remembers at most about <paramref name="size"/> values for a while. Two generations: when the young one holds half, it becomes the old one
/// and the old one is dropped, so that what is used stays and nothing is ever searched for a victim. Safe for any number of threads.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int size, TimeSpan keep, TimeProvider clock)
    where TKey : notnull
{
    private readonly long _keepTicks = (long)(keep.TotalSeconds * clock.TimestampFrequency);
    private readonly Lock _turning = new();
    private Generation _young = new();
    private Generation _old = new();

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.Entries.TryGetValue(key, out var entry) || (_old.Entries.TryGetValue(key, out entry) && Keep(key, entry)))
        {
            value = entry.Value;
            return clock.GetTimestamp() - entry.Since < _keepTicks;
        }

        value = default!;
        return false;
    }

    public void Put(TKey key, TValue value) => Keep(key, new(value, clock.GetTimestamp()));

    public void Forget(TKey key)
    {
        _young.Entries.TryRemove(key, out _);
        _old.Entries.TryRemove(key, out _);
    }

    private bool Keep(TKey key, Entry entry)
    {
        var young = _young;
        if (!young.Entries.TryAdd(key, entry))
        {
            young.Entries[key] = entry;
        }
        else if (Interlocked.Increment(ref young.Count) >= Math.Max(1, size / 2))
        {
            Turn(young);
        }

        return true;
    }

    private void Turn(Generation full)
    {
        lock (_turning)
        {
            if (!ReferenceEquals(full, _young)) return;
            _old = full;
            _young = new();
        }
    }

    private readonly record struct Entry(TValue Value, long Since);

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<TKey, Entry> Entries = new();
        public int Count;
    }
}
