using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Programmes.Documents;

/// <summary>The answer to a command about a programme's documents.</summary>
[GenerateSerializer, Immutable, Alias("documents-outcome")]
public abstract record DocumentsOutcome
{
    /// <summary>
    /// Durable, as of this version of the programme. <paramref name="Changed"/> is false when it was so before, as after a retry: then nothing was
    /// recorded. <paramref name="Parts"/> are those that a publication or an import changed.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("documents-outcome.done")]
    public sealed record Done([property: Id(0)] long Version, [property: Id(1)] bool Changed, [property: Id(2)] ImmutableArray<ProgrammePart> Parts) : DocumentsOutcome;

    /// <summary>Nothing was recorded. At most 100 errors, each with the field as a JSON pointer and a remedy.</summary>
    [GenerateSerializer, Immutable, Alias("documents-outcome.refused")]
    public sealed record Refused([property: Id(0)] ImmutableArray<DocumentError> Errors) : DocumentsOutcome;
}
