using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Reads a document of a programme: held to its types first, then to what its parts say of each other.</summary>
internal static class DocumentReader
{
    public static (T? Document, ImmutableArray<DocumentError> Errors) Read<T>(ReadOnlyMemory<byte> utf8, int bytesMax, Func<T, ImmutableArray<DocumentError>> check)
        where T : class
    {
        if (utf8.Length > bytesMax) return (null, [new("", "too-large", FormattableString.Invariant($"A rule document is at most {bytesMax / (1024 * 1024)} MB."))]);
        try
        {
            using var json = JsonDocument.Parse(utf8, new() { MaxDepth = 32 });
            var errors = StrictDocument.Check(json.RootElement, typeof(T), EarningJson.Options);
            if (!errors.IsEmpty) return (null, errors);
            var document = json.RootElement.Deserialize<T>(EarningJson.Options)!;
            errors = check(document);
            return (errors.IsEmpty ? document : null, errors);
        }
        catch (JsonException)
        {
            return (null, [new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 32 deep.")]);
        }
    }
}
