using System.Collections.Immutable;
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
        return [.. RealRows.Read(path).Select(row => Place(row, programme, zone))];
    }

    private static RealReceipt Place(JsonElement row, ProgrammeSettings programme, DateTimeZone zone)
    {
        var (number, member) = (RealRows.NumberOf(row), RealRows.MemberOf(row));
        var at = zone.AtLeniently(RealRows.At(row)).ToDateTimeOffset();
        var store = programme.Stores[RealRows.StoreOf(row, programme.Stores.Length)].Id;
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
}
