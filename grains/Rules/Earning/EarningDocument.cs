using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Reads a rule document: its shape first, then what its parts say of each other. All faults at once, each with field and remedy.</summary>
public static class EarningDocument
{
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>The rules, or what is wrong with them: at most 100 errors, in the document's order. What is returned without errors can be made a <see cref="RuleBook"/>.</summary>
    public static (EarningRules? Rules, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8, ProgrammeSettings settings) =>
        DocumentReader.Read<EarningRules>(utf8, BytesMax, rules => EarningValidation.Check(rules, settings));
}
