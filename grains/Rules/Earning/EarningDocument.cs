using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Reads a rule document: its shape first, then what its parts say of each other. All faults at once, each with field and remedy.</summary>
public static class EarningDocument
{
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>The rules, or what is wrong with them: at most 100 errors, in the document's order. What is returned without errors can be made a <see cref="RuleBook"/>.</summary>
    public static (EarningRules? Rules, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8, ProgrammeSettings settings)
    {
        if (utf8.Length > BytesMax) return (null, [new("", "too-large", "A rule document is at most 4 MB.")]);
        try
        {
            using var json = JsonDocument.Parse(utf8, new() { MaxDepth = 32 });
            var errors = StrictDocument.Check(json.RootElement, typeof(EarningRules), EarningJson.Options);
            if (!errors.IsEmpty) return (null, errors);
            var rules = json.RootElement.Deserialize<EarningRules>(EarningJson.Options)!;
            errors = EarningValidation.Check(rules, settings);
            return (errors.IsEmpty ? rules : null, errors);
        }
        catch (JsonException)
        {
            return (null, [new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 32 deep.")]);
        }
    }
}
