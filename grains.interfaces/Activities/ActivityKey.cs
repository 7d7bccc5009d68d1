using System.Security.Cryptography;
using System.Text;

namespace Gamification.Activities;

/// <summary>
/// The business key of an event that is no receipt (spec §1): who reports it and under which id, unique in the programme whatever the member.
/// Neither part is empty, holds a space, or is longer than <see cref="PartMax"/> characters.
/// </summary>
[GenerateSerializer, Immutable, Alias("activity-key")]
public readonly record struct ActivityKey([property: Id(0)] string Source, [property: Id(1)] string Id)
{
    public const int PartMax = 96;

    /// <summary>128 bits of SHA-256 over <c>purpose, source, id</c>, each ended by a line feed: a part cannot hold one.</summary>
    public Guid Digest(string purpose = "activity") => Of(purpose, Source, Id);

    /// <summary><c>//community.example/posts 4711</c>; the ledger names what an event earned by it.</summary>
    public override string ToString() => $"{Source} {Id}";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out ActivityKey key)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        key = space > 0 ? new(text[..space], text[(space + 1)..]) : default;
        return space > 0 && key.Id.Length > 0 && !key.Id.Contains(' ', StringComparison.Ordinal);
    }

    internal static Guid Of(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts) + "\n"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
