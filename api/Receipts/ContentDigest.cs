using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>
/// The digest of a receipt's content (spec §1): 128 bits of SHA-256 over a salt and one canonical JSON text, names sorted, numbers in minor units
/// or without trailing zeros, instants in UTC with their offset. Two bodies that differ only in order, white space or the spelling of numbers
/// have one digest. The card is content; what nobody knows, and when and how it came, is not. A time that was not stated is not there, so that
/// a replay without it stays a replay. <b>This form is for ever</b>: a change would turn every replay of an old receipt into a conflict.
/// </summary>
internal static class ContentDigest
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static Guid Of(
        StatedReceipt stated, ReceiptKey key, ReceiptKey? original, int decimals, ImmutableArray<ReceiptLine> lines, ReadOnlySpan<byte> salt)
    {
        var buffer = _buffer ??= new(4096);
        buffer.ResetWrittenCount();
        buffer.Write(salt);
        var writer = _writer ??= new(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.Reset(buffer);
        WriteCanonical(writer, stated, key, original, decimals, lines);
        writer.Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static void WriteCanonical(
        Utf8JsonWriter writer, StatedReceipt stated, ReceiptKey key, ReceiptKey? original, int decimals, ImmutableArray<ReceiptLine> lines)
    {
        writer.WriteStartObject();
        WriteDate(writer, key.BusinessDate);
        if (stated.Card is { } card) writer.WriteString("card"u8, card);
        writer.WriteString("currency"u8, stated.Currency);
        writer.WriteStartArray("lines"u8);
        foreach (var line in lines) WriteLine(writer, line);
        writer.WriteEndArray();
        writer.WriteString("number"u8, key.Number);
        if (stated.OccurredAt is { } at)
        {
            writer.WriteNumber("occurredAt"u8, at.UtcTicks);
            writer.WriteNumber("occurredAtOffset"u8, at.TotalOffsetMinutes);
        }

        if (original is { } sale)
        {
            writer.WriteStartObject("original"u8);
            WriteDate(writer, sale.BusinessDate);
            writer.WriteString("number"u8, sale.Number);
            writer.WriteString("store"u8, sale.Store);
            writer.WriteString("till"u8, sale.Till);
            writer.WriteEndObject();
        }

        WriteAmount(writer, "paidWithPoints"u8, stated.PaidWithPoints, decimals);
        WriteAmount(writer, "paidWithVouchers"u8, stated.PaidWithVouchers, decimals);
        writer.WriteString("store"u8, key.Store);
        writer.WriteString("till"u8, key.Till);
        WriteAmount(writer, "total"u8, stated.Total, decimals);
        writer.WriteNumber("type"u8, (int)stated.Type.GetValueOrDefault());
        writer.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter writer, in ReceiptLine line)
    {
        writer.WriteStartObject();
        writer.WriteNumber("amount"u8, line.Amount);
        writer.WriteNumber("kind"u8, (int)line.Kind);
        writer.WriteNumber("quantity"u8, line.Quantity);
        writer.WriteString("sku"u8, line.Sku);
        writer.WriteNumber("unitPrice"u8, line.UnitPrice);
        writer.WriteNumber("vat"u8, line.Vat);
        writer.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ExactNumber? amount, int decimals)
    {
        amount.GetValueOrDefault().ToMinor(decimals, long.MaxValue, out var minor);
        writer.WriteNumber(name, minor);
    }

    private static void WriteDate(Utf8JsonWriter writer, DateOnly date) => writer.WriteNumber("businessDate"u8, date.DayNumber);
}
