using System.Security.Cryptography;
using System.Text;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>SHA-256 as certificates name it: 64 hex digits in lower case, as <c>sha256sum</c> writes them.</summary>
public static class Sha256
{
    /// <summary>Of a text in UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Hex(SHA256.HashData(bytes));

    /// <summary>Of the chunks, one after the other.</summary>
    public static string Of(IEnumerable<byte[]> chunks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in chunks) hash.AppendData(chunk);
        return Hex(hash.GetHashAndReset());
    }

    /// <summary>Of a hash that was taken bit by bit.</summary>
    public static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);
}
