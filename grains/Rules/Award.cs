using System.Collections.Immutable;
using System.Numerics;
using Gamification.Programmes;

namespace Gamification.Rules;

/// <summary>
/// The base award and its rounding law (spec A1, §7): one point per whole currency unit of net spend,
/// floored once per receipt, and shown per line by largest remainder so that the lines add up to the receipt.
/// </summary>
public static class Award
{
    /// <summary>Points for a net spend in minor units. Nothing is earned below one whole unit, and nothing is ever taken by a sale.</summary>
    public static long PointsFor(long netSpend, long minorPerUnit) => netSpend <= 0 ? 0 : netSpend / minorPerUnit;

    /// <summary>
    /// Which line earned what: each line's share of the award in proportion to its net spend, rounded down; the points left over
    /// go to the largest remainders, the earlier line first among equals. Lines with no or negative spend get 0.
    /// The result adds up to <paramref name="points"/> whenever a line has positive spend.
    /// </summary>
    public static ImmutableArray<long> Attribute(long points, ReadOnlySpan<ReceiptLine> lines, NetSpendSettings settings)
    {
        var shares = new long[lines.Length];
        var weights = new long[lines.Length];
        long total = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            weights[i] = Math.Max(0, NetSpend.Of(lines[i], settings));
            total += weights[i];
        }

        if (points == 0 || total == 0) return [.. shares];

        var remainders = new (BigInteger Remainder, int Line)[lines.Length];
        var left = points;
        for (var i = 0; i < lines.Length; i++)
        {
            var quotient = BigInteger.DivRem(new BigInteger(points) * weights[i], total, out var remainder);
            shares[i] = (long)quotient;
            left -= shares[i];
            remainders[i] = (remainder, i);
        }

        Array.Sort(remainders, static (a, b) => a.Remainder != b.Remainder ? b.Remainder.CompareTo(a.Remainder) : a.Line.CompareTo(b.Line));
        for (var i = 0; i < left; i++) shares[remainders[i].Line]++;
        return [.. shares];
    }
}
