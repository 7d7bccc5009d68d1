using System.Text.Json;
using Gamification.Activities;

namespace Gamification.Api;

/// <summary>Events in a statement, and what one would earn.</summary>
internal static class EventJson
{
    public static void WriteLine(Utf8JsonWriter writer, ActivityLine? line)
    {
        if (line is null)
        {
            writer.WriteNull("activity"u8);
            return;
        }

        writer.WriteStartObject("activity"u8);
        WriteKey(writer, line.Key);
        writer.WriteString("type"u8, line.Type is { } type ? EventWords.Of(type) : null);
        writer.WriteString("subject"u8, line.Subject);
        writer.WriteString("treatment"u8, EventWords.Of(line.Treatment));
        if (line.Of is { } of)
        {
            writer.WriteStartObject("of"u8);
            WriteKey(writer, of);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("of"u8);
        }

        writer.WriteString("removedBy"u8, line.RemovedBy switch { Remover.Author => "author", Remover.Moderator => "moderator", _ => null });
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ActivityPreview preview)
    {
        writer.WriteStartObject();
        writer.WriteNumber("points"u8, preview.Points);
        writer.WriteString("treatment"u8, EventWords.Of(preview.Treatment));
        LedgerJson.WriteWhy(writer, preview.Why);
        writer.WriteEndObject();
    }

    public static void WriteKey(Utf8JsonWriter writer, ActivityKey key)
    {
        writer.WriteString("source"u8, key.Source);
        writer.WriteString("id"u8, key.Id);
    }
}
