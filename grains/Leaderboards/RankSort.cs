namespace Gamification.Leaderboards;

/// <summary>
/// Puts ordinals into the total order, one criterion at a time: all of them by score, then each run of equals by the next. Plain
/// numbers sort several times faster than a comparison that reads rows, and a run in order already is left as it is.
/// </summary>
internal static class RankSort
{
    public static void Sort(Span<int> ordinals, Roster roster) => Sort(ordinals, new long[ordinals.Length], roster, Criterion.Score);

    private static void Sort(Span<int> ordinals, Span<long> keys, Roster roster, Criterion criterion)
    {
        if (criterion == Criterion.Member)
        {
            ordinals.Sort((left, right) => roster[left].Member.CompareTo(roster[right].Member));
            return;
        }

        var inOrder = true;
        for (var at = 0; at < ordinals.Length; at++)
        {
            keys[at] = KeyOf(ordinals[at], roster, criterion);
            inOrder &= at == 0 || keys[at - 1] <= keys[at];
        }

        if (!inOrder) keys.Sort(ordinals);
        for (var (start, end) = (0, 0); start < ordinals.Length; start = end)
        {
            var key = keys[start];
            while (end < ordinals.Length && keys[end] == key) end++;
            if (end - start > 1) Sort(ordinals[start..end], keys[start..end], roster, criterion + 1);
        }
    }

    private static long KeyOf(int ordinal, Roster roster, Criterion criterion)
    {
        ref var row = ref roster[ordinal];
        return criterion switch
        {
            Criterion.Score => -row.Score,
            Criterion.ReachedAt => row.ReachedAt,
            _ => unchecked((long)(roster.KeyOf(row).Draw ^ (1UL << 63))),    // keeps the order of unsigned numbers
        };
    }

    private enum Criterion
    {
        Score,
        ReachedAt,
        Draw,
        Member,
    }
}
