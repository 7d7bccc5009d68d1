using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>Fields as every answer writes them: null where there is nothing, dates as 2026-11-21, texts in French, Dutch and English.</summary>
internal static class JsonFields
{
    public static void WriteNumber(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known) writer.WriteNumber(name, known);
        else writer.WriteNull(name);
    }

    public static void WriteNumber(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? number)
    {
        if (number is { } known) writer.WriteNumber(name, known);
        else writer.WriteNull(name);
    }

    public static void WriteString(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } known) writer.WriteString(name, known);
        else writer.WriteNull(name);
    }

    public static void WriteDate(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? date) =>
        writer.WriteString(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Sentence? text)
    {
        if (text is null) writer.WriteNull(name);
        else writer.WriteText(name, text.Fr, text.Nl, text.En);
    }

    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Wording? text)
    {
        if (text is null) writer.WriteNull(name);
        else writer.WriteText(name, text.Fr, text.Nl, text.En);
    }

    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string fr, string nl, string en)
    {
        writer.WriteStartObject(name);
        writer.WriteLanguages(fr, nl, en);
        writer.WriteEndObject();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<Sentence> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStartObject();
            writer.WriteLanguages(text.Fr, text.Nl, text.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Into the object that is open.</summary>
    public static void WriteLanguages(this Utf8JsonWriter writer, string fr, string nl, string en)
    {
        writer.WriteString("fr"u8, fr);
        writer.WriteString("nl"u8, nl);
        writer.WriteString("en"u8, en);
    }
}
