using System.Text.Json;

namespace Gamification.Api;

/// <summary>What a till may print beside the points, only where there is something.</summary>
internal static class TillNotesJson
{
    public static void Write(Utf8JsonWriter writer, TillNotes notes)
    {
        if (notes.Multiplier > 1)
        {
            writer.WriteNumber("multiplier"u8, notes.Multiplier);
            LedgerJson.WriteWhy(writer, notes.MultipliedBy, "multipliedBy"u8);
        }

        if (notes.AlmostThere.IsEmpty) return;
        writer.WriteStartArray("almostThere"u8);
        foreach (var goal in notes.AlmostThere)
        {
            writer.WriteStartObject();
            writer.WriteString("goal"u8, goal.Goal);
            writer.WriteNumber("left"u8, goal.Left);
            writer.WriteNumber("needed"u8, goal.Needed);
            writer.WriteText("text"u8, goal.Says);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
