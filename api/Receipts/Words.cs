namespace Gamification.Api;

/// <summary>
/// Strings that come again and again (stores, tills, stock codes) as one object each. A fixed table without locks: two words that meet in a
/// slot merely replace each other, and a reader never sees half a word.
/// </summary>
internal sealed class Words(int slots)
{
    public static readonly Words Shared = new(32 * 1024);

    private readonly string?[] _slots = new string?[slots];

    public string Get(ReadOnlySpan<char> word)
    {
        ref var slot = ref _slots[unchecked((uint)string.GetHashCode(word, StringComparison.Ordinal)) % (uint)_slots.Length];
        var kept = Volatile.Read(ref slot);
        if (kept is not null && word.SequenceEqual(kept)) return kept;
        kept = word.ToString();
        Volatile.Write(ref slot, kept);
        return kept;
    }
}
