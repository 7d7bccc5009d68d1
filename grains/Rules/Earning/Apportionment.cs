using System.Numerics;

namespace Gamification.Rules.Earning;

/// <summary>Whole shares in proportion to weights, by largest remainder: the earlier one first among equals (spec §7).</summary>
internal static class Apportionment
{
    /// <summary>
    /// Shares of <paramref name="whole"/>, each within one of its exact proportion, adding up to it whenever a weight is above zero.
    /// No weight is negative.
    /// </summary>
    public static long[] Spread(long whole, ReadOnlySpan<Int128> weights)
    {
        var shares = new long[weights.Length];
        var total = BigInteger.Zero;
        foreach (var weight in weights) total += weight;
        if (whole == 0 || total.IsZero) return shares;

        var remainders = new BigInteger[weights.Length];
        var left = whole;
        for (var at = 0; at < weights.Length; at++)
        {
            shares[at] = (long)BigInteger.DivRem(whole * (BigInteger)weights[at], total, out remainders[at]);
            left -= shares[at];
        }

        if (left == 0) return shares;
        var order = new int[weights.Length];
        for (var at = 0; at < order.Length; at++) order[at] = at;
        Array.Sort(order, (a, b) => remainders[a] != remainders[b] ? remainders[b].CompareTo(remainders[a]) : a.CompareTo(b));
        for (var at = 0; at < left; at++) shares[order[at]]++;
        return shares;
    }

    /// <summary>
    /// Rounds amounts in units of 1/<paramref name="unit"/> to whole ones whose sum is the floor of theirs. The base comes first: its own parts
    /// sum to the floor of theirs, so that what a receipt earns before multipliers and bonuses is the same whatever else applied (spec §4). None goes above
    /// its bound, which is at least its floor; what the bounds leave no room for is not given to anyone.
    /// </summary>
    public static void Round(Span<Part> parts, Int128 unit)
    {
        Int128 remainders = 0, ofBase = 0;
        foreach (ref var part in parts)
        {
            (var whole, part.Remainder) = Int128.DivRem(part.Raw, unit);
            part.Share = checked((long)whole);
            remainders += part.Remainder;
            if (part.IsBase) ofBase += part.Remainder;
        }

        var (up, first) = ((long)(remainders / unit), (long)(ofBase / unit));
        for (var given = 0L; given < up; given++)
        {
            var next = Next(parts, isBase: given < first);
            if (next < 0) next = Next(parts, isBase: given >= first);
            if (next < 0) return;
            parts[next].Share++;
            parts[next].Remainder = 0;
        }
    }

    /// <summary>The part with the largest remainder and room for one more, the earlier one first among equals; -1 for none.</summary>
    private static int Next(ReadOnlySpan<Part> parts, bool isBase)
    {
        var next = -1;
        for (var at = 0; at < parts.Length; at++)
        {
            if (parts[at].IsBase == isBase && parts[at].Remainder > 0 && parts[at].Share < parts[at].Bound && (next < 0 || parts[at].Remainder > parts[next].Remainder)) next = at;
        }

        return next;
    }
}
