using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using NodaTime;

namespace Gamification.Api.Demo;

/// <summary>One receipt of the real file, placed in a store by the stated rule and ready to be posted.</summary>
/// <param name="Line">Its place in the file, counted from 1.</param>
/// <param name="OccurredAt">The file's wall clock, read in the store's zone.</param>
/// <param name="Body">The JSON that a till would post.</param>
public sealed record DemoReceipt(int Line, string Store, DateTimeOffset OccurredAt, byte[] Body);

/// <summary>
/// Reads the real receipts in file order. Sales and returns become receipts; write-offs (<c>stock</c>) and bookings (<c>adjustment</c>)
/// are not a till's business and are only counted. See Data/LICENCE.md for the source and the rule that invents the stores.
/// </summary>
public sealed class DemoReceipts(string path, IReadOnlyList<string> stores, string timeZone)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[timeZone];

    /// <summary>Rows of the file that are not receipts of a till, among those read so far.</summary>
    public int Skipped { get; private set; }

    public IEnumerable<DemoReceipt> Read()
    {
        using var file = Open();
        for (var line = 1; file.ReadLine() is { } text; line++)
        {
            using var row = JsonDocument.Parse(text);
            if (row.RootElement.GetProperty("type").GetString() is not ("sale" or "return"))
            {
                Skipped++;
                continue;
            }

            yield return Place(line, row.RootElement);
        }
    }

    public int CountLines()
    {
        using var file = Open();
        var lines = 0;
        while (file.ReadLine() is not null) lines++;
        return lines;
    }

    private StreamReader Open() => new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));

    private DemoReceipt Place(int line, JsonElement row)
    {
        var number = row.GetProperty("id").GetString()!;
        var member = row.GetProperty("member").GetString();
        var local = DateTime.Parse(row.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);
        var occurredAt = _zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset();
        var store = stores[(int)(Digits(member ?? number) % stores.Count)];
        return new(line, store, occurredAt, Body(row, number, member, store, occurredAt));
    }

    private static byte[] Body(JsonElement row, string number, string? member, string store, DateTimeOffset occurredAt)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", row.GetProperty("type").GetString());
            json.WriteString("store", store);
            json.WriteString("till", "1");
            json.WriteString("businessDate", occurredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("number", number);
            json.WriteString("occurredAt", occurredAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
            if (member is not null) json.WriteString("card", member);
            json.WriteString("currency", "GBP");
            json.WriteNumber("total", row.GetProperty("total").GetDecimal());
            json.WriteStartArray("lines");
            foreach (var line in row.GetProperty("lines").EnumerateArray())
            {
                json.WriteStartObject();
                json.WriteString("sku", line[0].GetString());
                json.WriteNumber("quantity", line[1].GetDecimal());
                json.WriteNumber("unitPrice", line[2].GetDecimal());
                json.WriteNumber("amount", line[3].GetDecimal());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>The digits of an id as a number; ids of the file have nine at most.</summary>
    private static long Digits(string id)
    {
        long digits = 0;
        foreach (var character in id)
        {
            if (char.IsAsciiDigit(character)) digits = (digits * 10) + (character - '0');
        }

        return digits;
    }
}
