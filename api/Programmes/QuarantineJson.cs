using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>Quarantined bodies for the person who looks at them: as text where they are text, in base 64 where they are not.</summary>
internal static class QuarantineJson
{
    public static void Write(Utf8JsonWriter writer, ImmutableArray<Quarantined> bodies, int limit)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("quarantine"u8);
        foreach (var body in bodies)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, body.Number);
            writer.WriteString("store"u8, body.Store);
            writer.WriteString("reason"u8, body.Reason);
            writer.WriteString("detail"u8, body.Detail);
            writer.WriteString("receivedAt"u8, body.ReceivedAt);
            if (Utf8.IsValid(body.Body.Span)) writer.WriteString("body"u8, Encoding.UTF8.GetString(body.Body.Span));
            else writer.WriteBase64String("bodyBase64"u8, body.Body.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("next"u8, bodies.Length == limit ? Query.WriteCursor(bodies[^1].Number) : null);
        writer.WriteEndObject();
    }
}
