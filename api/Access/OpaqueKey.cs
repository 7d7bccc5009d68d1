using System.Security.Cryptography;
using System.Text;
using Gamification.Access;

namespace Gamification.Api;

/// <summary>
/// A till's or service's key or a screen's token: <c>till_K7Q2M9XA_…</c>, 260 random bits in base 32. It is shown once and kept as its SHA-256:
/// a slow, salted hash protects what people choose, and nobody can search that many random bits.
/// </summary>
internal sealed record OpaqueKey(string Id, string Text)
{
    public static OpaqueKey Draw(KeyKind kind)
    {
        var id = Base32.Random(8);
        return new(id, $"{PrefixOf(kind)}{id}_{Base32.Random(52)}");
    }

    public static bool Is(string presented) =>
        Enum.GetValues<KeyKind>().Any(kind => presented.StartsWith(PrefixOf(kind), StringComparison.Ordinal));

    /// <summary>Lower-case hex, as it is kept.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public KeyGrant Grant(KeyKind kind, string? store, string name, DateTimeOffset now) =>
        new() { Id = Id, Kind = kind, Store = store, Name = name, Hash = HashOf(Text), CreatedAt = now };

    private static string PrefixOf(KeyKind kind) => kind switch { KeyKind.Till => "till_", KeyKind.Screen => "screen_", _ => "service_" };
}
