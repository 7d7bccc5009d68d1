using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Impacts;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Impacts;

/// <summary>The registry of factors as JSON. Its schema is published as <c>silo/Programmes/impact.schema.json</c>.</summary>
public static class ImpactDocument
{
    public const int BytesMax = 1024 * 1024;

    public static string Schema { get; } = DocumentSchema.Of(typeof(ImpactFactors), "Impact factors");

    /// <summary>The registry, or what is wrong with it: at most 100 errors, each with its field as a JSON pointer and a remedy.</summary>
    public static (ImpactFactors? Factors, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8) =>
        DocumentReader.Read<ImpactFactors>(utf8, BytesMax, ImpactValidation.Check);

    /// <summary>Whether two say the same: their lists are compared by what is in them.</summary>
    public static bool Same(ImpactFactor left, ImpactFactor right) => JsonSerializer.Serialize(left, EarningJson.Options) == JsonSerializer.Serialize(right, EarningJson.Options);

    public static string Write(ImpactFactors factors) => JsonSerializer.Serialize(factors, EarningJson.Options);
}
