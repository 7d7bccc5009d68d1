using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Rules.Earning;

namespace Gamification.Journal;

/// <summary>The durable form of runs of challenges, by the conventions of <see cref="DurableJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ChallengeDocumentJson)])]
[JsonSerializable(typeof(RunEntry.Drafted), TypeInfoPropertyName = "RunDrafted")]
[JsonSerializable(typeof(RunEntry.Scheduled), TypeInfoPropertyName = "RunScheduled")]
[JsonSerializable(typeof(RunEntry.Widened), TypeInfoPropertyName = "RunWidened")]
[JsonSerializable(typeof(RunEntry.Replaced), TypeInfoPropertyName = "RunReplaced")]
[JsonSerializable(typeof(RunEntry.Paused), TypeInfoPropertyName = "RunPaused")]
[JsonSerializable(typeof(RunEntry.Resumed), TypeInfoPropertyName = "RunResumed")]
[JsonSerializable(typeof(RunEntry.Ended), TypeInfoPropertyName = "RunEnded")]
[JsonSerializable(typeof(RunEntry.Cancelled), TypeInfoPropertyName = "RunCancelled")]
[JsonSerializable(typeof(RunEntry.Latched), TypeInfoPropertyName = "RunLatched")]
[JsonSerializable(typeof(RunEntry.Unlatched), TypeInfoPropertyName = "RunUnlatched")]
[JsonSerializable(typeof(RunEntry.Unlocked), TypeInfoPropertyName = "RunUnlocked")]
[JsonSerializable(typeof(RunEntry.Closed), TypeInfoPropertyName = "RunClosed")]
[JsonSerializable(typeof(RunEntry.Frozen), TypeInfoPropertyName = "RunFrozen")]
[JsonSerializable(typeof(RunEntry.Posted), TypeInfoPropertyName = "RunPosted")]
[JsonSerializable(typeof(RunEntry.Shared), TypeInfoPropertyName = "RunShared")]
[JsonSerializable(typeof(RunEntry.Settled), TypeInfoPropertyName = "RunSettled")]
[JsonSerializable(typeof(RunEntry.Adjusted), TypeInfoPropertyName = "RunAdjusted")]
[JsonSerializable(typeof(ChallengeRun))]
[JsonSerializable(typeof(RunListEntry.Begun), TypeInfoPropertyName = "RunBegun")]
[JsonSerializable(typeof(RunListEntry.Over), TypeInfoPropertyName = "RunOver")]
[JsonSerializable(typeof(RunList))]
internal sealed partial class ChallengeJson : JsonSerializerContext;

/// <summary>A challenge inside an entry is the document that was sent.</summary>
internal sealed class ChallengeDocumentJson : JsonConverter<Challenge>
{
    public override Challenge Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonSerializer.Deserialize<Challenge>(ref reader, EarningJson.Options)!;

    public override void Write(Utf8JsonWriter writer, Challenge value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, EarningJson.Options);
}
