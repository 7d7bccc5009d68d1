using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Gamification.Rules;

/// <summary>What is still known of the sales that marks have dropped: enough to answer most questions that do not concern them, so that an old account's past is seldom read.</summary>
/// <param name="Until">The instant of the latest of them, in Unix milliseconds; 0 when there are none.</param>
/// <param name="LastDay">The latest number of a business date of theirs.</param>
/// <param name="Goods">A bit for each hash of goods that one of them sold; see <see cref="SaleMark.Goods"/>. Empty when there are none.</param>
public sealed record DroppedSales(long Until, int LastDay, ImmutableArray<ulong> Goods)
{
    private const int BitsInWord = 64;
    private const int Words = SaleMark.GoodsMax / BitsInWord;

    public static DroppedSales None { get; } = new(0, 0, []);

    /// <summary>Sales of which nothing else was kept: any of them may concern any question.</summary>
    public static DroppedSales Unknown(long until) => new(until, int.MaxValue, [.. Enumerable.Repeat(ulong.MaxValue, Words)]);

    public bool Any => Until != 0;

    /// <summary>False when none of them is of this business date or a later one.</summary>
    public bool MayHave(int day) => Any && day <= LastDay;

    /// <summary>False when none of them sold goods of this hash.</summary>
    public bool MayHaveSold(ushort goods) => !Goods.IsEmpty && (Goods[goods / BitsInWord] & Bit(goods)) != 0;

    public DroppedSales With(SaleMark mark)
    {
        ulong[] goods = Goods.IsEmpty ? new ulong[Words] : [.. Goods];
        foreach (var sold in mark.Goods) goods[sold / BitsInWord] |= Bit(sold);
        return new(Math.Max(Until, mark.At), Math.Max(LastDay, mark.Day), ImmutableCollectionsMarshal.AsImmutableArray(goods));
    }

    private static ulong Bit(ushort goods) => 1UL << (goods % BitsInWord);
}
