using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gamification.Programmes;
using NodaTime;

namespace Gamification.LoadTests.Replays;

/// <summary>One real receipt and whose it is: the key of a member or, without one, of a till.</summary>
internal sealed record RealReceipt(Receipt Receipt, string Account, bool HasMember);

/// <summary>
/// The demo's real receipts as records, so that what is measured begins behind the edge: sales and returns in file order, placed in a
/// programme's stores by the demo's rule (api/Demo/Data/LICENCE.md has the source) and in its currency.
/// </summary>
internal static class RealReceipts
{
    public static ImmutableArray<RealReceipt> Read(string path, ProgrammeSettings programme)
    {
        var zone = DateTimeZoneProviders.Tzdb[programme.TimeZone];
        var receipts = ImmutableArray.CreateBuilder<RealReceipt>();
        using var file = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (file.ReadLine() is { } text)
        {
            using var row = JsonDocument.Parse(text);
            if (row.RootElement.GetProperty("type").GetString() is "sale" or "return") receipts.Add(Place(row.RootElement, programme, zone));
        }

        return receipts.DrainToImmutable();
    }

    private static RealReceipt Place(JsonElement row, ProgrammeSettings programme, DateTimeZone zone)
    {
        var (number, member) = (row.GetProperty("id").GetString()!, row.GetProperty("member").GetString());
        var local = DateTime.Parse(row.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);
        var at = zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset();
        var store = programme.Stores[(int)(Digits(member ?? number) % programme.Stores.Length)].Id;
        var receipt = new Receipt
        {
            Key = new(store, "1", DateOnly.FromDateTime(at.DateTime), number),
            Type = row.GetProperty("type").GetString() == "sale" ? ReceiptType.Sale : ReceiptType.Return,
            OccurredAt = at,
            Currency = programme.Currency,
            Total = Minor(row.GetProperty("total")),
            Lines = [.. row.GetProperty("lines").EnumerateArray().Select(line => new ReceiptLine
            {
                Sku = line[0].GetString()!,
                Quantity = line[1].GetDecimal(),
                UnitPrice = line[2].GetDecimal(),
                Amount = Minor(line[3]),
            })],
            Content = IdOf($"content {number}"),
        };
        return new(receipt, member is null ? $"{programme.Id}/{store}/1" : $"{programme.Id}/{new MemberId(IdOf(member))}", member is not null);
    }

    private static long Minor(JsonElement amount) => (long)decimal.Round(amount.GetDecimal() * 100m);

    private static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..16));

    private static long Digits(string id) => id.Where(char.IsAsciiDigit).Aggregate(0L, (digits, digit) => (digits * 10) + (digit - '0'));
}
