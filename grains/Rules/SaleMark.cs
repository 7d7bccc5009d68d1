using System.Collections.Immutable;
using System.Globalization;

namespace Gamification.Rules;

/// <summary>A sale that stands, as memory knows it: where its entries are, and what is asked of a sale that nobody reads.</summary>
/// <param name="Sale"><see cref="HashOf(ReceiptKey)"/> of its key.</param>
/// <param name="Entries">The versions of the entries that made it what it is: the one that recorded it, then those that credited it or took from it.</param>
/// <param name="At">When it occurred, in Unix milliseconds.</param>
/// <param name="Store">Where.</param>
/// <param name="Day">The number of its business date.</param>
/// <param name="Points">What is left of its award.</param>
/// <param name="Credited">False while it is held.</param>
/// <param name="Goods"><see cref="HashOf(string)"/> of each stock code that it sold, in order: two codes may share one, which costs a look and no more.</param>
public sealed record SaleMark(long Sale, ImmutableArray<long> Entries, long At, string Store, int Day, long Points, bool Credited, ImmutableArray<ushort> Goods)
{
    private const ulong Basis = 14_695_981_039_346_656_037;

    /// <summary>64 bits by which an account tells its receipts apart; the same in every process.</summary>
    public static long HashOf(ReceiptKey key)
    {
        Span<char> date = stackalloc char[8];
        key.BusinessDate.DayNumber.TryFormat(date, out var length, default, CultureInfo.InvariantCulture);
        return unchecked((long)Mixed(Add(Add(Add(Add(Basis, key.Number), date[..length]), key.Till), key.Store)));
    }

    public static ushort HashOf(string sku) => unchecked((ushort)Mixed(Add(Basis, sku)));

    /// <summary>The goods' hashes, each once.</summary>
    public static ImmutableArray<ushort> HashesOf(IEnumerable<string> skus) => [.. skus.Select(HashOf).Distinct().Order()];

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
