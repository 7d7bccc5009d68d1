using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using NodaTime;

namespace Gamification.LoadTests.Replays;

/// <summary>The rows of the demo's real file that are a till's: sales and returns, in file order (api/Demo/Data/LICENCE.md has the source).</summary>
internal static class RealRows
{
    /// <summary>Each is good until the next is asked for.</summary>
    public static IEnumerable<JsonElement> Read(string path)
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (file.ReadLine() is { } text)
        {
            using var row = JsonDocument.Parse(text);
            if (row.RootElement.GetProperty("type").GetString() is "sale" or "return") yield return row.RootElement;
        }
    }

    public static string NumberOf(JsonElement row) => row.GetProperty("id").GetString()!;

    /// <summary>Null for a receipt without a member.</summary>
    public static string? MemberOf(JsonElement row) => row.GetProperty("member").GetString();

    /// <summary>The shop's wall clock.</summary>
    public static LocalDateTime At(JsonElement row) => LocalDateTime.FromDateTime(DateTime.Parse(row.GetProperty("at").GetString()!, CultureInfo.InvariantCulture));

    /// <summary>The store by the demo's rule: a place in a list of so many.</summary>
    public static int StoreOf(JsonElement row, int stores) =>
        (int)((MemberOf(row) ?? NumberOf(row)).Where(char.IsAsciiDigit).Aggregate(0L, (digits, digit) => (digits * 10) + (digit - '0')) % stores);
}
