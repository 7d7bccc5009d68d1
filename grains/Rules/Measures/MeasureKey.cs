using System.Security.Cryptography;
using System.Text;

namespace Gamification.Rules.Measures;

/// <summary>
/// Under what a contribution is kept: the event's own digest, so that each is replaced by what stands of it and nothing is ever added to a row;
/// for a measure of different things the thing's digest and a dot before it.
/// </summary>
internal static class MeasureKey
{
    public static string Of(Guid key) => Short(key.ToByteArray(bigEndian: true));

    public static string Of(string key) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    public static string Of(string thing, string key) => $"{Of(thing)}.{key}";

    /// <summary>The thing of a key; all of a key that has none.</summary>
    public static string ThingIn(string key) => key.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? key[..dot] : key;

    private static string Short(ReadOnlySpan<byte> digest) => Convert.ToBase64String(digest).TrimEnd('=');
}
