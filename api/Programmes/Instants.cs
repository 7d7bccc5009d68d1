using System.Globalization;

namespace Gamification.Api;

/// <summary>Instants in addresses and documents: with their offset, or they would mean another one on every machine.</summary>
internal static class Instants
{
    public const string Remedy = "Send an instant with its offset, e.g. 2026-12-01T00:00:00+01:00.";

    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        return text is { Length: >= 17 and <= 40 }
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }
}
