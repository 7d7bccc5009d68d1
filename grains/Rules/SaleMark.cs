using System.Collections.Immutable;
using System.Globalization;

namespace Gamification.Rules;

/// <summary>What became of a marked sale.</summary>
public enum MarkedAs
{
    Credited,

    /// <summary>It waits until the card is enrolled.</summary>
    Held,

    /// <summary>All of it came back.</summary>
    Undone,
}

/// <summary>A sale as memory knows it: where its entries are, and what is asked of a sale that nobody reads.</summary>
/// <param name="Sale"><see cref="HashOf(ReceiptKey)"/> of its key.</param>
/// <param name="Entries">The versions of the entries that made it what it is: the one that recorded it, then those that credited it or took from it.</param>
/// <param name="At">When it occurred, in Unix milliseconds.</param>
/// <param name="Store">Where.</param>
/// <param name="Day">The number of its business date.</param>
/// <param name="Points">What is left of its award.</param>
/// <param name="Is">What became of it.</param>
/// <param name="Goods"><see cref="HashOf(string)"/> of each stock code that it sold, in order: two codes may share one, which costs a look and no more. Empty once it is undone.</param>
public sealed record SaleMark(long Sale, ImmutableArray<long> Entries, long At, string Store, int Day, long Points, MarkedAs Is, ImmutableArray<ushort> Goods)
{
    /// <summary>Hashes of goods are below this; few enough that those of a basket lie close together.</summary>
    internal const int GoodsMax = 2_048;

    private const ulong Basis = 14_695_981_039_346_656_037;

    /// <summary>48 bits by which an account tells its receipts apart; the same in every process.</summary>
    public static long HashOf(ReceiptKey key)
    {
        Span<char> date = stackalloc char[8];
        key.BusinessDate.DayNumber.TryFormat(date, out var length, default, CultureInfo.InvariantCulture);
        return (long)(Mixed(Add(Add(Add(Add(Basis, key.Number), date[..length]), key.Till), key.Store)) >> 16);
    }

    public static ushort HashOf(string sku) => (ushort)(Mixed(Add(Basis, sku)) % GoodsMax);

    /// <summary>The goods' hashes, each once.</summary>
    public static ImmutableArray<ushort> HashesOf(IEnumerable<string> skus)
    {
        var hashes = skus.Select(HashOf).ToArray();
        Array.Sort(hashes);
        var count = 0;
        for (var at = 0; at < hashes.Length; at++)
        {
            if (at == 0 || hashes[at] != hashes[at - 1]) hashes[count++] = hashes[at];
        }

        return [.. hashes.AsSpan(0, count)];
    }

    public bool Stands => Is != MarkedAs.Undone;

    public bool Sold(ushort goods) => Goods.BinarySearch(goods) >= 0;

    /// <summary>FNV-1a over the text and an end mark.</summary>
    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text) hash = unchecked((hash ^ character) * 1_099_511_628_211);
        return unchecked((hash ^ 0x1FFFF) * 1_099_511_628_211);
    }

    private static ulong Mixed(ulong hash)
    {
        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD);
        return hash ^ (hash >> 33);
    }
}
