using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Rules.Sandboxes;

namespace Gamification.Sandboxes;

/// <summary>The durable form of a sandbox's time, by the conventions of <see cref="DurableJson"/>: names are for ever, absence reads as a default.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SandboxMoved))]
[JsonSerializable(typeof(SandboxTime))]
internal sealed partial class SandboxJson : JsonSerializerContext;

/// <summary>A sandbox's moves and its time, to and from durable bytes.</summary>
internal static class SandboxForm
{
    public static JsonForm<SandboxTime, SandboxMoved> Json { get; } = new JsonForm<SandboxTime, SandboxMoved>(SandboxTime.NotPlaced, static (state, entry) => state.Apply(entry), SandboxJson.Default.SandboxTime)
        .With(SandboxMoved.Type, SandboxJson.Default.SandboxMoved);

    public static ActorId ActorOf(string programme) => new(programme, "sandbox", "clock");
}
