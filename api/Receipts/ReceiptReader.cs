using System.Globalization;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>
/// Reads a receipt's JSON by hand into what it states: names, types and the bounds of strings. What its amounts and dates mean together is
/// <see cref="ReceiptCheck"/>'s. Fields that nobody knows are kept within bounds and warned of, so that a till's update never stops a Saturday.
/// </summary>
internal static class ReceiptReader
{
    public const int DepthMax = 8;

    private const int StoreMax = 16;
    private const int TillMax = 16;
    private const int NumberMax = 64;
    private const int CardMax = 64;
    private const int SkuMax = 64;

    /// <summary>False when the body is not one JSON document in UTF-8; what is wrong inside one stands in <see cref="StatedReceipt.Faults"/>.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, StatedReceipt stated)
    {
        try
        {
            var fields = new FieldReader(body.Span, new() { MaxDepth = DepthMax }, stated.Faults, stated.Unknown) { Place = FieldReader.InReceipt };
            fields.Begin();
            if (fields.IsObject) ReadReceipt(ref fields, stated);
            else fields.RefuseType("an object, the receipt");
            fields.End();
            if (fields.SkippedUnknown) RefuseHiddenDuplicates(body, stated.Faults);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is what the reader says of text that is not UTF-8.
            return false;
        }
    }

    private static void ReadReceipt(ref FieldReader fields, StatedReceipt stated)
    {
        while (fields.NextName())
        {
            if (fields.Is("type"u8, 0)) stated.Type = (ReceiptType?)fields.Choice("sale|return|void");
            else if (ReadKeyField(ref fields, ref stated.Key)) continue;
            else if (fields.Is("occurredAt"u8, 5)) stated.OccurredAt = fields.Instant();
            else if (fields.Is("card"u8, 6)) stated.Card = fields.Text(CardMax, recurs: false);
            else if (fields.Is("currency"u8, 7)) stated.Currency = fields.Text(3);
            else if (fields.Is("total"u8, 8)) stated.Total = fields.Number();
            else if (fields.Is("paidWithPoints"u8, 9)) stated.PaidWithPoints = fields.Number();
            else if (fields.Is("paidWithVouchers"u8, 10)) stated.PaidWithVouchers = fields.Number();
            else if (fields.Is("original"u8, 11)) ReadOriginal(ref fields, stated);
            else if (fields.Is("lines"u8, 12)) ReadLines(ref fields, stated);
            else fields.SkipUnknown();
        }
    }

    private static bool ReadKeyField(ref FieldReader fields, ref StatedKey key)
    {
        if (fields.Is("store"u8, 1)) key.Store = fields.Text(StoreMax, noSlash: true);
        else if (fields.Is("till"u8, 2)) key.Till = fields.Text(TillMax, noSlash: true);
        else if (fields.Is("businessDate"u8, 3)) key.BusinessDate = fields.Date();
        else if (fields.Is("number"u8, 4)) key.Number = fields.Text(NumberMax, recurs: false);
        else return false;
        return true;
    }

    private static void ReadOriginal(ref FieldReader fields, StatedReceipt stated)
    {
        if (!fields.Value()) return;
        if (!fields.IsObject)
        {
            fields.RefuseType("an object with store, till, businessDate and number");
            return;
        }

        stated.HasOriginal = true;
        var seen = fields.Seen;
        fields.Place = FieldReader.InOriginal;
        fields.Seen = 0;
        while (fields.NextName())
        {
            if (!ReadKeyField(ref fields, ref stated.Original)) fields.SkipUnknown();
        }

        fields.Place = FieldReader.InReceipt;
        fields.Seen = seen;
    }

    private static void ReadLines(ref FieldReader fields, StatedReceipt stated)
    {
        if (!fields.Value()) return;
        if (!fields.IsArray)
        {
            fields.RefuseType("an array of lines");
            return;
        }

        stated.HasLines = true;
        var seen = fields.Seen;
        for (var index = 0; fields.NextElement(); index++)
        {
            fields.Place = index;
            fields.Seen = 0;
            if (index >= StatedReceipt.LinesMax || !fields.IsObject) RefuseLine(ref fields, index);
            else ReadLine(ref fields, ref stated.AddLine());
        }

        fields.Place = FieldReader.InReceipt;
        fields.Seen = seen;
    }

    private static void ReadLine(ref FieldReader fields, ref StatedLine line)
    {
        while (fields.NextName())
        {
            if (fields.Is("sku"u8, 0)) line.Sku = fields.Text(SkuMax);
            else if (fields.Is("quantity"u8, 1)) line.Quantity = fields.Number();
            else if (fields.Is("unitPrice"u8, 2)) line.UnitPrice = fields.Number();
            else if (fields.Is("amount"u8, 3)) line.Amount = fields.Number();
            else if (fields.Is("kind"u8, 4)) line.Kind = (LineKind?)fields.Choice("product|deposit|voucher|service") ?? LineKind.Product;
            else if (fields.Is("vat"u8, 5)) line.Vat = fields.Number();
            else fields.SkipUnknown();
        }
    }

    private static void RefuseLine(ref FieldReader fields, int index)
    {
        if (index == StatedReceipt.LinesMax) fields.RefuseElement("/lines", "too-many-lines", "Send at most 2,000 lines; split the receipt.");
        else if (index < StatedReceipt.LinesMax) fields.RefuseElement(string.Create(CultureInfo.InvariantCulture, $"/lines/{index}"), "wrong-type", "Send an object, the line.");
        fields.SkipValue();
    }

    /// <summary>Inside fields that are passed over nobody has looked for repeated names yet; this is rare, so a second reading may do it.</summary>
    private static void RefuseHiddenDuplicates(ReadOnlyMemory<byte> body, ReceiptFaults faults)
    {
        try
        {
            JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false }).Dispose();
        }
        catch (JsonException)
        {
            if (!faults.HasErrors) faults.Refuse("", "duplicate-property", "A field stands twice in one object; leave one.");
        }
    }
}
