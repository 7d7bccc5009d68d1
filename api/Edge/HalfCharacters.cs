using System.Globalization;

namespace Gamification.Api;

/// <summary>
/// Half of a character in a JSON text: <c>\ud800</c> without its other half is well-formed by the grammar and no text by Unicode (RFC 8259, 8.2), so that nobody who
/// reads it could store it or answer it.
/// </summary>
internal static class HalfCharacters
{
    private const int EscapeLength = 6;

    public static Problem Problem { get; } = new(ProblemKind.MalformedJson, "The body has half a character, such as the escape \\ud800 alone: send both halves, or the character itself.");

    public static bool AreIn(ReadOnlySpan<byte> json)
    {
        for (var isOpen = false; ;)
        {
            var at = json.IndexOf((byte)'\\');
            if (isOpen && at != 0) return true;
            if (at < 0 || at + 1 >= json.Length) return false;
            var isUnit = json[at + 1] == 'u' && at + EscapeLength <= json.Length;
            var unit = isUnit && int.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (isOpen != unit is >= 0xDC00 and <= 0xDFFF) return true;
            isOpen = unit is >= 0xD800 and <= 0xDBFF;
            json = json[(at + (isUnit ? EscapeLength : 2))..];
        }
    }
}
