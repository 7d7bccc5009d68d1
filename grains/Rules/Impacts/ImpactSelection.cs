using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gamification.Impacts;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Impacts;

/// <summary>
/// What of a registry decides which quantities are counted: for every date which events and goods of which factor, whatever they are worth. As long as this is
/// the same, quantities stay, and a corrected value restates them as they are; when it changes, deeds are read again.
/// </summary>
public static class ImpactSelection
{
    /// <summary>The first 128 bits of SHA-256 as 32 lower-case digits. The same for the same selection, however many versions state it.</summary>
    public static string Of(ImpactBook book)
    {
        var text = new StringBuilder("impact 1\n");
        foreach (var factor in book.Versions.Keys.Order(StringComparer.Ordinal)) text.Append(Of(book, factor));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    /// <summary>The same of one factor, as text: a line for each date from which it selects otherwise.</summary>
    public static string Of(ImpactBook book, string factor)
    {
        var (text, before) = (new StringBuilder(), "");
        foreach (var day in book.Versions[factor].SelectMany(Edges).Distinct().Order())
        {
            var said = book.InForceOn(factor, day) is { } version ? Said(version) : "";
            if (said == before) continue;
            text.Append(CultureInfo.InvariantCulture, $"{factor} {day} {said}\n");
            before = said;
        }

        return text.ToString();
    }

    private static IEnumerable<int> Edges(ImpactFactor version) => version.Until is { } until ? [version.From.DayNumber, until.DayNumber] : [version.From.DayNumber];

    private static string Said(ImpactFactor version) => string.Join(' ', version.On.Order().Select(type => (int)type)) + " "
        + (version.Per == ImpactBasis.Rules ? $"rules {version.Counter}" : $"{(int)version.Per} {JsonSerializer.Serialize(version.Goods, EarningJson.Options)}");
}
