using System.Collections.Immutable;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>The words of the wire for what is an enum inside.</summary>
internal static class ReceiptWords
{
    public static string Of(Treatment treatment) => treatment switch
    {
        Treatment.Earned => "earned",
        Treatment.Anonymous => "anonymous",
        Treatment.Held => "held",
        Treatment.TakenBack => "taken-back",
        Treatment.Audited => "audited",
        Treatment.TakenByAmount => "taken-by-amount",
        Treatment.TakenBySku => "taken-by-sku",
        Treatment.Parked => "parked",
        _ => throw new ArgumentOutOfRangeException(nameof(treatment), treatment, "This treatment has no word yet."),
    };

    public static string Of(ReceiptType type) => type switch
    {
        ReceiptType.Sale => "sale",
        ReceiptType.Return => "return",
        _ => "void",
    };

    public static void WriteFlags(Utf8JsonWriter writer, ReceiptFlags flags)
    {
        writer.WriteStartArray("flags"u8);
        if (flags.HasFlag(ReceiptFlags.OccurredAtClamped)) writer.WriteStringValue("occurred-at-clamped"u8);
        if (flags.HasFlag(ReceiptFlags.OccurredAtMissing)) writer.WriteStringValue("occurred-at-missing"u8);
        if (flags.HasFlag(ReceiptFlags.SuspectDuplicate)) writer.WriteStringValue("suspect-duplicate"u8);
        writer.WriteEndArray();
    }

    /// <summary>Which sales a return took points from, and how many.</summary>
    public static void WriteTaken(Utf8JsonWriter writer, ImmutableArray<TakenBack> taken)
    {
        writer.WriteStartArray("taken"u8);
        foreach (var part in taken.IsDefault ? [] : taken)
        {
            writer.WriteStartObject();
            writer.WriteString("receipt"u8, part.Sale.ToString());
            writer.WriteNumber("points"u8, part.Points);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
