using System.Globalization;

namespace Gamification.Api;

internal enum NumberFault
{
    None,
    TooManyDecimals,
    TooLarge,
}

/// <summary>
/// A JSON number without any rounding: coefficient × 10^-scale, the coefficient without trailing zeros, so that 1.50, 1.5 and 15e-1 are one value.
/// At most 18 significant digits.
/// </summary>
internal readonly record struct ExactNumber(long Coefficient, int Scale)
{
    private const int DigitsMax = 18;

    private static readonly long[] PowersOfTen = [.. Enumerable.Range(0, DigitsMax + 1).Select(power => long.Parse("1" + new string('0', power), CultureInfo.InvariantCulture))];

    /// <summary>Reads a token that is known to be a JSON number; false when it has more digits than any amount.</summary>
    public static bool TryRead(ReadOnlySpan<byte> token, out ExactNumber number)
    {
        number = default;
        long coefficient = 0;
        int digits = 0, zeros = 0, decimals = 0;
        var negative = token[0] == '-';
        var afterPoint = false;
        var i = negative ? 1 : 0;
        for (; i < token.Length && token[i] is not ((byte)'e' or (byte)'E'); i++)
        {
            if (token[i] == '.')
            {
                afterPoint = true;
                continue;
            }

            if (afterPoint) decimals++;
            var digit = token[i] - '0';
            if (digit == 0)
            {
                zeros++;
                continue;
            }

            // Zeros count once a digit follows them; until then they may be trailing.
            if (coefficient == 0) zeros = 0;
            digits += zeros + 1;
            if (digits > DigitsMax) return false;
            coefficient = (coefficient * PowersOfTen[zeros + 1]) + digit;
            zeros = 0;
        }

        if (coefficient == 0) return true;
        var exponent = i < token.Length ? Exponent(token[(i + 1)..]) : 0;
        number = new(negative ? -coefficient : coefficient, decimals - zeros - exponent);
        return true;
    }

    /// <summary>As a whole number of 10^-<paramref name="decimals"/>, at most <paramref name="max"/> either way.</summary>
    public NumberFault ToMinor(int decimals, long max, out long minor)
    {
        minor = 0;
        var shift = decimals - Scale;
        if (Coefficient == 0) return NumberFault.None;
        if (shift < 0) return NumberFault.TooManyDecimals;
        if (shift > DigitsMax) return NumberFault.TooLarge;
        var wide = (Int128)Coefficient * PowersOfTen[shift];
        if (Int128.Abs(wide) > max) return NumberFault.TooLarge;
        minor = (long)wide;
        return NumberFault.None;
    }

    /// <summary>As a decimal with at most <paramref name="decimals"/> decimals, at most <paramref name="max"/> either way.</summary>
    public NumberFault ToDecimal(int decimals, long max, out decimal value)
    {
        value = 0;
        if (Scale > decimals) return NumberFault.TooManyDecimals;
        if (Scale <= 0)
        {
            var fault = ToMinor(0, max, out var whole);
            value = whole;
            return fault;
        }

        var magnitude = Math.Abs(Coefficient);
        if (magnitude / PowersOfTen[Scale] >= max) return NumberFault.TooLarge;
        value = new(unchecked((int)magnitude), (int)(magnitude >> 32), 0, Coefficient < 0, (byte)Scale);
        return NumberFault.None;
    }

    /// <summary>Exponents beyond any amount are all alike.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        var value = 0;
        for (var i = text[0] is (byte)'-' or (byte)'+' ? 1 : 0; i < text.Length && value < 10_000; i++) value = (value * 10) + text[i] - '0';
        return negative ? -value : value;
    }
}
