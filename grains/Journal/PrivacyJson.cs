using System.Text.Json.Serialization;
using Gamification.Rules;

namespace Gamification.Journal;

/// <summary>The durable bytes of members' privacy; see <see cref="DurableJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PrivacyChosen))]
[JsonSerializable(typeof(PublicFace))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
