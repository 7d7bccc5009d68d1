using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Rules.Sandboxes;

namespace Gamification.Sandboxes;

/// <summary>The durable form of a sandbox's time, by the conventions of <see cref="DurableJson"/>: names are for ever, absence reads as a default.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SandboxMoved))]
[JsonSerializable(typeof(SandboxTime))]
internal sealed partial class SandboxJson : JsonSerializerContext;

internal static class SandboxEntryJson
{
    public static ActorId ActorOf(string programme) => new(programme, "sandbox", "clock");

    public static NewEntry Write(SandboxMoved moved, BusinessKey? key) => new(SandboxMoved.Type, JsonSerializer.SerializeToUtf8Bytes(moved, SandboxJson.Default.SandboxMoved), key);

    /// <summary>The entry, or null when a newer version wrote a type that this one does not know.</summary>
    public static SandboxMoved? Read(StoredEntry stored) =>
        stored.Type == SandboxMoved.Type ? JsonSerializer.Deserialize(stored.Payload.Span, SandboxJson.Default.SandboxMoved) : null;

    public static byte[] WriteState(SandboxTime time) => JsonSerializer.SerializeToUtf8Bytes(time, SandboxJson.Default.SandboxTime);

    public static SandboxTime StateOf(ActorHistory history)
    {
        var time = history.Snapshot is { } snapshot ? JsonSerializer.Deserialize(snapshot.Span, SandboxJson.Default.SandboxTime)! : SandboxTime.NotPlaced;
        foreach (var stored in history.Tail)
        {
            if (Read(stored) is { } moved) time = time.Apply(moved);
        }

        return time;
    }
}
