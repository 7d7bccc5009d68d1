using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>A basket as if every draft held, by the same award as the real one.</summary>
public static class DraftRating
{
    /// <summary>By what a basket of this instant would be decided, or what is wrong with the drafts. In a draft of the rules every version that is not published holds.</summary>
    public static (ProgrammeStretch? Stretch, ImmutableArray<DocumentError> Errors) Of(ProgrammeInForce standing, DateTimeOffset occurredAt)
    {
        var (documents, settings) = (standing.Documents, standing.At(occurredAt).Settings);
        foreach (var draft in documents.Drafts.OrderBy(draft => draft.Part))
        {
            var (text, errors) = PartReading.Read(draft.Part, draft.Text.Json, settings);
            if (text is not { } read) return (null, [.. errors.Select(error => error with { Field = $"/{ProgrammeParts.NameOf(draft.Part)}{error.Field}" })]);
            settings = draft.Part switch
            {
                ProgrammePart.Settings => SettingsText.Parse(read) with { Earning = settings.Earning, Ledger = settings.Ledger, Recognition = settings.Recognition },
                ProgrammePart.Ledger => settings with { Ledger = PartReading.LedgerOf(read) },
                ProgrammePart.Earning => settings with { Earning = Holding(PartReading.EarningOf(read), occurredAt) },
                ProgrammePart.Recognition => settings with { Recognition = PartReading.RecognitionOf(read) },
                _ => settings,
            };
        }

        if (settings.Earning is { } rules && SchemeChecks.Complaint(rules, settings.Recognition) is { } complaint) return (null, [new("/earning", "does-not-fit", complaint)]);

        return (new(occurredAt, settings, GoodsText.ToCatalogue(documents.TextOf(ProgrammePart.Catalogue))), []);
    }

    private static EarningRules Holding(EarningRules rules, DateTimeOffset from) => rules with
    {
        Rules = [.. rules.Rules.Select(rule => rule.PublishedAt is null ? rule with { ValidatedAt = from, PublishedAt = from, EffectiveFrom = from, EffectiveUntil = null } : rule)],
    };
}
