using System.Security.Cryptography;

namespace Gamification.Api;

/// <summary>Crockford's base 32: what people read aloud and type in. I, L and O are read as the digits they look like; there is no U.</summary>
internal static class Base32
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The first 5 × <paramref name="length"/> bits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = stackalloc char[length];
        uint held = 0;
        var bits = 0;
        var next = 0;
        for (var i = 0; i < length; i++)
        {
            if (bits < 5)
            {
                held = (held << 8) | bytes[next++];
                bits += 8;
            }

            bits -= 5;
            text[i] = Alphabet[(int)((held >> bits) & 31)];
            held &= (1u << bits) - 1;
        }

        return text.ToString();
    }

    public static string Random(int length) => Encode(RandomNumberGenerator.GetBytes(((length * 5) + 7) / 8), length);

    /// <summary>What was meant by what was typed: upper case, without hyphens and spaces, look-alikes put right.</summary>
    public static string Normalise(string typed)
    {
        Span<char> text = stackalloc char[Math.Min(typed.Length, 64)];
        var length = 0;
        foreach (var character in typed)
        {
            if (character is '-' or ' ') continue;
            if (length == text.Length) return "";
            text[length++] = char.ToUpperInvariant(character) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
        }

        return text[..length].ToString();
    }
}
