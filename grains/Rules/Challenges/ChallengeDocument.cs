using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>A challenge as JSON. Its schema is published as <c>silo/Programmes/challenge.schema.json</c>.</summary>
public static class ChallengeDocument
{
    public const int BytesMax = 1024 * 1024;

    public static string Schema { get; } = DocumentSchema.Of(typeof(Challenge), "Challenge");

    /// <summary>The challenge, or what is wrong with it: at most 100 errors, each with its field as a JSON pointer and a remedy.</summary>
    public static (Challenge? Challenge, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8) =>
        DocumentReader.Read<Challenge>(utf8, BytesMax, ChallengeValidation.Check);

    /// <summary>The same bytes for the same challenge, on every machine: certificates hash them.</summary>
    public static string Write(Challenge challenge) => JsonSerializer.Serialize(challenge, EarningJson.Options);
}
