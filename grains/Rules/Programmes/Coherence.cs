using System.Collections.Immutable;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>Whether rules find what they speak of in the recognition document that is in force with them, now and at every instant that is planned.</summary>
internal static class Coherence
{
    public static IEnumerable<DocumentError> Faults(ProgrammeDocuments documents, DateTimeOffset now)
    {
        if (documents.TextOf(ProgrammePart.Earning) is not { } text) return [];
        var rules = PartReading.EarningOf(text);
        var versions = rules.Rules.Where(rule => rule.PublishedAt is not null).GroupBy(rule => rule.Id).ToArray();
        var instants = rules.Rules.Select(rule => rule.EffectiveFrom).OfType<DateTimeOffset>()
            .Concat(documents.Editions.Where(edition => edition is { Part: ProgrammePart.Recognition, IsWithdrawn: false }).Select(edition => edition.From))
            .Where(instant => instant > now)
            .Append(now)
            .Distinct()
            .Order();
        return instants.Select(Complaint).OfType<DocumentError>().Take(1);

        DocumentError? Complaint(DateTimeOffset instant)
        {
            var inForce = versions.Select(group => RuleLifecycle.InForceAt(group, instant)).OfType<EarningRule>();
            var recognition = documents.InForceAt(ProgrammePart.Recognition, instant)?.Text is { } stated ? PartReading.RecognitionOf(stated) : null;
            return SchemeChecks.Complaint(rules with { Rules = [.. inForce] }, recognition) is { } complaint
                ? new("", "does-not-fit", instant == now ? complaint : FormattableString.Invariant($"From {instant:yyyy-MM-dd'T'HH:mm:ssK}: {complaint}"))
                : null;
        }
    }
}
