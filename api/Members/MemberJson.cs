using System.Text.Json;
using Gamification.Members;

namespace Gamification.Api;

/// <summary>An account as its owner reads it.</summary>
internal static class MemberJson
{
    public static void Write(Utf8JsonWriter writer, string publicId, bool enrolled, MemberView view, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteString("member"u8, publicId);
        writer.WriteString("name"u8, Pseudonyms.Of(publicId));
        writer.WriteNumber("version"u8, view.Version);
        writer.WriteNumber("balance"u8, view.Balance);
        writer.WriteNumber("lifetime"u8, view.Lifetime);
        writer.WriteNumber("receipts"u8, view.Receipts);
        writer.WriteBoolean("enrolled"u8, enrolled);
        LedgerJson.WritePurses(writer, view.Purses);
        MemberRecognitionJson.Write(writer, view.Recognition, programme);
        writer.WriteStartArray("last"u8);
        foreach (var line in view.Last) WriteLine(writer, line, programme);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What anybody may see.</summary>
    public static void WritePublic(Utf8JsonWriter writer, string publicId)
    {
        writer.WriteStartObject();
        writer.WriteString("member"u8, publicId);
        writer.WriteString("name"u8, Pseudonyms.Of(publicId));
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, StatementPage page, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries"u8);
        foreach (var line in page.Lines) WriteLine(writer, line, programme);
        writer.WriteEndArray();
        writer.WriteString("next"u8, page.Next is { } next ? Query.WriteCursor(next) : null);
        writer.WriteEndObject();
    }

    public static void WriteLine(Utf8JsonWriter writer, StatementLine line, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, line.Version);
        writer.WriteString("type"u8, line.Type);
        writer.WriteString("receipt"u8, line.Receipt?.ToString());
        writer.WriteString("receiptType"u8, line.ReceiptType is { } type ? ReceiptWords.Of(type) : null);
        writer.WriteString("treatment"u8, line.Treatment is { } treatment ? ReceiptWords.Of(treatment) : null);
        writer.WriteNumber("points"u8, line.Points);
        writer.WriteNumber("balance"u8, line.Balance);
        if (line.Total is { } total) writer.WriteNumber("total"u8, programme.InUnits(total));
        else writer.WriteNull("total"u8);
        writer.WriteString("occurredAt"u8, line.OccurredAt);
        writer.WriteString("recordedAt"u8, line.RecordedAt);
        ReceiptWords.WriteTaken(writer, line.Taken);
        LedgerJson.WritePostings(writer, line.Postings);
        LedgerJson.WriteWhy(writer, line.Why);
        writer.WriteTexts("recognised"u8, line.Recognised);
        RewardJson.WriteLine(writer, line.Reward);
        EventJson.WriteLine(writer, line.Activity);
        writer.WriteEndObject();
    }
}
