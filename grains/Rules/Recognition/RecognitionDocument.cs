using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>The recognition document as JSON. Its schema is published as <c>silo/Programmes/recognition.schema.json</c>.</summary>
public static class RecognitionDocument
{
    public const int BytesMax = 1024 * 1024;

    public static string Schema { get; } = DocumentSchema.Of(typeof(RecognitionRules), "Recognition rules");

    /// <summary>The rules, or what is wrong with them: at most 100 errors, each with its field as a JSON pointer and a remedy.</summary>
    public static (RecognitionRules? Rules, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8) =>
        DocumentReader.Read<RecognitionRules>(utf8, BytesMax, RecognitionValidation.Check);

    public static string Write(RecognitionRules rules) => JsonSerializer.Serialize(rules, EarningJson.Options);
}
