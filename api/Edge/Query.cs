using System.Globalization;
using System.Text;

namespace Gamification.Api;

/// <summary>Parameters of an address, with their bounds; the first that is out of bounds is the problem.</summary>
internal sealed class Query(HttpRequest request)
{
    public Problem? Problem { get; private set; }

    public string? Text(string name) => request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public int Number(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Refuse(name, "out-of-bounds", string.Create(CultureInfo.InvariantCulture, $"Send a whole number from {min} to {max}."));
        return otherwise;
    }

    /// <summary>Where the page before ended; <see cref="long.MaxValue"/> for the first.</summary>
    public long Cursor(string name = "cursor")
    {
        if (Text(name) is not { } text) return long.MaxValue;
        if (TryReadCursor(text, out var before)) return before;
        Refuse(name, "invalid-cursor", "Use the cursor as it was given, or leave it out to begin anew.");
        return long.MaxValue;
    }

    public void Refuse(string name, string code, string remedy) =>
        Problem ??= new(ProblemKind.InvalidRequest, $"{name}: {remedy}") { Errors = [new($"?{name}", code, remedy)] };

    /// <summary>Opaque, so that what it holds may change: today a version, base 64 with a letter before it.</summary>
    public static string WriteCursor(long before) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v{before}"))).TrimEnd('=');

    private static bool TryReadCursor(string text, out long before)
    {
        before = 0;
        Span<byte> bytes = stackalloc byte[32];
        return text.Length <= 32
            && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            && length > 1
            && bytes[0] == 'v'
            && long.TryParse(bytes[1..length], NumberStyles.None, CultureInfo.InvariantCulture, out before);
    }
}
